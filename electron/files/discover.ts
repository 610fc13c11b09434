import type { Dirent } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { isUuid, parseKeyId, type KeyId } from '../../shared/ids.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import { errnoOf, isErrno } from './read-capped.ts';

/** A file to look into. */
export interface FoundFile {
  /** The path as the user would write it. */
  readonly file: string;
  /** The key id that the file's folder is named after, if it is named after one. */
  readonly keyId: KeyId | undefined;
  /**
   * True when the file has to be a kit: it was named by the user or is called like a shard file. Other files of a
   * folder may be anything.
   */
  readonly mustBeKit: boolean;
  /** True when the user named the file, or the folder that it lies in, and not only a folder further up. */
  readonly pointedAt: boolean;
}

const MAX_FILES = 100_000;
const MAX_DEPTH = 8;
const SHARD_NAME = /^recovery_shard-\d+\.txt$/i;

/**
 * Finds the files that paths stand for, in groups that belong together: all files named by themselves are one group,
 * and each folder below a named folder is one. Hidden files inside folders are left alone; links, pipes and folders
 * that lie too deep are passed over, and told.
 * Fails with `file.not-found`, `file.unreadable`, `folder.too-many-files`.
 * @param paths files, wallet folders or whole buckets
 * @param onPassedOver given the path of what was not looked into
 */
export async function* discover(
  paths: readonly string[],
  onPassedOver: (path: string) => void = () => undefined,
): AsyncGenerator<readonly FoundFile[]> {
  const named: FoundFile[] = [];
  const folders: string[] = [];
  for (const path of paths) {
    if (await isFolder(path)) folders.push(path);
    else named.push({ file: path, keyId: folderKeyId(path), mustBeKit: true, pointedAt: true });
  }
  if (named.length > 0) yield named;
  const count = { files: 0 };
  for (const folder of folders) yield* walk(folder, 0, count, onPassedOver);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    // A link that the user names is followed, to a file and to a folder; one that lies in a folder never is.
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw new RecoveryError(isErrno(error, 'ENOENT') ? 'file.not-found' : 'file.unreadable', {
      file: path,
      reason: errnoOf(error),
    });
  }
}

async function* walk(
  folder: string,
  depth: number,
  count: { files: number },
  onPassedOver: (path: string) => void,
): AsyncGenerator<readonly FoundFile[]> {
  const files: string[] = [];
  const folders: string[] = [];
  for await (const entry of entriesOf(folder)) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isFile()) files.push(entry.name);
    else if (entry.isDirectory() && depth < MAX_DEPTH) folders.push(entry.name);
    else onPassedOver(join(folder, entry.name));
    if (++count.files > MAX_FILES)
      throw new RecoveryError('folder.too-many-files', { folder, limit: MAX_FILES });
  }
  if (files.length > 0) {
    yield files.sort().map((name) => {
      const file = join(folder, name);
      return { file, keyId: folderKeyId(file), mustBeKit: SHARD_NAME.test(name), pointedAt: depth === 0 };
    });
  }
  for (const name of folders.sort()) yield* walk(join(folder, name), depth + 1, count, onPassedOver);
}

/** What a folder holds; one may also stop answering in the middle, as a stick does that is pulled out. */
async function* entriesOf(folder: string): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(folder);
  } catch (error) {
    throw error instanceof RecoveryError
      ? error
      : new RecoveryError('file.unreadable', { file: folder, reason: errnoOf(error) });
  }
}

function folderKeyId(file: string): KeyId | undefined {
  const name = basename(dirname(resolve(file)));
  return isUuid(name) ? parseKeyId(name) : undefined;
}
