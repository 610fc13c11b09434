import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { cleanEnvironment, ended, jsonLines, type CliRun } from '../fixtures/cli.ts';
import { projectRoot } from '../project-root.ts';

const LAUNCHER = join('build', 'cli', 'breakglass.mjs');
const BUNDLE = join('dist', 'cli', 'main.js');
const WORKER = join('dist', 'cli', 'wallet-worker.cjs');
const BRIDGE = join('dist', 'cli', 'hsm-bridge.cjs');
const SOURCES = ['electron', 'shared', 'build', 'package.json', 'package-lock.json', 'tsconfig.base.json'];
const version = (
  JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { readonly version: string }
).version;
/** What `--version` has to do, and nothing else. */
const VERSION = { code: 0, stdout: `${version}\n`, stderr: '' };

const folder = mkdtempSync(join(tmpdir(), 'breakglass-package-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the launcher of one tree. */
async function launch(root: string, ...args: readonly string[]): Promise<Omit<CliRun, 'lines'>> {
  const tmp = mkdtempSync(join(folder, 'tmp-'));
  const env = cleanEnvironment(tmp);
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  const run = await ended(
    spawn(process.execPath, [join(root, LAUNCHER), ...args], { cwd: folder, env, stdio: [...stdio] }),
  );
  expect(readdirSync(tmp)).toEqual([]);
  return run;
}

describe('the package', () => {
  const packed = join(folder, 'packed');
  const fresh = join(folder, 'fresh');
  mkdirSync(packed);

  it('of a checkout that was never built holds the bundle, its launcher, and what explains them; no source, test or fixture', () => {
    const env = {
      ...cleanEnvironment(packed),
      npm_config_cache: join(packed, 'cache'),
      npm_config_offline: 'true',
    };
    for (const part of [...SOURCES, 'LICENSE', 'README.md', '.npmrc'])
      cpSync(join(projectRoot, part), join(fresh, part), { recursive: true });
    symlinkSync(join(projectRoot, 'node_modules'), join(fresh, 'node_modules'));
    const args = ['run', '-s', 'package', '--', '--json', '--pack-destination', packed];
    const stdio = ['ignore', 'pipe', 'ignore'] as const;
    const stdout = execFileSync('npm', args, { cwd: fresh, env, stdio: [...stdio] }).toString();
    expect(stdout.startsWith(`${version}\n[`)).toBe(true);
    const [report] = JSON.parse(stdout.slice(version.length)) as {
      filename: string;
      files: { path: string }[];
    }[];
    expect(report!.files.map(({ path }) => path).sort()).toEqual(
      ['LICENSE', 'README.md', LAUNCHER, BRIDGE, WORKER, BUNDLE, 'package.json'].sort(),
    );
    execFileSync('tar', ['-xzf', join(packed, report!.filename), '-C', packed]);
  });

  it('is not made of a bundle that can open a socket', () => {
    const bundle = join(fresh, BUNDLE);
    const good = readFileSync(bundle, 'utf8');
    writeFileSync(bundle, `${good}\n__require("net");\n`);
    const refused = spawnSync('npm', ['run', '-s', 'package', '--', '--dry-run'], {
      cwd: fresh,
      env: { ...cleanEnvironment(packed), npm_config_offline: 'true' },
      encoding: 'utf8',
    });
    writeFileSync(bundle, good);
    expect([refused.status, refused.stdout]).toEqual([1, `${version}\n`]);
    expect(refused.stderr).toMatch(
      /^package: dist\/cli\/main\.js can reach a network.*__require\("net"\)\n$/,
    );
  });

  it('runs where there is nothing else: no sources, no node_modules', async () => {
    const root = join(packed, 'package');
    expect(await launch(root, '--version')).toEqual(VERSION);
    const { code, stdout, stderr } = await launch(root, 'drill', '--json');
    expect([code, stderr]).toEqual([0, '']);
    expect(jsonLines(stdout).map(({ recovered }) => recovered)).toEqual([true, true]);
  });

  it('the launcher and the bundle are enough, also started through a link', async () => {
    const root = join(folder, 'bare');
    for (const file of [LAUNCHER, BUNDLE, 'package.json']) cpSync(join(projectRoot, file), join(root, file));
    expect(await launch(root, '--version')).toEqual(VERSION);
    mkdirSync(join(folder, 'linked', 'build'), { recursive: true });
    symlinkSync(join(root, 'build', 'cli'), join(folder, 'linked', 'build', 'cli'));
    expect(await launch(join(folder, 'linked'), '--version')).toEqual(VERSION);
  });

  it.each(['p#1', 'p?1', 'p%41', 'p 1'])('runs in a folder called %s', async (name) => {
    const root = join(folder, name);
    for (const file of [LAUNCHER, BUNDLE, 'package.json']) cpSync(join(projectRoot, file), join(root, file));
    expect(await launch(root, '--version')).toEqual(VERSION);
  });

  it.each([BUNDLE, BRIDGE])('%s holds no path of the machine that made it', (bundle) => {
    expect(readFileSync(join(projectRoot, bundle), 'utf8')).not.toContain(projectRoot);
  });
});

describe('a checkout that was not built', () => {
  const root = join(folder, 'checkout');
  const built = (): number => statSync(join(root, BUNDLE)).mtimeMs;

  it('without its packages: says to run npm ci', async () => {
    for (const part of SOURCES) cpSync(join(projectRoot, part), join(root, part), { recursive: true });
    const { code, stdout, stderr } = await launch(root, '--version');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^breakglass: [^\n]*npm ci[^\n]*\n$/);
  });

  it('builds itself and says nothing but what was asked, also twice at once', async () => {
    symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
    const runs = await Promise.all([launch(root, '--version'), launch(root, '--version')]);
    expect(runs).toEqual([VERSION, VERSION]);
    expect(readdirSync(join(root, 'dist'))).toEqual(['cli']);
    expect(readdirSync(join(root, 'dist', 'cli'))).toEqual([
      'hsm-bridge.cjs',
      'main.js',
      'wallet-worker.cjs',
    ]);
    expect(existsSync(join(root, 'dist', 'cli', 'main.js'))).toBe(true);
  });

  it('is not built again until a source changes', async () => {
    const first = built();
    expect(await launch(root, '--version')).toEqual(VERSION);
    expect(built()).toBe(first);
    const source = join(root, 'electron', 'cli', 'help.ts');
    writeFileSync(source, readFileSync(source, 'utf8').replace('Usage: breakglass', 'Changed: breakglass'));
    utimesSync(source, new Date(), new Date(Date.now() + 5000));
    const { code, stdout, stderr } = await launch(root, '--help');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Changed: breakglass');
    expect(built()).not.toBe(first);
  });
});
