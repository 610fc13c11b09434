#!/usr/bin/env node
import { closeSync, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Starts the command line, after building it where the sources are there and have changed. */

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const bundle = join(root, 'dist', 'cli', 'main.js');

// An installed package holds the bundle and no sources.
if (existsSync(join(root, 'electron', 'cli'))) await buildIfStale();
await import(pathToFileURL(bundle).href);

async function buildIfStale() {
  const { stateOfSources } = await import('./sources.mjs');
  const state = stateOfSources(root);
  if (firstLine(bundle) === `// sources ${state}`) return;
  mkdirSync(dirname(bundle), { recursive: true });
  const { bundleCli } = await import('./bundle.mjs').catch(() => {
    process.stderr.write('breakglass: the packages are not installed. Run "npm ci" in the project first.\n');
    process.exit(1);
  });
  await bundleCli(root, state);
}

/** @param {string} file */
function firstLine(file) {
  if (!existsSync(file)) return undefined;
  const bytes = Buffer.alloc(128);
  const handle = openSync(file, 'r');
  const length = readSync(handle, bytes);
  closeSync(handle);
  return bytes.toString('utf8', 0, length).split('\n')[0];
}
