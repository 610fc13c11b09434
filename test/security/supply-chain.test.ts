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
  readonly waysInNode: (text: string, bundle: string) => readonly string[];
  readonly waysInPage: (text: string) => readonly string[];
  readonly waysInMarkup: (text: string) => readonly string[];
}
interface NetworkLines {
  readonly linesOfOurs: (bundle: string) => ReadonlySet<string>;
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
  let linesOfOurs: NetworkLines['linesOfOurs'];
  beforeAll(async () => {
    scan = await packagingTool<NetworkScan>('network-scan.mjs');
    ({ linesOfOurs } = await packagingTool<NetworkLines>('network-lines.mjs'));
    const build = `import('./build/app/build-if-stale.mjs').then((it) => it.buildAppIfStale(process.cwd()))`;
    execFileSync(process.execPath, ['-e', build], {
      cwd: projectRoot,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: 'ignore',
    });
  });

  const bundles = [
    ...['app/main.cjs', 'app/preload.cjs', 'app/reveal-preload.cjs', 'app/hsm-bridge.cjs'],
    ...['app/proof-worker.cjs', 'app/wallet-worker.cjs'],
    ...['cli/main.js', 'cli/hsm-bridge.cjs', 'cli/wallet-worker.cjs'],
  ];
  it.each(bundles)(
    '%s reaches no network, process or thread but by lines of ours, which it holds once each',
    (file) => {
      const text = read(join('dist', file));
      expect(text.length).toBeGreaterThan(100);
      expect(scan.waysInNode(text, file)).toEqual([]);
      const lines = text.split('\n').map((line) => line.trim());
      for (const ours of linesOfOurs(file))
        expect([ours, lines.filter((line) => line === ours).length]).toEqual([ours, 1]);
    },
  );

  it('the scanned bundles are all that there are', () => {
    const built = ['app', 'cli'].flatMap((part) =>
      readdirSync(join(projectRoot, 'dist', part))
        .filter((name) => /\.c?js$/.test(name))
        .map((name) => `${part}/${name}`),
    );
    expect(built.sort()).toEqual([...bundles].sort());
  });

  it.each(['renderer', 'reveal'])('the page of %s names no connection', (page) => {
    const folder = join(projectRoot, 'dist', 'app', page, 'assets');
    const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(0);
    for (const name of scripts)
      expect(scan.waysInPage(read(join('dist', 'app', page, 'assets', name)))).toEqual([]);
    expect(scan.waysInMarkup(read(join('dist', 'app', page, 'index.html')))).toEqual([]);
  });

  it.each([
    'const net = require("net");',
    "const { connect } = require('node:tls');",
    'const net = __require("net");',
    'const { exec } = __require("child_process");',
    'const net = require$1(\n  "net",\n);',
    'const net = require(name);',
    'const net = __require(name);',
    'const load = require;',
    'load(typeof require, require);',
    'const client = require("_http_client");',
    'const tls = __require("_tls_wrap");',
    'const inspector = await import("inspector/promises");',
    'const quic = await import("node:quic");',
    'const dns = await import("node:dns/promises");',
    'const it = await import(name);',
    'import { request } from "node:https";',
    'import "node:cluster";',
    'export * from "node:net";',
    'export { connect } from "net";',
    'createRequire(url)("child_process");',
    '(0, node_module.createRequire)(url)(name);',
    'import { createRequire } from "node:module";',
    'load("child_process");',
    'module.require("net");',
    'process.mainModule.require("net");',
    'Module._load("net");',
    'const net = process.getBuiltinModule("net");',
    'const { getBuiltinModule: get } = process;',
    'const net = process["getBuiltinModule"]("net");',
    'let node_net = require("node:net");',
    'electron.net.fetch(url);',
    'const { net } = electron;',
    'const { net } = require("electron");',
    'process.binding("tcp_wrap");',
    'const { binding } = process;',
    'process[`_linkedBinding`]("x");',
    'process.dlopen(module, file);',
    'process.execve(file);',
    'crypto.setEngine(file);',
    'structuredClone(list);',
    'const { port1 } = new MessageChannel();',
    'v8.setFlagsFromString(flag);',
    'const { setEngine } = crypto;',
    'context.setClientCertEngine(file);',
    'new net.BoundSocket({ port });',
    'const { DynamicLibrary } = load;',
    'const ffi = require("node:ffi");',
    'new sqlite.DatabaseSync(file);',
    'return_(fetch(url));',
    '(0, fetch)(url);',
    'const f = fetch;',
    'const ask = { fetch };',
    'const { fetch: ask } = globalThis;',
    'globalThis.fetch.call(null, url);',
    'const socket = new WebSocket(url);',
    'const socket = new (globalThis["WebSocket"])(url);',
    'const request = new XMLHttpRequest();',
    'navigator.sendBeacon(url);',
    'new Worker(code);',
    'new node_worker_threads.Worker(code);',
    'const { exec } = require("child_process");',
    'spawn("curl");',
    'execFileSync(file);',
    'child_process.spawn("curl");',
    'node_child_process.default.execFile(file);',
    'utilityProcess.fork(file);',
    'const { utilityProcess: start } = electron;',
    'import { fork } from "x";',
    'new Function(`return require("net")`)();',
    'run("require(\\"net\\")");',
    'eval(code);',
  ])('finds %s in a package', (line) => {
    const found = scan.waysInNode(`"use strict";\n// node_modules/x/index.js\n${line}\n`, 'app/main.cjs');
    expect(found[0]).toMatch(/^node_modules\/x/);
  });

