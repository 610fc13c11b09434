import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Every file below a folder, in one order on every machine.
 * @param {string} folder
 * @param {string} [below]
 * @returns {string[]} paths with forward slashes
 */
export function listFiles(folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? listFiles(folder, path) : [path];
    })
    .sort();
}
