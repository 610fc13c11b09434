#!/usr/bin/env node
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { MADE_OF, sha256Of, SIGNATURE, SUMS, writeSums } from './checksums.mjs';

/**
 * `npm run release:assemble`: puts the payload and the packages that were made of it into `dist/release`, with one list
 * of checksums, for the maintainer to sign: `ssh-keygen -Y sign -n breakglass-release -f KEY dist/release/SHA256SUMS`.
 */

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const target = join(root, 'dist', 'release');
const payload = join(root, 'dist', 'payload');
const packages = join(root, 'dist', 'packages');

const complaint = complain();
if (complaint === undefined) assemble();
else {
  process.stderr.write(`release:assemble: ${complaint}\n`);
  process.exitCode = 1;
}

/** Why there can be no release of what lies in `dist`. */
function complain() {
  if (!existsSync(payload)) return 'there is no payload yet: run "npm run package:payload" first';
  if (!existsSync(packages)) return undefined;
  const mark = join(packages, MADE_OF);
  if (!existsSync(mark))
    return 'dist/packages is not finished: run "npm run package:app" again, or remove it';
  return readFileSync(mark, 'utf8').trim() === sha256Of(join(payload, 'app.asar'))
    ? undefined
    : 'dist/packages was made of another payload: run "npm run package:app" again, or remove it';
}

function assemble() {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const folder of [payload, packages].filter((it) => existsSync(it))) {
    // Unpacked apps are folders, and no part of a release.
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { name } of files)
      if (![SUMS, SIGNATURE, MADE_OF].includes(name)) cpSync(join(folder, name), join(target, name));
  }
  writeSums(target);
  process.stdout.write(`${target}\n`);
}
