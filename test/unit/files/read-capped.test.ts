import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { MAX_FILE_BYTES, readCapped } from '../../../electron/files/read-capped.ts';
import { faultOfAsync } from '../../fixtures/faults.ts';
import { makeFolder } from '../../fixtures/folders.ts';

const isRoot = process.getuid?.() === 0;
const onWindows = process.platform === 'win32';

describe('readCapped', () => {
  it('reads a whole file', async () => {
    const file = join(makeFolder({ a: Uint8Array.of(1, 2, 3) }), 'a');
    expect(await readCapped(file)).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('reads a file that is as large as the limit', async () => {
    const file = join(makeFolder({ a: new Uint8Array(100).fill(7) }), 'a');
    expect(await readCapped(file, 100)).toHaveLength(100);
  });

  it('a byte above the limit: file.too-large, naming file and limit', async () => {
    const file = join(makeFolder({ a: new Uint8Array(101) }), 'a');
    expect(await faultOfAsync(() => readCapped(file, 100))).toEqual({
      code: 'file.too-large',
      details: { file, limit: 100 },
    });
  });

  it('more than 64 MiB: file.too-large, without being read', async () => {
    const file = join(makeFolder({ a: '' }), 'a');
    truncateSync(file, MAX_FILE_BYTES + 1);
    expect(await faultOfAsync(() => readCapped(file))).toEqual({
      code: 'file.too-large',
      details: { file, limit: 64 * 1024 * 1024 },
    });
  });

  it('no such file: file.not-found, naming it', async () => {
    const file = join(makeFolder(), 'a');
    expect(await faultOfAsync(() => readCapped(file))).toMatchObject({
      code: 'file.not-found',
      details: { file },
    });
  });

  it('a folder: file.unreadable', async () => {
    expect((await faultOfAsync(() => readCapped(makeFolder()))).code).toBe('file.unreadable');
  });

  it('a file in place of a folder on the way: file.unreadable', async () => {
    const file = join(makeFolder({ a: 'x' }), 'a', 'b');
    expect(await faultOfAsync(() => readCapped(file))).toMatchObject({
      code: 'file.unreadable',
      details: { file, reason: 'ENOTDIR' },
    });
  });

  it('an empty file: file.empty, naming it', async () => {
    const file = join(makeFolder({ a: '' }), 'a');
    expect(await faultOfAsync(() => readCapped(file))).toEqual({ code: 'file.empty', details: { file } });
  });

  it.skipIf(onWindows)('a link is followed', async () => {
    const folder = makeFolder({ a: 'content' });
    symlinkSync(join(folder, 'a'), join(folder, 'link'));
    expect(Buffer.from(await readCapped(join(folder, 'link'))).toString()).toBe('content');
  });

  it.skipIf(onWindows)('a link that leads nowhere: file.not-found', async () => {
    const folder = makeFolder();
    symlinkSync(join(folder, 'a'), join(folder, 'link'));
    expect((await faultOfAsync(() => readCapped(join(folder, 'link')))).code).toBe('file.not-found');
  });

  it.skipIf(onWindows)(
    'a named pipe that nobody writes to: file.unreadable, at once',
    { timeout: 5000 },
    async () => {
      const file = join(makeFolder(), 'pipe');
      execFileSync('mkfifo', [file]);
      const fault = faultOfAsync(() => readCapped(file));
      const waited = new Promise<string>((resolve) => setTimeout(resolve, 2000, 'hangs'));
      const outcome = await Promise.race([fault, waited]);
      // Lets go of the thread that waits for a writer, so that a hanging read does not hang the run as well.
      if (outcome === 'hangs') execFileSync('sh', ['-c', `: > "${file}"`]);
      expect(outcome).toMatchObject({ code: 'file.unreadable', details: { file } });
    },
  );

  it.skipIf(onWindows)('a device: file.unreadable', async () => {
    expect((await faultOfAsync(() => readCapped('/dev/zero'))).code).toBe('file.unreadable');
  });

  it.skipIf(isRoot || onWindows)('a file that may not be read: file.unreadable', async () => {
    const file = join(makeFolder({ a: 'x' }), 'a');
    chmodSync(file, 0);
    expect(await faultOfAsync(() => readCapped(file))).toMatchObject({
      code: 'file.unreadable',
      details: { file, reason: 'EACCES' },
    });
  });
});