  it.each(['require("net");', 'fetch(url);', 'new Worker(code);', 'spawn("curl");'])(
    'finds %s behind the name of a file that may, in a comment and in a string',
    (line) => {
      for (const file of ['electron/shell/deny-network.ts', 'electron/hsm/child-bridge.ts']) {
        const text = `// node_modules/x/index.js\nconst text = \`\n// ${file}\n\`;\n// ${file}\n${line}\n`;
        expect(scan.waysInNode(text, 'cli/main.js').length).toBeGreaterThan(0);
      }
    },
  );

  it('excuses a line of ours once, and in its own bundle only', () => {
    const ours = 'const child = fork(bundle, [], {\n});\n';
    expect(scan.waysInNode(ours, 'cli/main.js')).toEqual([]);
    expect(scan.waysInNode(`${ours}{ ${ours} }`, 'cli/main.js')).toHaveLength(1);
    expect(scan.waysInNode(`{\n${ours}}\n{\n${ours}}\n`, 'cli/main.js')).toHaveLength(1);
    expect(scan.waysInNode(ours, 'cli/wallet-worker.cjs')).toHaveLength(1);
    expect(scan.waysInNode(ours.replace('{\n', '{'), 'cli/main.js')).toHaveLength(1);
  });

  it('takes what it can not read for a way', () => {
    expect(scan.waysInNode('const (', 'cli/main.js')).toHaveLength(1);
    expect(scan.waysInPage('const (')).toHaveLength(1);
  });

  it.each([
    'const words = { "42153": "net", http: 1, "node:net": 2 };',
    'const crypto = __require("crypto"), path = require("node:path");',
    'const found = /x/.exec(text), fetchPriority = row.net + map.get("http");',
    '// fetch("http://x") and require("net") in a comment',
    'if (typeof require !== "undefined") said("to fetch, require a net");',
  ])('takes %s for no more than it is', (code) => {
    expect(scan.waysInNode(`// node_modules/@zxcvbn-ts/x.js\n${code}`, 'cli/main.js')).toEqual([]);
  });

  it.each([
    'a.b=fetch(c)',
    '(0,fetch)(c)',
    'var f=fetch',
    'window.fetch(a)',
    'new XMLHttpRequest',
    'navigator.sendBeacon(a)',
    'navigator["serviceWorker"]',
    'new WebSocket(a)',
  ])('finds %s in a page', (code) => {
    expect(scan.waysInPage(`x;${code};y`)).toHaveLength(1);
  });

  it.each([
    '<script>fetch(a)</script>',
    '<img src="//x.org/a.png">',
    '<link href="https://x.org/">',
    '<body onload="a()">',
  ])('finds %s in the markup of a page', (code) => {
    expect(scan.waysInMarkup(`<!doctype html>${code}`)).toHaveLength(1);
  });
});
