import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { listFiles } from './list-files.mjs';

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

/** Bytes. Larger files of checksums, signatures or signers are none. */
const TEXT_LIMIT = 1_000_000;

/**
 * @param {string} file of a release
 * @returns {string | undefined} undefined where it is none, or none to be read
 */
export function readText(file) {
  if (!existsSync(file) || !lstatSync(file).isFile() || lstatSync(file).size > TEXT_LIMIT) return undefined;
  return readFileSync(file, 'utf8');
}

/**
 * Reads the checksums of a folder. A name that leads out of it is none.
 * @param {string} folder
 * @returns {Map<string, string> | string} hashes in hex by file, or what is wrong with the list
 */
export function readSums(folder) {
  const text = readText(join(folder, SUMS));
  if (text === undefined) return `there is no ${SUMS} in ${folder}`;
  /** @type {Map<string, string>} */
  const sums = new Map();
  for (const line of text.split('\n').slice(0, -1)) {
    const [, hash, file] = /^([0-9a-f]{64}) [ *]([A-Za-z0-9._+ /-]+)$/.exec(line) ?? [];
    if (hash === undefined || file === undefined || file.split('/').some((part) => /^\.*$/.test(part)))
      return `${SUMS} has a line that is no checksum: ${JSON.stringify(line.slice(0, 100))}`;
    if (sums.has(file)) return `${SUMS} names ${file} twice`;
    sums.set(file, hash);
  }
  return sums.size === 0 || !text.endsWith('\n') ? `${SUMS} is empty or cut off` : sums;
}
