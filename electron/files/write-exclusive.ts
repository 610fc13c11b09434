import { closeSync, fsyncSync, openSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { RecoveryError } from '../../shared/recovery-error.ts';
import { errnoOf, isErrno, readCapped } from './read-capped.ts';

/** Owner may read and write, nobody else anything, from the moment the file exists. */
const OWNER_ONLY = 0o600;

/**
 * Writes a new file whole, or not at all: created exclusively, mode 0600, flushed to the medium with its folder,
 * read back and given to `check`. An existing file is never touched; a file that fails on the way is removed.
 * Fails with `guard.output-exists`, `file.write-failed`, and with what `check` fails with.
 * @param file path of a file that does not exist
 * @param content all of it
 * @param check says by throwing that what was read back is not what was meant
 * @param onCreated given what removes the file, at the moment it exists, for a caller that may be interrupted
 */
export async function writeExclusive(
  file: string,
  content: Uint8Array,
  check: (readBack: Uint8Array) => void | Promise<void>,
  onCreated: (remove: () => void) => void = () => undefined,
): Promise<void> {
  // Nothing is awaited until the file is written: a signal can't come between its birth and `onCreated`.
  const handle = createNew(file);
  const remove = (): void => {
    removeQuietly(file);
  };
  onCreated(remove);
  try {
    writeAll(handle, content, file);
    syncFolder(dirname(file));
    const readBack = await readCapped(file);
    try {
      if (Buffer.compare(readBack, content) !== 0) {
        throw new RecoveryError('file.write-failed', { file, reason: 'reads back differently' });
      }
      await check(readBack);
    } finally {
      readBack.fill(0);
    }
  } catch (error) {
    remove();
    throw error;
  }
}

function createNew(file: string): number {
  try {
    return openSync(file, 'wx', OWNER_ONLY);
  } catch (error) {
    if (isErrno(error, 'EEXIST')) throw new RecoveryError('guard.output-exists', { file });
    throw new RecoveryError('file.write-failed', { file, reason: errnoOf(error) });
  }
}

function writeAll(handle: number, content: Uint8Array, file: string): void {
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } catch (error) {
    throw new RecoveryError('file.write-failed', { file, reason: errnoOf(error) });
  } finally {
    closeSync(handle);
  }
}

/** What says that the folder can't be flushed here, and nothing about the file: a drop folder, a network drive. */
const NOT_FOR_FOLDERS: readonly string[] = ['EACCES', 'EINVAL', 'ENOTSUP', 'EPERM'];

/** Makes the file's name as lasting as its content; Windows has no such call and keeps names by itself. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    const reason = errnoOf(error);
    // The file is whole and flushed: a good file is not deleted for a folder that can't be.
    if (!NOT_FOR_FOLDERS.includes(reason))
      throw new RecoveryError('file.write-failed', { file: folder, reason });
  }
}

function removeQuietly(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // The reason why the file had to go is what the caller has to hear of.
  }
}
