import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

import { RecoveryError } from '../../shared/recovery-error.ts';

/** The largest file that is read at all: 64 MiB, a hundred times the largest real kit. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/**
 * Reads a whole file of bounded size. The size is measured on the open file, and a file that grows while it is
 * read is refused too.
 * Fails with `file.not-found`, `file.unreadable`, `file.too-large`, `file.empty`, each naming the file.
 * @param file path
 * @param limit bytes
 */
export async function readCapped(file: string, limit: number = MAX_FILE_BYTES): Promise<Uint8Array> {
  const handle = await openToRead(file);
  try {
    const stats = await told(file, handle.stat());
    if (!stats.isFile()) throw new RecoveryError('file.unreadable', { file, reason: 'not a regular file' });
    if (stats.size > limit) throw new RecoveryError('file.too-large', { file, limit });
    if (stats.size === 0) throw new RecoveryError('file.empty', { file });
    return await readExactly(handle, stats.size, file);
  } finally {
    await closeQuietly(handle);
  }
}

/** What was read is read: that its handle does not close well says nothing of it. */
async function closeQuietly(handle: FileHandle): Promise<void> {
  try {
    await handle.close();
  } catch {
    // Nothing was written, so nothing is lost.
  }
}

/** Whatever the system refuses is said of the file, and is no bug of ours. */
async function told<Value>(file: string, work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw new RecoveryError('file.unreadable', { file, reason: errnoOf(error) });
  }
}

async function openToRead(file: string): Promise<FileHandle> {
  try {
    // Without O_NONBLOCK, opening a named pipe waits for a writer for ever.
    return await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw new RecoveryError(isErrno(error, 'ENOENT') ? 'file.not-found' : 'file.unreadable', {
      file,
      reason: errnoOf(error),
    });
  }
}

async function readExactly(handle: FileHandle, size: number, file: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(size + 1);
  let filled = 0;
  try {
    for (;;) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled);
      filled += bytesRead;
      if (bytesRead === 0 || filled === bytes.length) break;
    }
  } catch (error) {
    bytes.fill(0);
    throw new RecoveryError('file.unreadable', { file, reason: errnoOf(error) });
  }
  if (filled !== size) {
    bytes.fill(0);
    throw new RecoveryError('file.unreadable', { file, reason: 'changed while it was read' });
  }
  return bytes.subarray(0, size);
}

/** Says whether an error of the file system has this code. */
export function isErrno(error: unknown, code: string): boolean {
  return errnoOf(error) === code;
}

/** The code of a file-system error, like `EACCES`; `unknown` for what has none. */
export function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
