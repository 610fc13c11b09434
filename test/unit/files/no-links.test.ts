import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import type * as FileSystem from 'node:fs';
import { join } from 'node:path';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { lockFile } from '../../../electron/files/lock-file.ts';
import { writeExclusive } from '../../../electron/files/write-exclusive.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { faultOfAsync } from '../../fixtures/faults.ts';
import { makeFolder } from '../../fixtures/folders.ts';

/** What giving the file its name, and removing one, are to fail with. */
const fails: { link?: string; rename?: string; unlink?: string } = {};
/** What another program does in the moment after a link. */
let afterLink: (file: string) => void = () => undefined;

vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof FileSystem>();
  const failing =
    <Args extends readonly unknown[]>(name: keyof typeof fails, real: (...args: Args) => void) =>
    (...args: Args): void => {
      const code = fails[name];
      if (code !== undefined) throw Object.assign(new Error(code), { code });
      real(...args);
    };
  return {
    ...original,
    linkSync: failing('link', (from: string, to: string) => {
      original.linkSync(from, to);
      afterLink(to);
    }),
    renameSync: failing('rename', original.renameSync),
    unlinkSync: failing('unlink', original.unlinkSync),
  };
});

afterEach(() => {
  delete fails.link;
  delete fails.rename;
  delete fails.unlink;
  afterLink = () => undefined;
});

const CONTENT = Uint8Array.of(1, 2, 3);

describe('a file system without links, like FAT', () => {
  it.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL'])(
    '%s: the file is renamed, whole and alone',
    async (code) => {
      fails.link = code;
      const folder = makeFolder();
      await writeExclusive(join(folder, 'key'), CONTENT);
      expect(readdirSync(folder)).toEqual(['key']);
      expect(new Uint8Array(readFileSync(join(folder, 'key')))).toEqual(CONTENT);
    },
  );

  it('a file that appeared meanwhile stays as it is', async () => {
    fails.link = 'EPERM';
    const folder = makeFolder();
    const check = (): void => {
      writeFileSync(join(folder, 'key'), 'mine');
    };
    expect((await faultOfAsync(() => writeExclusive(join(folder, 'key'), CONTENT, { check }))).code).toBe(
      'guard.output-exists',
    );
    expect(readdirSync(folder)).toEqual(['key']);
    expect(readFileSync(join(folder, 'key'), 'utf8')).toBe('mine');
  });

  it('a rename that fails: file.write-failed, and nothing is left', async () => {
    fails.link = 'EPERM';
    fails.rename = 'EIO';
    const folder = makeFolder();
    expect(await faultOfAsync(() => writeExclusive(join(folder, 'key'), CONTENT))).toEqual({
      code: 'file.write-failed',
      details: { file: join(folder, 'key'), reason: 'EIO' },
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

it('any other fault of linking: file.write-failed, and nothing is left', async () => {
  fails.link = 'EIO';
  const folder = makeFolder();
  expect((await faultOfAsync(() => writeExclusive(join(folder, 'key'), CONTENT))).details['reason']).toBe(
    'EIO',
  );
  expect(readdirSync(folder)).toEqual([]);
});

it('a part that can’t be removed is named: it holds a key', async () => {
  fails.link = 'EIO';
  fails.unlink = 'EROFS';
  const folder = makeFolder();
  const { details } = await faultOfAsync(() => writeExclusive(join(folder, 'key'), CONTENT));
  expect(String(details['left'])).toMatch(/\.breakglass-part-[0-9a-f]{16}$/);
});

it('what is under the name at the end is read once more', async () => {
  const folder = makeFolder();
  afterLink = (file) => {
    writeFileSync(file, 'damaged');
  };
  expect(await faultOfAsync(() => writeExclusive(join(folder, 'key'), CONTENT))).toEqual({
    code: 'file.write-failed',
    details: { file: join(folder, 'key'), reason: 'reads back differently' },
  });
  expect(readdirSync(folder)).toEqual([]);
});

it('a file of another program that took the name is not removed', async () => {
  const folder = makeFolder();
  afterLink = (file) => {
    renameSync(file, join(folder, 'moved'));
    writeFileSync(file, 'of another');
  };
  const { details } = await faultOfAsync(() => writeExclusive(join(folder, 'key'), CONTENT));
  expect(details).toMatchObject({ reason: 'reads back differently', left: join(folder, 'key') });
  expect(readFileSync(join(folder, 'key'), 'utf8')).toBe('of another');
});

describe('the lock of a state file, where there are no links', () => {
  it.each(['EPERM', 'EOPNOTSUPP'])('%s: keeps others away, and is given back', (code) => {
    fails.link = code;
    const folder = makeFolder();
    const file = join(folder, 'run.state');
    const unlock = lockFile(file);
    expect(readdirSync(folder)).toEqual(['run.state.lock']);
    expect(() => lockFile(file)).toThrow(RecoveryError);
    unlock();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that of a killed run is taken over', () => {
    fails.link = 'EPERM';
    const folder = makeFolder();
    const file = join(folder, 'run.state');
    lockFile(file);
    const lock = `${file}.lock`;
    const held = readFileSync(lock, 'utf8');
    writeFileSync(lock, held.replace(/"started":(?:null|"[^"]*")/, '"started":"another boot 1"'));
    lockFile(file)();
    expect(readdirSync(folder)).toEqual([]);
  });
});
