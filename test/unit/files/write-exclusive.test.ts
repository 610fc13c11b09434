import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import { writeExclusive } from '../../../electron/files/write-exclusive.ts';
import { faultOfAsync } from '../../fixtures/faults.ts';
import { makeFolder } from '../../fixtures/folders.ts';

const isRoot = process.getuid?.() === 0;
const onWindows = process.platform === 'win32';
const CONTENT = Uint8Array.of(1, 2, 3, 250);
const fine = (): void => undefined;

describe('writeExclusive', () => {
  it('writes all of it', async () => {
    const file = join(makeFolder(), 'a');
    await writeExclusive(file, CONTENT, { check: fine });
    expect(new Uint8Array(readFileSync(file))).toEqual(CONTENT);
  });

  it.skipIf(onWindows)('for the owner only, whatever the mask', async () => {
    const file = join(makeFolder(), 'a');
    const mask = process.umask(0);
    try {
      await writeExclusive(file, CONTENT, { check: fine });
    } finally {
      process.umask(mask);
    }
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('hands what it read back to the check, and wipes it afterwards', async () => {
    const file = join(makeFolder(), 'a');
    let seen: number[] = [];
    let lent = new Uint8Array();
    await writeExclusive(file, CONTENT, {
      check: async (readBack) => {
        await Promise.resolve();
        lent = readBack as Uint8Array<ArrayBuffer>;
        seen = [...readBack];
      },
    });
    expect(seen).toEqual([...CONTENT]);
    expect([...lent]).toEqual([0, 0, 0, 0]);
  });

  it('leaves the content that it was given as it is', async () => {
    const content = Uint8Array.from(CONTENT);
    await writeExclusive(join(makeFolder(), 'a'), content, { check: fine });
    expect(content).toEqual(CONTENT);
  });

  it('a file that exists: guard.output-exists, and it stays as it is', async () => {
    const file = join(makeFolder({ a: 'old' }), 'a');
    let checked = false;
    const check = (): void => {
      checked = true;
    };
    expect(await faultOfAsync(() => writeExclusive(file, CONTENT, { check: check }))).toEqual({
      code: 'guard.output-exists',
      details: { file },
    });
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(checked).toBe(false);
  });

  it('a folder of that name: guard.output-exists', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'a'));
    expect((await faultOfAsync(() => writeExclusive(join(folder, 'a'), CONTENT, { check: fine }))).code).toBe(
      'guard.output-exists',
    );
  });

  it.skipIf(onWindows)(
    'a link of that name, even one that leads nowhere: guard.output-exists, not followed',
    async () => {
      const folder = makeFolder();
      symlinkSync(join(folder, 'target'), join(folder, 'a'));
      expect(
        (await faultOfAsync(() => writeExclusive(join(folder, 'a'), CONTENT, { check: fine }))).code,
      ).toBe('guard.output-exists');
      expect(existsSync(join(folder, 'target'))).toBe(false);
    },
  );

  it.each([
    [
      'throws',
      (): void => {
        throw new RecoveryError('recovered-key.mismatch');
      },
    ],
    ['rejects', () => Promise.reject(new RecoveryError('recovered-key.mismatch'))],
  ])('a check that %s: its fault, and no file is left', async (_, check) => {
    const folder = makeFolder({ other: 'x' });
    expect(
      (await faultOfAsync(() => writeExclusive(join(folder, 'a'), CONTENT, { check: check }))).code,
    ).toBe('recovered-key.mismatch');
    expect(readdirSync(folder)).toEqual(['other']);
  });

  it('a check that fails as a bug: the bug, and no file is left', async () => {
    const folder = makeFolder();
    const check = (): void => {
      throw new TypeError('a bug');
    };
    await expect(writeExclusive(join(folder, 'a'), CONTENT, { check: check })).rejects.toThrow(TypeError);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a folder that does not exist: file.write-failed', async () => {
    const file = join(makeFolder(), 'b', 'a');
    expect(await faultOfAsync(() => writeExclusive(file, CONTENT, { check: fine }))).toEqual({
      code: 'file.write-failed',
      details: { file, reason: 'ENOENT' },
    });
  });

  it.skipIf(isRoot || onWindows)('a folder that may not be written to: file.write-failed', async () => {
    const folder = makeFolder();
    chmodSync(folder, 0o500);
    const fault = await faultOfAsync(() => writeExclusive(join(folder, 'a'), CONTENT, { check: fine }));
    chmodSync(folder, 0o700);
    expect(fault).toMatchObject({ code: 'file.write-failed', details: { reason: 'EACCES' } });
  });

  it('of two at once, one wins and its file is whole', async () => {
    const file = join(makeFolder(), 'a');
    const results = await Promise.allSettled([
      writeExclusive(file, Uint8Array.of(1), { check: fine }),
      writeExclusive(file, Uint8Array.of(2), { check: fine }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(readFileSync(file)).toHaveLength(1);
  });
});
