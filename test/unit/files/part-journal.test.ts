import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isPartFile, partFilesIn, PART_PREFIX, removePartFile } from '../../../electron/files/part-file.ts';
import { PartJournal } from '../../../electron/files/part-journal.ts';
import { faultOf } from '../../fixtures/faults.ts';
import { makeFolder } from '../../fixtures/folders.ts';

const PART = `${PART_PREFIX}0123456789abcdef`;

describe('the journal of unfinished files', () => {
  it('finds what a killed run left, and forgets what is gone', () => {
    const folder = makeFolder();
    const journal = new PartJournal(join(folder, 'data/unfinished.json'));
    const part = join(folder, PART);
    journal.begin(part);
    expect(journal.find()).toEqual([]);
    writeFileSync(part, 'half a key');
    expect(new PartJournal(join(folder, 'data/unfinished.json')).find()).toEqual([part]);
    removePartFile(part);
    journal.forgetGone();
    expect(journal.find()).toEqual([]);
    expect(existsSync(join(folder, 'data/unfinished.json'))).toBe(false);
  });

  it('keeps what lies on a stick that was pulled out, and finds it when the stick is back', () => {
    const folder = makeFolder({ [`stick/${PART}`]: 'half a key', [`other/${PART}`]: 'half a key' });
    const journal = new PartJournal(join(folder, 'data/unfinished.json'));
    journal.begin(join(folder, 'stick', PART));
    journal.begin(join(folder, 'other', PART));
    renameSync(join(folder, 'stick'), join(folder, 'pulled'));
    rmSync(join(folder, 'other', PART));
    journal.forgetGone();
    expect(journal.find()).toEqual([]);
    renameSync(join(folder, 'pulled'), join(folder, 'stick'));
    expect(journal.find()).toEqual([join(folder, 'stick', PART)]);
  });

  it.skipIf(process.platform === 'win32')('follows no link on the way to a file', () => {
    const folder = makeFolder({ [`real/${PART}`]: 'of another' });
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    expect(isPartFile(join(folder, 'real', PART))).toBe(true);
    expect(isPartFile(join(folder, 'link', PART))).toBe(false);
    expect(partFilesIn(join(folder, 'link'))).toEqual([join(folder, 'real', PART)]);
    expect(() => {
      removePartFile(join(folder, 'link', PART));
    }).toThrow(expect.objectContaining({ code: 'file.not-found' }));
  });

  it('holds paths and nothing else', () => {
    const folder = makeFolder();
    const file = join(folder, 'unfinished.json');
    new PartJournal(file).begin(join(folder, PART));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([join(folder, PART)]);
  });

  it('a journal that can’t be kept stops the writing before it begins', () => {
    const folder = makeFolder({ data: 'a file, not a folder' });
    expect(
      faultOf(() => {
        new PartJournal(join(folder, 'data/unfinished.json')).begin('/x');
      }).code,
    ).toBe('file.write-failed');
  });

  it('leads to nothing but unfinished files of ours, whatever stands in it', () => {
    const folder = makeFolder({ 'mine.txt': 'mine' });
    mkdirSync(join(folder, `${PART_PREFIX}ffffffffffffffff`));
    symlinkSync(join(folder, 'mine.txt'), join(folder, `${PART_PREFIX}eeeeeeeeeeeeeeee`));
    const file = join(folder, 'unfinished.json');
    const hostile = fc.oneof(
      fc.anything(),
      fc.constantFrom('/etc/passwd', join(folder, 'mine.txt'), `../${PART}`, join(folder, '..', PART)),
      fc.constantFrom(
        join(folder, `${PART_PREFIX}ffffffffffffffff`),
        join(folder, `${PART_PREFIX}eeeeeeeeeeeeeeee`),
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(hostile).map((list) => JSON.stringify(list)),
        ),
        (content) => {
          writeFileSync(file, content);
          expect(new PartJournal(file).find()).toEqual([]);
        },
      ),
    );
    expect(readFileSync(join(folder, 'mine.txt'), 'utf8')).toBe('mine');
  });
});

describe('an unfinished file', () => {
  it.each(['key.pke1', `${PART}0`, `x${PART}`, `${PART_PREFIX}0123456789ABCDEF`, PART_PREFIX])(
    '%s is none, and is not removed',
    (name) => {
      const folder = makeFolder({ [name]: 'x' });
      expect(isPartFile(join(folder, name))).toBe(false);
      expect(
        faultOf(() => {
          removePartFile(join(folder, name));
        }).code,
      ).toBe('file.not-found');
      expect(existsSync(join(folder, name))).toBe(true);
    },
  );

  it('is found in its folder, and nowhere where there is none', () => {
    const folder = makeFolder({ [PART]: 'x', other: 'y' });
    expect(partFilesIn(folder)).toEqual([join(folder, PART)]);
    expect(partFilesIn(join(folder, 'none'))).toEqual([]);
  });
});
