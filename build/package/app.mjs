#!/usr/bin/env node
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { builderConfig } from './builder-config.mjs';
import { MADE_OF, sha256Of } from './checksums.mjs';
import { electronComplaint } from './electron-majors.mjs';

/**
 * `npm run package:app -- [--target NAME]... [--dir] [--without-hsm] [--arch ARCH]`: wraps `dist/payload/app.asar` with
 * the Electron binary in ELECTRON_DIST, a folder or a zip, into packages of this system in `dist/packages`. It fetches
 * no Electron; electron-builder fetches its tools for AppImage, deb, nsis and so on where it does not have them yet.
 */

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const require = createRequire(import.meta.url);

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    dir: { type: 'boolean' },
    'without-hsm': { type: 'boolean' },
    arch: { type: 'string', default: process.arch },
  },
});

const electronDist = process.env['ELECTRON_DIST'];
const asar = join(root, 'dist', 'payload', 'app.asar');
const version = /** @type {{ version: string }} */ (require('electron/package.json')).version;
const complaint = complain();
if (complaint === undefined) await wrap(resolve(String(electronDist)));
else {
  process.stderr.write(`package:app: ${complaint}\n`);
  process.exitCode = 1;
}

/** What is missing for packaging. */
function complain() {
  if (electronDist === undefined || electronDist === '') {
    return `set ELECTRON_DIST to a folder or zip of Electron ${version}; "npm start" says where to get one`;
  }
  if (!existsSync(electronDist)) return `there is nothing at ELECTRON_DIST (${electronDist})`;
  const unsupported = values.dir === true ? undefined : electronComplaint(version, new Date());
  if (unsupported !== undefined) return unsupported;
  if (!existsSync(asar)) return 'there is no payload yet: run "npm run package:payload" first';
  if (!values['without-hsm'] && pkcs11js() === undefined) {
    return 'pkcs11js is not built, so the app could not use an HSM: run "npm ci" with a C++ compiler, or add --without-hsm';
  }
  return undefined;
}

/** @returns {string | undefined} the folder of the built package */
function pkcs11js() {
  const folder = join(root, 'node_modules', 'pkcs11js');
  return existsSync(join(folder, 'build', 'Release', 'pkcs11.node')) ? folder : undefined;
}

/** @param {string} dist */
async function wrap(dist) {
  const { build, Platform, Arch } = await import('electron-builder');
  const output = join(root, 'dist', 'packages');
  // A project folder with nothing but an app.asar is how electron-builder is told to take that one as it is.
  const project = mkdtempSync(join(root, 'dist', '.packages-'));
  try {
    copyFileSync(asar, join(project, 'app.asar'));
    const platform = Platform.current();
    const arch = Arch[/** @type {keyof typeof Arch} */ (values.arch)];
    if (arch === undefined) throw new Error(`no such architecture: ${values.arch}`);
    rmSync(output, { recursive: true, force: true });
    await build({
      projectDir: project,
      targets: platform.createTarget(values.dir === true ? 'dir' : (values.target ?? null), arch),
      config: builderConfig({
        root,
        output,
        electronDist: dist,
        electronVersion: version,
        pkcs11js: values['without-hsm'] === true ? undefined : pkcs11js(),
      }),
      publish: 'never',
    });
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
  // Its own notes, which are no part of a release.
  for (const file of ['builder-debug.yml', 'builder-effective-config.yaml'])
    rmSync(join(output, file), { force: true });
  writeFileSync(join(output, MADE_OF), `${sha256Of(asar)}\n`);
  process.stdout.write(`app.asar is ${sha256Of(asar)}\n`);
}
