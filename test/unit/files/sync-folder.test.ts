import { readFileSync, readdirSync, statSync } from 'node:fs';
import type * as FileSystem from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { writeExclusive } from '../../../electron/files/write-exclusive.ts';
import { faultOfAsync } from '../../fixtures/faults.ts';
import { makeFolder } from '../../fixtures/folders.ts';

/** What opening or flushing a folder is to fail with. */
const fails: { open?: string; sync?: string } = {};

vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof FileSystem>();
  const fail = (code: string): never => {
    throw Object.assign(new Error(code), { code });
  };
  return {
    ...original,
    openSync: (path: string, flags: string, mode?: number): number =>
      fails.open !== undefined && flags === 'r' ? fail(fails.open) : original.openSync(path, flags, mode),
    fsyncSync: (handle: number): void => {
      if (fails.sync !== undefined && original.fstatSync(handle).isDirectory()) fail(fails.sync);
      original.fsyncSync(handle);
    },
  };
});

afterEach(() => {
  delete fails.open;
  delete fails.sync;
});

const CONTENT = Uint8Array.of(1, 2, 3);

describe.skipIf(process.platform === 'win32')('a folder that cannot be flushed', () => {
  it.each([
    ['open', 'EACCES'],
    ['open', 'EPERM'],
    ['sync', 'EINVAL'],
    ['sync', 'ENOTSUP'],
    ['sync', 'EPERM'],
  ] as const)('%s fails with %s: the file is whole and stays', async (call, code) => {
    fails[call] = code;
    const file = join(makeFolder(), 'a');
    await writeExclusive(file, CONTENT);
    expect(new Uint8Array(readFileSync(file))).toEqual(CONTENT);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['open', 'EIO'],
    ['sync', 'EIO'],
    ['sync', 'ENOSPC'],
  ] as const)('%s fails with %s: file.write-failed, and no file is left', async (call, code) => {
    fails[call] = code;
    const folder = makeFolder();
    const fault = await faultOfAsync(() => writeExclusive(join(folder, 'a'), CONTENT));
    expect(fault).toEqual({ code: 'file.write-failed', details: { file: folder, reason: code } });
    expect(readdirSync(folder)).toEqual([]);
  });
});
