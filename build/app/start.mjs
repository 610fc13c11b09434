#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `npm start`: builds the app where it must, and opens it. */

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
await start();

async function start() {
  const { findElectron, binaryMissing } = await import('./electron-binary.mjs');
  const { version, binary } = findElectron(root, process.env);
  if (binary === undefined) {
    const platform = `${process.platform}-${process.arch}`;
    process.stderr.write(binaryMissing(version, platform, process.env['ELECTRON_OVERRIDE_DIST_PATH']));
    process.exitCode = 1;
    return;
  }
  const { buildAppIfStale } = await import('./build-if-stale.mjs');
  await buildAppIfStale(root);
  const child = spawn(binary, [...process.argv.slice(2), root], { stdio: 'inherit', windowsHide: false });
  child.on('error', (error) => {
    process.stderr.write(`breakglass: Electron could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.on('close', (code) => process.exit(code ?? 1));
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => child.kill(signal));
  }
}
