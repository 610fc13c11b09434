#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { MUTATIONS } from './mutations.mjs';

/**
 * `npm run test:lockdown-mutations [-- words of a name]`: breaks each lock once, in a copy of the built app, and sees
 * the right spec turn red. First that spec must be green on a copy that nobody broke. Exits with 1 when a lock can be
 * broken unseen, and when a mutation no longer finds what it is to break.
 */

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const HOST = join(root, 'dist', 'host', 'dist');
const RUN_MS = 180_000;

const { buildAppIfStale } = await import('../app/build-if-stale.mjs');
await buildAppIfStale(root);
const prepared = spawnSync(process.execPath, [join(root, 'build', 'host', 'prepare.mjs')], {
  stdio: ['ignore', 'inherit', 'inherit'],
});
if (prepared.status !== 0) process.exit(1);

const wanted = process.argv.slice(2).join(' ');
const chosen = MUTATIONS.filter(({ name }) => name.includes(wanted));
const specs = [...new Set(chosen.map(({ spec, title }) => JSON.stringify([spec, title])))];
/** @type {string[]} */
const complaints = [];
/** @type {string[]} */
const copies = [];
process.on('exit', () => {
  for (const folder of copies) rmSync(folder, { recursive: true, force: true });
});

for (const json of specs) {
  const [spec, title] = /** @type {[string, string]} */ (JSON.parse(json));
  const { isGreen, ran, output } = run(
    copyOfApp(() => undefined),
    spec,
    title,
  );
  if (isGreen && ran === 1) continue;
  complaints.push(`unbroken, "${title}" is ${ran === 1 ? 'red' : `${ran} specs`}`);
  process.stdout.write(`${output}\n`);
}
for (const { name, file, find, put, spec, title } of chosen) {
  const folder = copyOfApp((app) => {
    const path = join(app, 'dist', 'app', file);
    const text = readFileSync(path, 'utf8');
    const count = text.split(find).length - 1;
    if (count !== 1) complaints.push(`${name}: what is to be broken stands ${count} times in ${file}`);
    writeFileSync(
      path,
      text.replace(find, () => put),
    );
  });
  const { isGreen, ran } = run(folder, spec, title);
  const survived = isGreen || ran !== 1;
  if (survived) complaints.push(`${name}: nobody saw it`);
  process.stdout.write(`${survived ? 'SURVIVED' : 'seen    '}  ${name.padEnd(44)}  ${spec}: ${title}\n`);
}
process.stdout.write(
  complaints.length === 0
    ? `${chosen.length} locks broken, each one seen\n`
    : `${complaints.map((each) => `- ${each}`).join('\n')}\n`,
);
process.exitCode = complaints.length === 0 ? 0 : 1;

/**
 * A copy of the built app, where it may be broken.
 * @param {(folder: string) => void} change
 * @returns {string} the copy's folder
 */
function copyOfApp(change) {
  const folder = mkdtempSync(join(tmpdir(), 'breakglass-mutant-'));
  copies.push(folder);
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  cpSync(join(root, 'dist', 'app'), join(folder, 'dist', 'app'), { recursive: true });
  change(folder);
  return folder;
}

/**
 * Runs one spec on an app.
 * @param {string} folder of the app
 * @param {string} spec file name
 * @param {string} title of the one test in it
 */
function run(folder, spec, title) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', '@playwright', 'test', 'cli.js'),
      ...['test', '-c', 'test/app/playwright.config.ts', spec, '--workers=1', '--reporter=json'],
      ...['-g', title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')],
    ],
    {
      cwd: root,
      encoding: 'utf8',
      timeout: RUN_MS,
      maxBuffer: 1 << 28,
      env: {
        ...process.env,
        BREAKGLASS_APP_FOLDER: folder,
        BREAKGLASS_HOST: 'stand-in',
        ELECTRON_OVERRIDE_DIST_PATH: HOST,
      },
    },
  );
  /** @type {{ stats?: { expected: number, unexpected: number } }} */
  let report = {};
  try {
    report = JSON.parse(stdout.slice(stdout.indexOf('{')));
  } catch {
    // No report: counted as no spec that ran.
  }
  const { expected = 0, unexpected = 0 } = report.stats ?? {};
  return { isGreen: status === 0, ran: expected + unexpected, output: `${stdout.slice(-3000)}${stderr}` };
}
