import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { extractFile, listPackage } from '@electron/asar';
import { getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { projectRoot } from '../project-root.ts';
import { cloneProject } from './clone.ts';
import { packagingTool, type ListFiles, type PayloadFiles } from './tools.ts';

const ADDON = join('node_modules', 'pkcs11js', 'build', 'Release', 'pkcs11.node');
const folder = mkdtempSync(join(tmpdir(), 'breakglass-payload-'));
const one = join(folder, 'one');
const other = join(folder, 'quite', 'another folder', 'two');
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Builds the payload of a clone, as a user with such an environment would. */
async function build(root: string, umask: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const command = `umask ${umask} && exec "${process.execPath}" build/package/payload.mjs`;
  const env = { ...process.env, ...environment };
  const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: root, env });
  return stdout;
}

const payloadOf = (root: string): string => join(root, 'dist', 'payload');
const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

describe('the payload', () => {
  let sums = '';
  beforeAll(async () => {
    cloneProject(one, false);
    cloneProject(other, true);
    sums = await build(one, '022', { TZ: 'UTC', LC_ALL: 'C', NODE_ENV: 'production' });
    await build(other, '077', { TZ: 'Pacific/Auckland', LC_ALL: 'C.UTF-8', NODE_ENV: 'test' });
  }, 240_000);

  it('is byte for byte the same from two clean clones in different folders', () => {
    const files = readdirSync(payloadOf(one)).sort();
    expect(readdirSync(payloadOf(other)).sort()).toEqual(files);
    expect(files).toEqual(
      expect.arrayContaining(['SHA256SUMS', 'app.asar', 'build-info.json', 'sbom.cdx.json']),
    );
    expect(files.filter((file) => /^breakglass-.+\.tgz$/.test(file))).toHaveLength(1);
    for (const file of [...files].reverse())
      expect([file, sha256(join(payloadOf(other), file))]).toEqual([
        file,
        sha256(join(payloadOf(one), file)),
      ]);
  });

  it('comes from bundles that are the same as well', async () => {
    const { listFiles } = await packagingTool<ListFiles>('list-files.mjs');
    for (const part of ['app', 'cli']) {
      const files = listFiles(join(one, 'dist', part));
      expect(files.length).toBeGreaterThan(1);
      for (const file of files)
        expect([file, sha256(join(other, 'dist', part, file))]).toEqual([
          file,
          sha256(join(one, 'dist', part, file)),
        ]);
    }
  });

  it('has checksums of all its files, in the form that sha256sum reads', () => {
    const lines = sums.trim().split('\n');
    expect(lines).toEqual(
      readdirSync(payloadOf(one))
        .filter((file) => file !== 'SHA256SUMS')
        .sort()
        .map((file) => `${sha256(join(payloadOf(one), file))}  ${file}`),
    );
  });

  it('holds in its asar the bundles, a bare manifest and the licences, and nothing else', async () => {
    const asar = join(payloadOf(one), 'app.asar');
    const files = listPackage(asar, { isPack: false }).filter((path) => /\.[a-z]+$|LICENSE$/.test(path));
    const odd = files.filter(
      (path) => !/^\/(?:package\.json|LICENSE|THIRD-PARTY-LICENSES\.txt|dist\/app\/)/.test(path),
    );
    expect(odd).toEqual([]);
    expect(files.join('\n')).not.toMatch(/node_modules|\.map$|\.ts$|test|sources\.txt/);
    const { REQUIRED } = await packagingTool<PayloadFiles>('payload-files.mjs');
    const bundles = files.filter((path) => path.endsWith('.cjs')).map((path) => path.slice(1));
    expect(bundles.sort()).toEqual(REQUIRED.filter((path) => path.endsWith('.cjs')).sort());
    const manifest = JSON.parse(extractFile(asar, 'package.json').toString()) as object;
    expect(Object.keys(manifest).sort()).toEqual(['description', 'license', 'main', 'name', 'version']);
    const licenses = extractFile(asar, 'THIRD-PARTY-LICENSES.txt').toString();
    expect(licenses).toMatch(/^react 19.*\n\nMIT License/m);
  });
});

describe('a payload', () => {
  it('is not made of a command line that asks the network', async () => {
    const root = join(folder, 'asking');
    cloneProject(root, false);
    appendFileSync(join(root, 'electron', 'cli', 'main.ts'), "\nvoid fetch('http://127.0.0.1:9');\n");
    await expect(build(root, '022', {})).rejects.toThrow(
      /not packed:\n- dist\/cli\/main\.js can reach a network.*fetch/,
    );
    expect(existsSync(payloadOf(root))).toBe(false);
  }, 240_000);
});

