import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const DEPCRUISE = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
const ROOMS = ['electron', 'renderer', 'shared', 'build', 'test'];

/** A rule that was broken, and by which file. */
interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
}

/** One line of the table of rooms: a file, what it must not import, and the rule that says so. */
interface Planted {
  readonly from: string;
  readonly imports: string;
  readonly rule: string;
}

const plant = (rule: string, from: string, ...imports: readonly string[]): readonly Planted[] =>
  imports.map((specifier) => ({ rule, from, imports: specifier }));

const BAD_IMPORTS: readonly Planted[] = [
  ...plant(
    'engine-is-pure',
    'electron/engine/kit',
    ...['node:fs', 'fs', 'node:fs/promises', 'node:net', 'node:http', 'node:https', 'node:http2', 'node:tls'],
    ...['node:dgram', 'node:dns', 'node:child_process', 'node:worker_threads', 'electron'],
    ...['../../files/good.ts', '../../session/good.ts', '../../shell/good.ts', '../../hsm/good.ts'],
    ...['../../cli/good.ts', '../../record/good.ts', '../../proof-pool/good.ts'],
  ),
  ...plant(
    'proof-pool-sees-no-secret',
    'electron/proof-pool',
    ...['../session/good.ts', '../hsm/good.ts', '../shell/good.ts', '../cli/good.ts', '../files/good.ts'],
    ...['../engine/encode/good.ts', '../engine/rsa/private-key.ts', '../engine/rsa/pke1.ts'],
    ...['../engine/kit/synthesize-kit.ts', '../engine/ers/reconstruct.ts', '../engine/derive/good.ts'],
    ...['../engine/rsa/pbes2.ts', '../engine/rsa/decrypt.ts', '../engine/good.ts'],
  ),
  ...plant(
    'hsm-bridge-stands-alone',
    'electron/hsm/bridge',
    ...['../../engine/good.ts', '../../session/good.ts', '../../shell/good.ts', '../../cli/good.ts'],
    ...['../../files/good.ts', '../good.ts'],
  ),
  ...plant('hsm-bridge-stands-alone', 'electron/hsm/protocol', '../../engine/good.ts', '../good.ts'),
  ...['electron/hsm', 'electron/session', 'electron/cli', 'electron/shell'].flatMap((room) =>
    plant(
      'hsm-bridge-is-a-process',
      room,
      room === 'electron/hsm' ? './bridge/good.ts' : '../hsm/bridge/good.ts',
    ),
  ),
  ...plant(
    'hsm-below-the-session',
    'electron/hsm',
    ...['../session/good.ts', '../shell/good.ts', '../cli/good.ts', '../files/good.ts', '../record/good.ts'],
  ),
  ...plant(
    'session-below-the-shell',
    'electron/session',
    ...['electron', '../shell/good.ts', '../cli/good.ts', '../../renderer/good.ts'],
  ),
  ...plant(
    'files-and-record-below-the-session',
    'electron/files',
    '../session/good.ts',
    '../shell/good.ts',
    'electron',
  ),
  ...plant('files-and-record-below-the-session', 'electron/record', '../session/good.ts', '../cli/good.ts'),
  ...plant('electron-only-in-the-shell', 'electron/cli', 'electron'),
  ...plant('electron-only-in-the-shell', 'electron/hsm', 'electron'),
  ...plant('electron-only-in-the-shell', 'electron/proof-pool', 'electron'),
  ...plant('main-side-without-pages', 'electron/shell', '../../renderer/good.ts'),
  ...plant('main-side-without-pages', 'electron/cli', '../../renderer/good.ts'),
  ...plant(
    'shared-imports-nothing',
    'shared',
    ...['node:crypto', 'crypto', 'node:fs', 'fs', 'path', 'electron', '@noble/curves/nist.js', '@scure/base'],
    ...['../electron/files/good.ts', '../renderer/good.ts'],
  ),
  ...plant(
    'renderer-only-shared',
    'renderer/parts',
    ...[
      'node:crypto',
      'crypto',
      'node:fs',
      'fs',
      'path',
      'electron',
      '@noble/curves/secp256k1.js',
      '@noble/hashes/sha2.js',
    ],
    ...['@scure/base', '../../electron/engine/good.ts', '../../electron/session/good.ts'],
  ),
  ...['electron/engine/kit', 'electron/session', 'electron/cli', 'shared', 'renderer/parts', 'build'].flatMap(
    (room) => plant('nothing-imports-tests', room, `${room.replace(/[^/]+/g, '..')}/test/good.ts`),
  ),
  ...['electron/engine/kit', 'electron/cli', 'shared', 'renderer/parts'].flatMap((room) =>
    plant('no-development-package-in-the-product', room, '@scure/bip32', 'fast-check'),
  ),
  // In node_modules, since a development package needs it, and not in the manifest.
  ...plant('no-development-package-in-the-product', 'electron/session', 'acorn'),
  ...plant('no-loose-ends', 'electron/session', './missing.ts', 'not-in-the-manifest'),
];

