import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the command line's bundle is made of. */
const CLI_INPUTS = ['electron', 'shared', 'build/cli', 'package.json', 'package-lock.json'];

/**
 * A name for the state of the sources: changes when any of them is edited, added or removed.
 * @param {string} root the project's folder
 * @param {readonly string[]} [inputs] files and folders in it; those of the command line when not given
 * @returns {string} hex
 */
export function stateOfSources(root, inputs = CLI_INPUTS) {
  const hash = createHash('sha256');
  for (const input of inputs) addToHash(hash, root, input);
  return hash.digest('hex');
}

/**
 * Hashes names and contents, not dates: a copy of the project on another machine is in the same state.
 * @param {import('node:crypto').Hash} hash
 * @param {string} root
 * @param {string} path below the root
 */
function addToHash(hash, root, path) {
  const whole = join(root, path);
  if (statSync(whole).isDirectory()) {
    for (const name of readdirSync(whole).sort()) addToHash(hash, root, `${path}/${name}`);
    return;
  }
  const content = readFileSync(whole);
  hash.update(`${path} ${content.length}\n`).update(content);
}
