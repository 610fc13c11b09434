import { realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

import { RecoveryError } from '../../shared/recovery-error.ts';
import { errnoOf } from './read-capped.ts';
import { refuseExisting } from './write-exclusive.ts';

/** What a destination is held against. */
export interface Surroundings {
  /** Paths of the backup's files. */
  readonly kitFiles: readonly string[];
  /** Path of the recovery key; undefined where it is in a token. */
  readonly keyFile: string | undefined;
  /** Folders in which nothing may be written: the app's own. */
  readonly ownFolders: readonly string[];
}

/**
 * Looks at the place of a new key file before anything is written.
 * Fails with `guard.output-exists`; `guard.output-in-app-data`; `guard.backup-beside-key` when two of backup, recovery
 * key and recovered key would lie in one folder; `file.write-failed` when its folder is not there.
 * @param file path as the user chose it
 * @returns the path with its folder's links resolved: what is written is what was looked at
 */
export function checkDestination(file: string, surroundings: Surroundings): string {
  const folder = realFolder(file);
  const real = join(folder, basename(file));
  refuseExisting(real);
  for (const own of surroundings.ownFolders) {
    if (isWithin(folder, resolved(own))) throw new RecoveryError('guard.output-in-app-data', { file });
  }
  refuseTogether(folder, surroundings);
  return real;
}

/** Backup and recovery key in one folder are the wallet in one folder, and so is the recovered key beside either. */
function refuseTogether(folder: string, { kitFiles, keyFile }: Surroundings): void {
  const kitFolders = new Set(kitFiles.map((kit) => dirname(resolved(kit))));
  const keyFolder = keyFile === undefined ? undefined : dirname(resolved(keyFile));
  const shared = [keyFolder, folder].find((each) => each !== undefined && kitFolders.has(each));
  const together = shared ?? (keyFolder === folder ? folder : undefined);
  if (together !== undefined) throw new RecoveryError('guard.backup-beside-key', { folder: together });
}

function realFolder(file: string): string {
  try {
    return realpathSync.native(dirname(file));
  } catch (error) {
    throw new RecoveryError('file.write-failed', { file, reason: errnoOf(error) });
  }
}

/** Without links, as the system has it; a path that is gone stays as it is. */
function resolved(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

function isWithin(folder: string, parent: string): boolean {
  return folder === parent || folder.startsWith(parent.endsWith(sep) ? parent : `${parent}${sep}`);
}
