import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

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
  const above = withParents(folder);
  for (const own of surroundings.ownFolders) {
    if (above.some((each) => isSameFolder(each, resolved(own))))
      throw new RecoveryError('guard.output-in-app-data', { file });
  }
  refuseTogether(folder, surroundings);
  return real;
}

/** Backup and recovery key in one folder are the wallet in one folder, and so is the recovered key beside either. */
function refuseTogether(folder: string, { kitFiles, keyFile }: Surroundings): void {
  const kitFolders = [...new Set(kitFiles.flatMap(foldersOf))];
  const keyFolders = keyFile === undefined ? [] : foldersOf(keyFile);
  const isOf = (folders: readonly string[]) => (each: string) =>
    folders.some((one) => isSameFolder(one, each));
  const together = [...keyFolders, folder].find(isOf(kitFolders)) ?? [folder].find(isOf(keyFolders));
  if (together !== undefined) throw new RecoveryError('guard.backup-beside-key', { folder: together });
}

/** Where a file lies: whoever takes the folder of a link to it may have a copy, and whoever takes the other has it. */
function foldersOf(file: string): readonly string[] {
  return [...new Set([resolved(dirname(file)), dirname(resolved(file))])];
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

/** A folder and all above it. */
function withParents(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...withParents(parent)];
}

/** Names tell folders apart badly: media may ignore case, and mount one folder in two places. */
function isSameFolder(a: string, b: string): boolean {
  return a === b || (identity(a) !== undefined && identity(a) === identity(b));
}

/** What the file system knows a folder by; undefined for one that is gone, or where there are no such numbers. */
function identity(folder: string): string | undefined {
  try {
    const { dev, ino } = statSync(folder, { bigint: true });
    return ino === 0n ? undefined : `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
