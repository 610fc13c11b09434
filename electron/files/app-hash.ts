import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

import { RecoveryError } from '../../shared/recovery-error.ts';
import { errnoOf, readCapped } from './read-capped.ts';

const MAX_APP_FILES = 10_000;
/** The largest file of an app is a few MiB. */
const MAX_APP_FILE_BYTES = 256 * 1024 * 1024;

/** One file of an app, by its path below the app's folder with `/` between, and its hash. */
export interface HashedFile {
  readonly path: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

/**
 * The hash that names a build of the program: SHA-256 over a line `path NUL sha256 LF` a file, sorted by the bytes of
 * the path. `sha256sum` makes the same from a folder. Source: docs/record.md, "The hash of the app".
 * @returns lower-case hex
 */
export function appHash(files: readonly HashedFile[]): string {
  const lines = files.map(({ path, sha256 }) => Buffer.from(`${path}\0${sha256}\n`));
  const hash = createHash('sha256');
  for (const line of lines.sort((a, b) => Buffer.compare(a, b))) hash.update(line);
  return hash.digest('hex');
}

/**
 * Hashes a folder of the program as `appHash` does. Links and special files are refused: what they lead to can change
 * without the folder.
 * Fails with `file.unreadable`, `file.not-found`, `file.too-large`, `folder.too-many-files`. An empty file is hashed as one.
 */
export async function appHashOfFolder(folder: string): Promise<string> {
  const files: HashedFile[] = [];
  for (const file of await filesBelow(folder)) {
    const path = relative(folder, file).split(sep).join('/');
    files.push({
      path,
      sha256: createHash('sha256')
        .update(await contentOf(file))
        .digest('hex'),
    });
  }
  return appHash(files);
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  try {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isDirectory()) continue;
      const file = join(entry.parentPath, entry.name);
      if (!entry.isFile()) throw new RecoveryError('file.unreadable', { file, reason: 'not a regular file' });
      if (found.push(file) > MAX_APP_FILES) {
        throw new RecoveryError('folder.too-many-files', { folder, limit: MAX_APP_FILES });
      }
    }
  } catch (error) {
    if (error instanceof RecoveryError) throw error;
    throw new RecoveryError('file.unreadable', { file: folder, reason: errnoOf(error) });
  }
  return found;
}

async function contentOf(file: string): Promise<Uint8Array> {
  try {
    return await readCapped(file, MAX_APP_FILE_BYTES);
  } catch (error) {
    if (error instanceof RecoveryError && error.code === 'file.empty') return new Uint8Array();
    throw error;
  }
}
