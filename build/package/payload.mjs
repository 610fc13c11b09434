#!/usr/bin/env node
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createPackageFromFiles } from '@electron/asar';

import { bundleApp } from '../app/bundle.mjs';
import { APP_INPUTS } from '../app/build-if-stale.mjs';
import { bundleCli } from '../cli/bundle.mjs';
import { stateOfSources } from '../cli/sources.mjs';
import { sourcesOf } from './build-info.mjs';
import { writeSums } from './checksums.mjs';
import { listFiles } from './list-files.mjs';
import { complaintsAbout, complaintsAboutCli } from './payload-files.mjs';
import { sbomOf } from './sbom.mjs';
import { thirdPartyLicenses } from './shipped-packages.mjs';

/**
 * `npm run package:payload`: makes `dist/payload`, all of a release that is the same on every system: the app as one
 * asar, the command line as one tgz, the bill of materials, what it was built with, and the checksums. It is always
 * bundled anew: what was lying in `dist` has no say. Same sources, same Node and npm: same bytes (docs/install-air-gapped.md).
 */

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const target = join(root, 'dist', 'payload');

/** @type {{ name: string, version: string, description: string, license: string, main: string, files: string[] }} */
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

// Vite would build the page for development where the environment says so, with the folders of this machine in it.
process.env['NODE_ENV'] = 'production';
await bundleApp(root, stateOfSources(root, APP_INPUTS));
await bundleCli(root, stateOfSources(root));
const folder = mkdtempSync(join(root, 'dist', '.payload-'));
try {
  const staged = join(folder, 'app');
  stage(staged);
  refuse(complaintsAbout(staged, [root, homedir()]));
  const out = join(folder, 'payload');
  mkdirSync(out);
  await packAsar(staged, join(out, 'app.asar'));
  packCli(join(folder, 'cli'), out);
  writeFileSync(join(out, 'sbom.cdx.json'), sbomOf(root));
  writeFileSync(join(out, 'build-info.json'), buildInfo());
  writeSums(out);
  for (const file of listFiles(out)) chmodSync(join(out, file), 0o644);
  rmSync(target, { recursive: true, force: true });
  renameSync(out, target);
  process.stdout.write(readFileSync(join(target, 'SHA256SUMS'), 'utf8'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {readonly string[]} complaints about what was to be packed */
function refuse(complaints) {
  if (complaints.length > 0) throw new Error(`not packed:\n- ${complaints.join('\n- ')}`);
}

/**
 * Lays out what the asar is to hold.
 * @param {string} staged
 */
function stage(staged) {
  const { name, version, description, license, main } = manifest;
  mkdirSync(staged);
  cpSync(join(root, 'dist', 'app'), join(staged, 'dist', 'app'), { recursive: true });
  rmSync(join(staged, 'dist', 'app', 'sources.txt'));
  cpSync(join(root, 'LICENSE'), join(staged, 'LICENSE'));
  writeFileSync(join(staged, 'THIRD-PARTY-LICENSES.txt'), thirdPartyLicenses(root));
  // Scripts and dependencies are for whoever builds it.
  const json = JSON.stringify({ name, version, description, license, main }, null, 2);
  writeFileSync(join(staged, 'package.json'), `${json}\n`);
  // An asar keeps of a file its name, content, and whether it can be executed.
  for (const file of listFiles(staged)) chmodSync(join(staged, file), 0o644);
}

/**
 * Packs in one order; the order of a directory is the file system's own.
 * @param {string} staged
 * @param {string} asar
 */
async function packAsar(staged, asar) {
  const files = listFiles(staged);
  const folders = new Set(files.flatMap(foldersOf));
  const entries = [...folders, ...files].sort();
  await createPackageFromFiles(
    staged,
    asar,
    entries.map((path) => join(staged, path)),
    {},
    {},
  );
}

/** @param {string} file */
function foldersOf(file) {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/**
 * The command line, as `npm run package` makes it. Packed from a copy, since npm keeps the rights of the files, and a
 * checkout has those that its umask gave it.
 * @param {string} staged folder to be made
 * @param {string} out
 */
function packCli(staged, out) {
  for (const part of ['package.json', 'LICENSE', 'README.md', ...manifest.files])
    cpSync(join(root, part), join(staged, part), { recursive: true });
  refuse(complaintsAboutCli(staged));
  for (const file of listFiles(staged)) chmodSync(join(staged, file), 0o644);
  const cache = mkdtempSync(join(tmpdir(), 'breakglass-npm-'));
  try {
    execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', out], {
      cwd: staged,
      env: { ...process.env, npm_config_cache: cache, npm_config_offline: 'true' },
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    });
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

/** What has to be the same for the same bytes to come out. */
function buildInfo() {
  const npm = execFileSync('npm', ['--version'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  }).trim();
  return `${JSON.stringify({ ...sourcesOf(root), node: process.versions.node, npm }, null, 2)}\n`;
}
