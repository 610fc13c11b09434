import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { partFilesIn, removePartFile } from './part-file.ts';
import { writeExclusiveNow } from './write-exclusive.ts';

/**
 * Keeps the record of every session in a folder of the program's own, so that a session that ends by itself, idle or
 * with the screen, leaves one too. A record holds no secret. Source: docs/record.md, "Where it is kept".
 */
export class RecordShelf {
  readonly #folder: string;

  /** @param folder path; made where it must be */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Writes a new file whole, at once: the process may be about to end. What can't be written is told by its absence,
   * since nothing may hold up a wipe.
   * @returns its path, or null where it could not be written
   */
  keep(name: string, content: Uint8Array): string | null {
    const file = join(this.#folder, name);
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      this.#sweep();
      writeExclusiveNow(file, content);
      return file;
    } catch {
      return null;
    }
  }

  /** Of a record that was being written when the program was killed there is a part, which is no record. */
  #sweep(): void {
    try {
      partFilesIn(this.#folder).forEach(removePartFile);
    } catch {
      // It holds no secret, and does not keep the next record from its place.
    }
  }
}
