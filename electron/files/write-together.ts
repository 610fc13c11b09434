import { rmSync } from 'node:fs';

import { refuseExisting, withLeft, writeExclusive } from './write-exclusive.ts';

/** One file of a set. */
export interface NewFile {
  /** Path of a file that does not exist. */
  readonly file: string;
  readonly content: Uint8Array;
}

/**
 * Writes new files of which one without the others is of no use: all are there at the end, or none. Each is made as
 * `writeExclusive` makes it. Fails with what that fails with, and names every file that could not be removed.
 * @param files in the order they are written
 * @param onCreated given what removes each file, unfinished and finished, for a caller that may be interrupted
 * @param onBegin given the path of each unfinished file before it exists, for a caller that remembers it
 */
export async function writeTogether(
  files: readonly NewFile[],
  onCreated: (remove: () => void) => void = () => undefined,
  onBegin: (partFile: string) => void = () => undefined,
): Promise<void> {
  for (const { file } of files) refuseExisting(file);
  const written: string[] = [];
  try {
    for (const { file, content } of files) {
      await writeExclusive(file, content, { onCreated, onBegin });
      written.push(file);
      onCreated(() => {
        remove(file);
      });
    }
  } catch (error) {
    throw withLeft(
      error,
      written.filter((file) => !remove(file)),
    );
  }
}

/** One that can't be removed keeps none of the others. @returns whether it is gone */
function remove(file: string): boolean {
  try {
    rmSync(file, { force: true });
    return true;
  } catch {
    return false;
  }
}
