import { lstatSync, readdirSync, realpathSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { RecoveryError } from '../../shared/recovery-error.ts';
import { errnoOf } from './read-capped.ts';
import { syncFolder } from './sync-folder.ts';

/** How the name of an unfinished file begins: it says whose it is, and that it is no file of the user's. */
export const PART_PREFIX = '.breakglass-part-';

const PART_NAME = /^\.breakglass-part-[0-9a-f]{16}$/;

/**
 * Whether a path is that of an unfinished file of ours: a regular file, of our name, and no link on the way to it.
 * What is no absolute path without links was noted by nobody here.
 */
export function isPartFile(path: string): boolean {
  return partFileAt(path) === 'there';
}

/** Whether an unfinished file of ours is there, as `isPartFile` has it; `unknown` where the system does not say. */
export function partFileAt(path: string): 'there' | 'none' | 'unknown' {
  try {
    const isThere =
      PART_NAME.test(basename(path)) &&
      lstatSync(path).isFile() &&
      realpathSync.native(dirname(path)) === dirname(path);
    return isThere ? 'there' : 'none';
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes(errnoOf(error)) ? 'none' : 'unknown';
  }
}

/** The unfinished files in a folder, which an interrupted run left. A folder that can't be read has none. */
export function partFilesIn(folder: string): readonly string[] {
  try {
    const real = realpathSync.native(folder);
    return readdirSync(real)
      .map((name) => join(real, name))
      .filter(isPartFile);
  } catch {
    return [];
  }
}

/**
 * Removes an unfinished file, and nothing that is none. Fails with `file.not-found` and `file.write-failed`.
 * Its blocks stay on the medium until they are used again, as those of every removed file do.
 */
export function removePartFile(path: string): void {
  if (!isPartFile(path)) throw new RecoveryError('file.not-found', { file: path });
  try {
    unlinkSync(path);
  } catch (error) {
    throw new RecoveryError('file.write-failed', { file: path, reason: errnoOf(error) });
  }
  syncFolder(dirname(path));
}
