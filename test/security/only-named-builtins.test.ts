import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { projectRoot } from '../project-root.ts';

type Bundle = (root: string, state: string) => Promise<void>;
type Files = Readonly<Record<string, string>>;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const PAGE = '<!doctype html><html><body><script type="module" src="./main.ts"></script></body></html>';

/** A project that is as small as the bundlers take it: each bundle holds nothing, or what a case puts there. */
const SMALL: Files = {
  'electron/main.ts': '',
  'electron/preload.ts': '',
  'electron/reveal-preload.ts': '',
  'electron/shell/proof-worker.ts': '',
  'electron/shell/wallet-worker.ts': '',
  'electron/shell/hsm-bridge.ts': '',
  'electron/cli/main.ts': '',
  'renderer/index.html': PAGE,
  'renderer/main.ts': '',
  'renderer/reveal/index.html': PAGE,
  'renderer/reveal/main.ts': '',
  'dist/.keep': '',
  'node_modules/x/package.json': '{ "name": "x", "version": "1.0.0", "main": "index.js" }',
};

function project(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'breakglass-builtins-'));
  folders.push(root);
  for (const [name, content] of Object.entries({ ...SMALL, ...files })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

async function bundler(path: string, name: string): Promise<Bundle> {
  const module = (await import(join(projectRoot, 'build', path))) as Readonly<Record<string, Bundle>>;
  return module[name]!;
}

const bundleCli = await bundler('cli/bundle.mjs', 'bundleCli');
const bundleApp = await bundler('app/bundle.mjs', 'bundleApp');

const USES_X = "import * as x from 'x';\nconsole.log(x);\n";
/** What a package could begin with to be taken for a file of ours by its text. */
const DISGUISE = '`\n// electron/hsm/child-bridge.ts\n`;\n';

describe('a package in a bundle', () => {
  it.each([
    ['net', "const net = require('net');"],
    ['child_process', `${DISGUISE}try { require('child_process'); } catch {}`],
    ['_http_client', "module.exports = () => require('_http_client');"],
    ['node:inspector/promises', "require('node:inspector/promises');"],
    ['worker_threads', "exports.Worker = require('worker_threads').Worker;"],
    ['module', "exports.load = require('module').createRequire;"],
    ['dns/promises', "exports.ask = () => import('dns/promises');"],
    ['node:quic', "exports.ask = () => import('node:quic');"],
    ['vm', "exports.vm = require('vm');"],
    ['electron', "exports.net = require('electron').net;"],
    ['electron/main', "exports.net = require('electron/main').net;"],
  ])('may not take %s', async (name, code) => {
    const root = project({ 'node_modules/x/index.js': code, 'electron/cli/main.ts': USES_X });
    await expect(bundleCli(root, 'state')).rejects.toThrow(`node_modules/x/index.js may not take ${name} `);
    expect(existsSync(join(root, 'dist', 'cli', 'main.js'))).toBe(false);
  });

  it('may not by the name of a file that may', async () => {
    const root = project({
      'node_modules/x/index.js': "exports.it = require('./electron/hsm/child-bridge.ts');",
      'node_modules/x/electron/hsm/child-bridge.ts': "import { fork } from 'node:child_process'; fork('x');",
      'electron/cli/main.ts': USES_X,
    });
    await expect(bundleCli(root, 'state')).rejects.toThrow(/x\/electron\/hsm\/child-bridge\.ts may not take/);
  });

  it.each(['electron/main.ts', 'electron/preload.ts', 'electron/shell/hsm-bridge.ts', 'renderer/main.ts'])(
    'may not in the app’s %s',
    async (entry) => {
      const root = project({ 'node_modules/x/index.js': "require('http');", [entry]: USES_X });
      await expect(bundleApp(root, 'state')).rejects.toThrow('node_modules/x/index.js may not take http ');
    },
  );

  it('may take what reaches nothing', async () => {
    const root = project({
      'node_modules/x/index.js': "module.exports = [require('crypto'), require('node:path')];",
      'electron/cli/main.ts': USES_X,
    });
    await bundleCli(root, 'state');
    expect(existsSync(join(root, 'dist', 'cli', 'main.js'))).toBe(true);
  });
});

describe('a file of ours', () => {
  it('takes what it is named for, also where the project is reached by a link', async () => {
    const root = project({
      'electron/hsm/child-bridge.ts': "import { fork } from 'node:child_process';\nfork('x');\n",
      'electron/cli/main.ts': "import '../hsm/child-bridge.ts';\n",
    });
    symlinkSync(root, `${root}-link`);
    folders.push(`${root}-link`);
    await bundleCli(`${root}-link`, 'state');
    expect(existsSync(join(root, 'dist', 'cli', 'main.js'))).toBe(true);
  });

  it.each([
    ['node:net', 'electron/shell/deny-network.ts'],
    ['node:child_process', 'electron/cli/main.ts'],
    ['node:worker_threads', 'electron/session/session.ts'],
  ])('takes no %s as %s', async (name, file) => {
    const root = project({
      'electron/cli/main.ts': file === 'electron/cli/main.ts' ? '' : `import '../../${file}';\n`,
      [file]: `import * as it from '${name}';\nconsole.log(it);\n`,
    });
    await expect(bundleCli(root, 'state')).rejects.toThrow(`${file} may not take ${name} `);
  });
});
