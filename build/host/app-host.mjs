#!/usr/bin/env node
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * `npm run app:host`: opens the app on the tests' stand-in for Electron, in a window of Chromium, for looking at it
 * where there is no Electron binary. Drills only, and it says so on every screen.
 */

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
  process.stderr.write('There is no display here: start it on a desktop, or under xvfb-run.\n');
  process.exit(1);
}
const prepared = spawnSync(process.execPath, [join(root, 'build', 'host', 'prepare.mjs')], {
  stdio: ['ignore', 'inherit', 'inherit'],
});
if (prepared.status !== 0) {
  process.stdout.write('\n');
  process.exit(1);
}
const { buildAppIfStale } = await import('../app/build-if-stale.mjs');
await buildAppIfStale(root);

const userData = mkdtempSync(join(tmpdir(), 'breakglass-app-host-'));
const child = spawn(
  join(root, 'dist', 'host', 'dist', 'electron'),
  ['-r', join(root, 'build', 'host', 'drill-only.mjs'), `--user-data-dir=${userData}`, root],
  { stdio: 'inherit', env: { ...process.env, BREAKGLASS_HOST_VISIBLE: 'true' } },
);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => child.kill(signal));
}
child.on('close', (code) => {
  rmSync(userData, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code ?? 1);
});
