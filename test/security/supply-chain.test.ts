import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { packagingTool, type ShippedPackages } from '../package/tools.ts';
import { projectRoot } from '../project-root.ts';

type Pins = Readonly<Record<string, string>>;
interface Manifest {
  readonly dependencies: Pins;
  readonly optionalDependencies: Pins;
  readonly devDependencies: Pins;
  readonly overrides: Pins;
}
interface Locked {
  readonly version: string;
  readonly name?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly license?: string;
}
interface Lockfile {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked & Partial<Manifest>>>;
}
interface NetworkScan {
  readonly networkInNode: (text: string) => readonly string[];
  readonly networkInPage: (text: string) => readonly string[];
  readonly processesIn: (text: string) => readonly string[];
}

const read = (name: string): string => readFileSync(join(projectRoot, name), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const lockfile = JSON.parse(read('package-lock.json')) as Lockfile;
const { dependencies, optionalDependencies, devDependencies } = manifest;
const runtime: Pins = {
  ...dependencies,
  ...optionalDependencies,
  electron: devDependencies['electron'] ?? '',
};

/** The rows of one table of docs/dependencies.md, by the heading or words before it. */
function rowsAfter(words: string): readonly (readonly string[])[] {
  const text = read('docs/dependencies.md');
  const lines = text.slice(text.indexOf(words)).split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const length = lines.slice(first).findIndex((line) => !line.startsWith('|'));
  return lines.slice(first + 2, first + length).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const named = (cell: string | undefined): string => /^`(.+?)`/.exec(cell ?? '')?.[1] ?? '';

describe('docs/dependencies.md', () => {
  it('has one row a runtime package, with its pin, why, licence and keeper', () => {
    const rows = rowsAfter('## What ships');
    expect(rows.map(([name]) => named(name)).sort()).toEqual(Object.keys(runtime).sort());
    for (const [name, version, why, license, keeper] of rows) {
      const locked = lockfile.packages[`node_modules/${named(name)}`];
      expect([name, version, license]).toEqual([name, runtime[named(name)], locked?.license]);
      expect([name, (why ?? '').length > 10, (keeper ?? '').length > 1]).toEqual([name, true, true]);
    }
  });

  it('lists what they bring along, as the lockfile has it (npm run doc:dependencies)', async () => {
    const { shippedPackages } = await packagingTool<ShippedPackages>('shipped-packages.mjs');
    const along = shippedPackages(projectRoot)
      .filter(({ path }) => runtime[path.replace('node_modules/', '')] === undefined)
      .map(({ name, version, license }) => `${name} ${version} ${license}`);
    const rows = rowsAfter('<!-- brought along: begin -->');
    expect(rows.map(([name, ...rest]) => [named(name), ...rest].join(' '))).toEqual([...new Set(along)]);
  });
});

describe('the lockfile', () => {
  const packages = Object.entries(lockfile.packages).filter(([path]) => path !== '');

  it('belongs to the manifest, which pins every package exactly', () => {
    const { '': root } = lockfile.packages;
    for (const kind of ['dependencies', 'optionalDependencies', 'devDependencies'] as const) {
      expect(root?.[kind]).toEqual(manifest[kind]);
      for (const [name, version] of Object.entries(manifest[kind])) {
        expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/)]);
        expect(lockfile.packages[`node_modules/${name}`]?.version).toBe(version);
      }
    }
  });

  it('has a SHA-512 for each package, from the registry and nowhere else', () => {
    expect(lockfile.lockfileVersion).toBe(3);
    expect(packages.length).toBeGreaterThan(100);
    const odd = packages.filter(
      ([, { integrity, resolved, link }]) =>
        link === true ||
        !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '') ||
        !(resolved ?? 'https://registry.npmjs.org/').startsWith('https://registry.npmjs.org/'),
    );
    expect(odd.map(([path]) => path)).toEqual([]);
  });

  it('gives no package the name of another, but the one that is overridden away', () => {
    const renamed = packages.filter(
      ([path, { name }]) => name !== undefined && !path.endsWith(`node_modules/${name}`),
    );
    expect(renamed.map(([path]) => path)).toEqual(['node_modules/electron-builder-squirrel-windows']);
    expect(manifest.overrides).toEqual({ 'electron-builder-squirrel-windows': 'npm:lazy-val@1.0.5' });
  });
});

describe('no runtime package can open a socket', () => {
  let scan: NetworkScan;
  beforeAll(async () => {
    scan = await packagingTool<NetworkScan>('network-scan.mjs');
    const build = `import('./build/app/build-if-stale.mjs').then((it) => it.buildAppIfStale(process.cwd()))`;
    execFileSync(process.execPath, ['-e', build], {
      cwd: projectRoot,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: 'ignore',
    });
  });

  const bundles = ['app/main.cjs', 'app/preload.cjs', 'app/reveal-preload.cjs', 'app/proof-worker.cjs'];
  const workers = ['app/wallet-worker.cjs', 'cli/wallet-worker.cjs'];
  it.each([...bundles, ...workers, 'app/hsm-bridge.cjs', 'cli/main.js', 'cli/hsm-bridge.cjs'])(
    '%s names no networking, but to deny it, and starts no process but the bridge',
    (file) => {
      const text = read(join('dist', file));
      expect(text.length).toBeGreaterThan(100);
      expect(scan.networkInNode(text)).toEqual([]);
      expect(scan.processesIn(text)).toEqual([]);
    },
  );

  it.each(['renderer', 'reveal'])('the page of %s names no connection', (page) => {
    const folder = join(projectRoot, 'dist', 'app', page, 'assets');
    const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(0);
    for (const name of scripts)
      expect(scan.networkInPage(read(join('dist', 'app', page, 'assets', name)))).toEqual([]);
  });

  it.each([
    'const net = require("net");',
    "const { connect } = require('node:tls');",
    'const dns = await import("node:dns/promises");',
    'import { request } from "node:https";',
    'const net = process.getBuiltinModule("net");',
    'node_http.default.request(url);',
    'let node_net = require("node:net");',
    'electron.net.fetch(url);',
    'process.binding("tcp_wrap");',
    'return fetch(url);',
    'globalThis.fetch.call(null, url);',
    'const socket = new WebSocket(url);',
    'const request = new XMLHttpRequest();',
    'navigator.sendBeacon(url);',
    'new Worker(code);',
    'const { exec } = require("child_process");',
  ])('finds %s in a package', (line) => {
    expect(scan.networkInNode(`"use strict";\n// node_modules/x/index.js\n${line}\n`)[0]).toMatch(
      /^node_modules\/x/,
    );
  });

  it('takes words in data for no more than words', () => {
    const data = '// node_modules/@zxcvbn-ts/x.js\nconst words = { "42153": "net", http: 1, "node:net": 2 };';
    expect(scan.networkInNode(data)).toEqual([]);
  });

  it.each(['spawn("curl");', 'execFileSync(file);'])('finds %s in a package', (line) => {
    expect(scan.processesIn(`// node_modules/x/index.js\n${line}\n`)).toHaveLength(1);
  });

  it.each(['a.b=fetch(c)', 'new XMLHttpRequest', 'navigator.sendBeacon(a)', 'new WebSocket(a)'])(
    'finds %s in a page',
    (code) => {
      expect(scan.networkInPage(`x;${code};y`)).toHaveLength(1);
    },
  );
});
