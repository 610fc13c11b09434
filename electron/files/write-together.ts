import { rmSync } from 'node:fs';

import { refuseExisting, writeExclusive } from './write-exclusive.ts';

/** One file of a set. */
export interface NewFile {
  /** Path of a file that does not exist. */
  readonly file: string;
  readonly content: Uint8Array;
}

/**
 * Writes new files of which one without the others is of no use: all are there at the end, or none. Each is made as
 * `writeExclusive` makes it. Fails with what that fails with.
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
  const removers: (() => void)[] = [];
  try {
    for (const { file, content } of files) {
      await writeExclusive(file, content, { onCreated, onBegin });
      const remove = (): void => {
        rmSync(file, { force: true });
      };
      removers.push(remove);
      onCreated(remove);
    }
  } catch (error) {
    for (const remove of removers) remove();
    throw error;
  }
}