describe('an app that is packaged with an Electron from a folder', () => {
  const dist = join(folder, 'electron');
  const app = join(one, 'dist', 'packages', 'linux-unpacked');
  const run = (env: NodeJS.ProcessEnv, ...args: readonly string[]) =>
    promisify(execFile)(process.execPath, ['build/package/app.mjs', ...args], {
      cwd: one,
      env: { ...process.env, ...env },
    });

  it('is refused without one, and told what to do', async () => {
    await expect(run({ ELECTRON_DIST: '' })).rejects.toThrow(
      /package:app: set ELECTRON_DIST to a folder or zip of/,
    );
    await expect(run({ ELECTRON_DIST: join(folder, 'nothing') })).rejects.toThrow(/there is nothing at/);
  });

  it.skipIf(process.platform !== 'linux')('is the payload, locked by fuses, behind the wrapper', async () => {
    fakeElectron(dist);
    const args = existsSync(join(projectRoot, ADDON)) ? [] : ['--without-hsm'];
    const { stdout } = await run({ ELECTRON_DIST: dist }, '--dir', ...args);
    const payload = sha256(join(payloadOf(one), 'app.asar'));
    expect(stdout).toContain(`app.asar is ${payload}`);
    expect(sha256(join(app, 'resources', 'app.asar'))).toBe(payload);
    expect(readdirSync(join(app, 'resources'))).not.toContain('default_app.asar');

    const wrapper = join(projectRoot, 'build', 'package', 'linux', 'breakglass');
    expect(readFileSync(join(app, 'breakglass'), 'utf8')).toBe(readFileSync(wrapper, 'utf8'));
    expect(statSync(join(app, 'breakglass')).mode & 0o111).toBe(0o111);
    const { FUSES } = await packagingTool<{ readonly FUSES: readonly { readonly on: boolean }[] }>(
      'fuses.mjs',
    );
    const wire = (await getCurrentFuseWire(join(app, 'breakglass-app'))) as unknown as Readonly<
      Record<number, number>
    >;
    expect(FUSES.map((_, index) => wire[index])).toEqual(FUSES.map(({ on }) => (on ? 0x31 : 0x30)));
  });

  it.skipIf(!existsSync(join(projectRoot, ADDON)))(
    'finds its native module beside the asar, where Node looks',
    () => {
      const found = createRequire(join(app, 'resources', 'app.asar', 'dist', 'app', 'hsm-bridge.cjs'));
      expect(found.resolve('pkcs11js')).toBe(join(app, 'resources', 'node_modules', 'pkcs11js', 'index.js'));
      expect(sha256(join(app, 'resources', ADDON))).toBe(sha256(join(projectRoot, ADDON)));
      expect(readdirSync(join(app, 'resources', 'node_modules', 'pkcs11js')).sort()).toEqual(
        ['LICENSE', 'build', 'index.js', 'package.json'].sort(),
      );
    },
  );
});

describe('a release', () => {
  const assemble = () => promisify(execFile)(process.execPath, ['build/package/release.mjs'], { cwd: one });
  const packages = join(one, 'dist', 'packages');

  it('is put together of the payload and the packages that were made of it, and verifies', async () => {
    mkdirSync(packages, { recursive: true });
    writeFileSync(join(packages, 'Breakglass.AppImage'), 'x');
    writeFileSync(join(packages, '.made-of'), sha256(join(payloadOf(one), 'app.asar')));
    await assemble();
    const args = [
      'build/package/release-verify.mjs',
      'dist/release',
      '--unsigned',
      '--rebuilt',
      'dist/payload',
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: one });
    expect(stdout).toContain('5 files are as listed');
    expect(readdirSync(join(one, 'dist', 'release'))).toContain('Breakglass.AppImage');
  });

  it('is refused with packages of another payload, or half made', async () => {
    writeFileSync(join(packages, '.made-of'), 'f'.repeat(64));
    await expect(assemble()).rejects.toThrow(/was made of another payload/);
    rmSync(join(packages, '.made-of'));
    await expect(assemble()).rejects.toThrow(/is not finished/);
  });
});

/** What looks like an unpacked Electron to electron-builder and to @electron/fuses, and runs nothing. */
function fakeElectron(dist: string): void {
  for (const inner of ['resources', 'locales']) mkdirSync(join(dist, inner), { recursive: true });
  for (const file of [
    'LICENSE',
    'LICENSES.chromium.html',
    'version',
    'chrome-sandbox',
    'locales/en-US.pak',
    'resources/default_app.asar',
  ])
    writeFileSync(join(dist, file), file);
  const wire = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, 9]),
    Buffer.from('111100011'),
  ]);
  writeFileSync(join(dist, 'electron'), Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)]), {
    mode: 0o755,
  });
}

