import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { stateOfSources } from '../cli/sources.mjs';
import { sha256Of } from './checksums.mjs';

/** Everything that the payload's bytes come from, but for Node, npm and the packages, which the lockfile pins. */
export const PAYLOAD_INPUTS = [
  'electron',
  'renderer',
  'shared',
  'build',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'LICENSE',
  'README.md',
];

/**
 * What `build-info.json` says of the sources. A checkout of the same sources says the same.
 * @param {string} root the project's folder
 * @returns {{ version: string, sources: string, lockfile: string, electron: string }}
 */
export function sourcesOf(root) {
  /** @type {{ version: string, devDependencies: { electron: string } }} */
  const { version, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return {
    version,
    sources: stateOfSources(root, PAYLOAD_INPUTS),
    lockfile: sha256Of(join(root, 'package-lock.json')),
    electron: devDependencies.electron,
  };
}
