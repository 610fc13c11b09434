import { closeSync, fsyncSync, openSync } from 'node:fs';

import { RecoveryError } from '../../shared/recovery-error.ts';
import { errnoOf } from './read-capped.ts';

/** What says that the folder can't be flushed here, and nothing about the file: a drop folder, a network drive. */
const NOT_FOR_FOLDERS: readonly string[] = ['EACCES', 'EINVAL', 'ENOTSUP', 'EPERM'];

/**
 * Makes the names in a folder as lasting as their content; Windows has no such call and keeps names by itself.
 * Fails with `file.write-failed`.
 */
export function syncFolder(folder: string): void {
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