describe('what may be packed', () => {
  /** A staged app that is whole, but for what is put in or taken out. */
  async function complaints(change: Readonly<Record<string, string | null>>): Promise<readonly string[]> {
    const { complaintsAbout } = await packagingTool<PayloadFiles>('payload-files.mjs');
    const staged = mkdtempSync(join(folder, 'staged-'));
    const bundles = ['main', 'preload', 'reveal-preload', 'proof-worker', 'wallet-worker', 'hsm-bridge'];
    const whole = {
      'package.json': '{}',
      LICENSE: 'x',
      'THIRD-PARTY-LICENSES.txt': 'x',
      ...Object.fromEntries(bundles.map((name) => [`dist/app/${name}.cjs`, '"use strict";'])),
      'dist/app/renderer/index.html': 'x',
      'dist/app/reveal/index.html': 'x',
      'dist/app/renderer/assets/index-C5m6Mp7E.js': 'x',
      ...change,
    };
    for (const [file, text] of Object.entries<string | null>(whole)) {
      if (text === null) continue;
      mkdirSync(join(staged, file, '..'), { recursive: true });
      writeFileSync(join(staged, file), text);
    }
    return complaintsAbout(staged, ['/home/somebody/breakglass']);
  }

  it('is a whole app', async () => {
    expect(await complaints({})).toEqual([]);
  });

  it.each<readonly [string, Readonly<Record<string, string | null>>, RegExp]>([
    ['a test', { 'test/unit/x.test.js': '' }, /test\/unit\/x\.test\.js has no place/],
    ['a source', { 'electron/main.ts': '' }, /electron\/main\.ts has no place/],
    ['a package', { 'node_modules/vitest/index.js': '' }, /node_modules\/vitest\/index\.js has no place/],
    ['the mark of the build', { 'dist/app/sources.txt': '' }, /sources\.txt has no place/],
    ['a source map', { 'dist/app/main.cjs.map': '' }, /main\.cjs\.map has no place/],
    [
      'a link to a source map',
      { 'dist/app/main.cjs': '//# sourceMappingURL=x' },
      /main\.cjs holds a source map/,
    ],
    ['a test library', { 'dist/app/main.cjs': '// node_modules/vitest/x' }, /holds a test library/],
    [
      'a folder of the machine',
      { 'dist/app/main.cjs': '// /home/somebody/breakglass/x' },
      /a folder of this machine/,
    ],
    [
      'a file of the tests',
      { 'dist/app/main.cjs': '"use strict";\n// test/unit/x.ts\n' },
      /a file of the tests/,
    ],
    [
      'a package that can open a socket',
      { 'dist/app/main.cjs': '// node_modules/x/index.js\nconst net = require("net");' },
      /can reach a network or start a process: node_modules\/x\/index\.js: require\("net"/,
    ],
    [
      'a page that asks the network',
      { 'dist/app/renderer/assets/index-C5m6Mp7E.js': 'a=fetch(b)' },
      /can reach a network/,
    ],
    ['no preload', { 'dist/app/preload.cjs': null }, /preload\.cjs is missing/],
    ['no worker for wallets', { 'dist/app/wallet-worker.cjs': null }, /wallet-worker\.cjs is missing/],
    ['a main that outgrew its budget', { 'dist/app/main.cjs': 'x'.repeat(4_000_001) }, /budget is 4000000/],
  ])('is refused with %s', async (_what, change, complaint) => {
    const all = await complaints(change);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatch(complaint);
  });

  it.each<readonly [string, Readonly<Record<string, string | null>>, readonly RegExp[]]>([
    ['nothing but its bundles', {}, []],
    ['a fourth', { 'other.cjs': '' }, [/^dist\/cli\/other\.cjs has no place in the package$/]],
    ['no bridge', { 'hsm-bridge.cjs': null }, [/^dist\/cli\/hsm-bridge\.cjs is missing$/]],
    ['a package that can open a socket', { 'main.js': '__require("net");' }, [/main\.js can .*: __require/]],
    ['a thread that asks the network', { 'wallet-worker.cjs': '(0, fetch)(u)' }, [/wallet-worker\.cjs can /]],
    ['a bridge that starts a process', { 'hsm-bridge.cjs': 'x.spawn("y")' }, [/hsm-bridge\.cjs can /]],
  ])('of the command line: with %s', async (_what, change, expected) => {
    const { complaintsAboutCli } = await packagingTool<PayloadFiles>('payload-files.mjs');
    const staged = mkdtempSync(join(folder, 'staged-'));
    mkdirSync(join(staged, 'dist', 'cli'), { recursive: true });
    const whole = { 'main.js': '', 'hsm-bridge.cjs': '', 'wallet-worker.cjs': '', ...change };
    for (const [file, text] of Object.entries<string | null>(whole))
      if (text !== null) writeFileSync(join(staged, 'dist', 'cli', file), text);
    const found = complaintsAboutCli(staged);
    expect(found).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(found[index]).toMatch(pattern);
  });
});
