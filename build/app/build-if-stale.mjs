import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { stateOfSources } from '../cli/sources.mjs';

/** What the app's bundles are made of. */
export const APP_INPUTS = [
  'electron',
  'renderer',
  'shared',
  'build/app',
  'build/cli/builtins.mjs',
  'build/cli/sources.mjs',
  'package.json',
  'package-lock.json',
];

/**
 * Builds the app where its sources have changed since it was built last.
 * @param {string} root the project's folder
 * @returns {Promise<boolean>} whether it was built
 */
export async function buildAppIfStale(root) {
  const state = stateOfSources(root, APP_INPUTS);
  const mark = join(root, 'dist', 'app', 'sources.txt');
  if (existsSync(mark) && readFileSync(mark, 'utf8').trim() === state) return false;
  const { bundleApp } = await import('./bundle.mjs');
  await bundleApp(root, state);
  return true;
}
