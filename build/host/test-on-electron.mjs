#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { binaryMissing, findElectron } from '../app/electron-binary.mjs';

/** `npm run test:e2e:electron`: the app's specs on Electron itself, and a failure where its binary is not there. */

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const { version, binary } = findElectron(root, process.env);
if (binary === undefined) {
  const platform = `${process.platform}-${process.arch}`;
  process.stderr.write(binaryMissing(version, platform, process.env['ELECTRON_OVERRIDE_DIST_PATH']));
  process.exit(1);
}
const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
const args = [playwright, 'test', '-c', 'test/app/playwright.config.ts', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