/** Imports that the table allows: were they refused as well, the refusals above would say nothing. */
const GOOD_IMPORTS: readonly (readonly [string, string])[] = [
  ['electron/engine/kit', 'node:crypto'],
  ['electron/engine/kit', '@noble/curves/secp256k1.js'],
  ['electron/engine/kit', '../../../shared/good.ts'],
  ['electron/engine/kit', '../encode/good.ts'],
  ['electron/session', '../engine/good.ts'],
  ['electron/session', '../files/good.ts'],
  ['electron/session', '../record/good.ts'],
  ['electron/files', 'node:fs/promises'],
  ['electron/cli', '../session/good.ts'],
  ['electron/shell', 'electron'],
  ['electron/shell', '../session/good.ts'],
  ['electron/hsm', 'node:child_process'],
  ['electron/hsm', '../../shared/good.ts'],
  ['electron/hsm', '../engine/good.ts'],
  ['electron/hsm', './protocol/good.ts'],
  ['electron/hsm/bridge', '../protocol/good.ts'],
  ['electron/hsm/bridge', '../../../shared/good.ts'],
  ['electron/session', '../hsm/good.ts'],
  ['electron/proof-pool', 'node:worker_threads'],
  ['electron/proof-pool', '../engine/rsa/public-key.ts'],
  ['electron/proof-pool', '../engine/kit/kit-file.ts'],
  ['renderer/parts', '../../shared/good.ts'],
  ['test/unit', '../../electron/session/good.ts'],
  ['test/unit', 'fast-check'],
];

async function cruise(folder: string): Promise<readonly Violation[]> {
  const rooms = ROOMS.filter((room) => existsSync(join(folder, room)));
  const args = [DEPCRUISE, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...rooms];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: folder,
    maxBuffer: 1 << 28,
  }).catch(
    // It exits with the number of violations.
    (error: unknown) => error as { stdout: string },
  );
  return (JSON.parse(stdout) as { summary: { violations: readonly Violation[] } }).summary.violations;
}

describe('a planted import is refused', () => {
  let folder = '';
  let violations: readonly Violation[] = [];

  /** Where the n-th import of its kind is planted. */
  const fileOf = (room: string, name: string): string => `${room}/${name}.ts`;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'breakglass-import-rules-'));
    for (const file of ['.dependency-cruiser.mjs', 'tsconfig.base.json', 'package.json']) {
      copyFileSync(join(ROOT, file), join(folder, file));
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const put = (file: string, content: string): void => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), content);
    };
    const rooms = [
      'engine',
      'engine/encode',
      'files',
      'session',
      'shell',
      'hsm',
      'hsm/bridge',
      'hsm/protocol',
      'cli',
      'record',
      'proof-pool',
    ];
    for (const room of [...rooms.map((name) => `electron/${name}`), 'shared', 'renderer', 'build', 'test']) {
      put(`${room}/good.ts`, 'export const good = 1;\n');
    }
    for (const name of ['private-key', 'pke1', 'pbes2', 'decrypt', 'public-key']) {
      put(`electron/engine/rsa/${name}.ts`, 'export const good = 1;\n');
    }
    for (const name of ['kit/synthesize-kit', 'kit/kit-file', 'ers/reconstruct', 'derive/good'])
      put(`electron/engine/${name}.ts`, 'export const good = 1;\n');
    BAD_IMPORTS.forEach(({ from, imports }, i) => {
      put(fileOf(from, `bad-${i}`), `import * as it from '${imports}';\nexport const use = it;\n`);
    });
    GOOD_IMPORTS.forEach(([from, imports], i) => {
      put(fileOf(from, `fine-${i}`), `import * as it from '${imports}';\nexport const use = it;\n`);
    });
    put('electron/session/typed.ts', "import type { App } from 'electron';\nexport type It = App;\n");
    put('electron/engine/kit/lazy.ts', "export const load = () => import('node:fs');\n");
    put('electron/engine/kit/again.ts', "import fs = require('node:fs');\nexport const use = fs;\n");
    put('electron/session/circle-a.ts', "import { b } from './circle-b.ts';\nexport const a = () => b;\n");
    put('electron/session/circle-b.ts', "import { a } from './circle-a.ts';\nexport const b = () => a;\n");
    violations = await cruise(folder);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const rulesOf = (file: string): readonly string[] =>
    violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);

  it.each(BAD_IMPORTS.map((planted, i) => ({ ...planted, i })))(
    '$from imports $imports: $rule',
    ({ rule, from, i }) => {
      expect(rulesOf(fileOf(from, `bad-${i}`))).toContain(rule);
    },
  );

  it.each(GOOD_IMPORTS.map(([from, imports], i) => ({ from, imports, i })))(
    '$from imports $imports: allowed',
    ({ from, i }) => {
      expect(rulesOf(fileOf(from, `fine-${i}`))).toEqual([]);
    },
  );

  it('a type alone counts as an import: session-below-the-shell', () => {
    expect(rulesOf('electron/session/typed.ts')).toContain('session-below-the-shell');
  });

  it('a lazy import counts as an import: engine-is-pure', () => {
    expect(rulesOf('electron/engine/kit/lazy.ts')).toContain('engine-is-pure');
  });

  it('a require counts as an import: engine-is-pure', () => {
    expect(rulesOf('electron/engine/kit/again.ts')).toContain('engine-is-pure');
  });

  it('two files that import each other: no-circles', () => {
    expect(rulesOf('electron/session/circle-a.ts')).toContain('no-circles');
  });
});

it('every rule is planted against', async () => {
  const config = (await import(join(ROOT, '.dependency-cruiser.mjs'))) as {
    default: { forbidden: readonly { name: string }[] };
  };
  const planted = new Set([...BAD_IMPORTS.map(({ rule }) => rule), 'no-circles']);
  expect(config.default.forbidden.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
});

it('the real tree keeps every rule', async () => {
  expect(await cruise(ROOT)).toEqual([]);
});
