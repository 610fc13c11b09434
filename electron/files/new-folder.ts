import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { RecoveryError } from '../../shared/recovery-error.ts';
import { checkDestination } from './destination.ts';
import { errnoOf } from './read-capped.ts';

/** Owner only: what comes into it is a private key, or shares of one. */
const OWNER_ONLY = 0o700;

/**
 * Takes a folder for files that belong together and to nothing else: a new one, which is made, or an empty one.
 * Fails with `ceremony.folder` (`not a folder`, `not empty`), `guard.output-in-app-data`, `file.write-failed`.
 * @param folder path as the user chose it
 * @param ownFolders folders in which nothing may be written: the app's own
 * @returns the path with links resolved: what is written into is what was looked at
 */
export function takeNewFolder(folder: string, ownFolders: readonly string[]): string {
  const surroundings = { kitFiles: [], keyFile: undefined, ownFolders };
  try {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (found === undefined) {
      const made = checkDestination(folder, surroundings);
      mkdirSync(made, { mode: OWNER_ONLY });
      return made;
    }
    if (!found.isDirectory()) throw new RecoveryError('ceremony.folder', { folder, reason: 'not a folder' });
    if (readdirSync(folder).length > 0) {
      throw new RecoveryError('ceremony.folder', { folder, reason: 'not empty' });
    }
    return dirname(checkDestination(join(folder, 'new-file'), surroundings));
  } catch (error) {
    if (error instanceof RecoveryError) throw error;
    throw new RecoveryError('file.write-failed', { file: folder, reason: errnoOf(error) });
  }
}
