import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { listFiles } from './payload-files.mjs';

/** The file of checksums, in the form that `sha256sum --check` reads. */
export const SUMS = 'SHA256SUMS';

/** The signature on it. */
export const SIGNATURE = `${SUMS}.sig`;

/** In `dist/packages`, the SHA-256 of the app.asar that they were made of: written last, once all of them are there. */
export const MADE_OF = '.made-of';

/**
 * @param {string} file
 * @returns {string} SHA-256, hex
 */
export function sha256Of(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/**
 * Writes the checksums of all files of a folder into `SHA256SUMS`.
 * @param {string} folder
 */
export function writeSums(folder) {
  const lines = listFiles(folder)
    .filter((file) => file !== SUMS && file !== SIGNATURE)
    .map((file) => `${sha256Of(join(folder, file))}  ${file}\n`);
  writeFileSync(join(folder, SUMS), lines.join(''));
}
