import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '..', '..');

/** Every way out or in, as code that takes it. A way that lets something through would wait, fail otherwise or work. */
const WAYS: readonly string[] = [
  "require('node:net').connect(9, '127.0.0.1')",
  "require('node:net').createConnection(9)",
  "new (require('node:net').Socket)().connect(9)",
  "require('node:net').createServer()",
  "new (require('node:net').Server)().listen(0)",
  "require('node:tls').connect(9)",
  "new (require('node:tls').TLSSocket)().connect(9)",
  "require('node:http').request('http://127.0.0.1:9')",
  "require('node:http').get('http://127.0.0.1:9')",
  "new (require('node:http').ClientRequest)('http://127.0.0.1:9')",
  "new (require('node:http').Server)().listen(0)",
  "require('http').get('http://127.0.0.1:9')",
  "require('node:https').request('https://127.0.0.1:9')",
  "require('node:https').get('https://127.0.0.1:9')",
  "require('node:http2').connect('http://127.0.0.1:9')",
  "require('node:dgram').createSocket('udp4')",
  "new (require('node:dgram').Socket)('udp4').bind()",
  "new (require('node:dgram').Socket)('udp4').send('x', 9)",
  "require('node:dns').lookup('example.org', () => {})",
  "require('node:dns').resolve4('example.org', () => {})",
  "require('node:dns').promises.lookup('example.org')",
  "require('node:dns/promises').resolve('example.org')",
  "new (require('node:dns').Resolver)()",
  "require('node:dns').setServers(['127.0.0.1'])",
  "require('node:dns').getServers()",
  "require('node:dns').promises.getServers()",
  "require('node:cluster').setupPrimary({ exec: '/x' })",
  "require('node:cluster').fork()",
  "require('node:v8').setFlagsFromString('--no-wasm-bounds-checks')",
  "require('node:os').userInfo()",
  "process.setgid('a name')",
  "process.setegid('a name')",
  "process.setuid('a name')",
  "process.seteuid('a name')",
  "process.setgroups(['a name'])",
  "process.initgroups('a name', 'a name')",
  "new (require('node:dgram').Socket)('udp4')._handle.bind('127.0.0.1', 0, 0)",
  "require('node:net')._createServerHandle('127.0.0.1', 0, 4)",
  "new (require('node:net').Server)()._listen2('127.0.0.1', 0, 4, 1)",
  "require('node:dgram')._createSocketHandle('127.0.0.1', 0, 'udp4')",
  "new (require('node:tls').TLSSocket)()._handle._parent.bind('127.0.0.1', 0)",
  "new (require('_tls_wrap').TLSSocket)()._handle._parent.bind('127.0.0.1', 0)",
  "new (require('_http_client').ClientRequest)('http://127.0.0.1:9')",
  "require('node:http').globalAgent.createConnection({ port: 9 })",
  "process.binding('tcp_wrap')",
  "process.binding('udp_wrap')",
  "process.binding('cares_wrap')",
  "import('node:process').then(({ binding }) => binding('tcp_wrap'))",
  "process._linkedBinding('tcp_wrap')",
  'process._debugProcess(process.pid)',
  "require('node:inspector').open(0)",
  "require('node:inspector/promises').open(0)",
  "import('node:inspector').then(({ open }) => open(0))",
  "new (require('node:inspector').Session)().connect()",
  "new (require('node:inspector/promises').Session)().connect()",
  "new (require('node:net').BoundSocket)({ port: 0 })",
  "new (require('node:net')._TransferredBoundSocket)()",
  "process.getBuiltinModule('node:ffi').dlopen(null)",
  "new (process.getBuiltinModule('node:ffi').DynamicLibrary)(null)",
  "new (process.getBuiltinModule('node:sqlite').DatabaseSync)(':memory:', { allowExtension: true })",
  "new (process.getBuiltinModule('node:sqlite').Database)(':memory:', { allowExtension: true })",
  "require('node:crypto').setEngine('./none.so')",
  "import('node:crypto').then(({ setEngine }) => setEngine('./none.so'))",
  "require('node:tls').createSecureContext({ clientCertEngine: './none.so' })",
  "require('_tls_common').createSecureContext({ privateKeyEngine: './none.so', privateKeyIdentifier: '0' })",
  "new (require('node:tls').SecureContext)().context.setClientCertEngine('./none.so')",
  "new (require('node:https').Server)({ clientCertEngine: './none.so' })",
  "new (require('node:tls').Server)().addContext('example.org', { clientCertEngine: './none.so' })",
  "process.execve(process.execPath, [process.execPath, '--version'])",
  "process.dlopen({ exports: {} }, './addon.node')",
  "require('./addon.node')",
  "process.getBuiltinModule('node:net').connect(9)",
  "fetch('http://127.0.0.1:9')",
  "new WebSocket('ws://127.0.0.1:9')",
  "new EventSource('http://127.0.0.1:9')",
  "new WebTransport('https://127.0.0.1:9')",
  'new XMLHttpRequest()',
  "import('node:http').then(({ request }) => request('http://127.0.0.1:9'))",
  "import('node:net').then(({ connect }) => connect(9))",
  "electronNet.request('http://127.0.0.1:9')",
  "electronNet.fetch('http://127.0.0.1:9')",
  "electronNet.resolveHost('example.org')",
  "new electronNet.WebSocket('ws://127.0.0.1:9')",
];

/**
 * Ways that this Node does not have are stood in for, so that the refusal replaces something. A module that copies the
 * functions of another is loaded before.
 */
const HEAD = `
  require('node:inspector/promises');
  const open = function () { throw new Error('not refused'); };
  for (const name of ['WebSocket', 'EventSource', 'WebTransport', 'XMLHttpRequest']) globalThis[name] ??= open;
  for (const name of ['BoundSocket', '_TransferredBoundSocket']) require('node:net')[name] ??= open;
  require('node:dgram')._createSocketHandle ??= open;
  process.execve ??= open;
  const { getBuiltinModule } = process;
  const newer = { 'node:ffi': ['dlopen', 'DynamicLibrary'], 'node:sqlite': ['Database', 'DatabaseSync'] };
  const standIns = {};
  process.getBuiltinModule = (name) => {
    const module = getBuiltinModule(name) ?? (newer[name] && (standIns[name] ??= {}));
    for (const way of newer[name] ?? []) module[way] ??= open;
    return module;
  };
  const electronNet = { request: open, fetch: open, resolveHost: open, WebSocket: open };
  const { denyAddons, denyNetwork } = require('./deny-network.cjs');
  denyNetwork(electronNet);
  denyAddons();
`;

let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'breakglass-network-'));
  writeFileSync(join(folder, 'addon.node'), 'no addon');
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: 'electron/shell/deny-network.ts',
      outDir: folder,
      rolldownOptions: { output: { entryFileNames: 'deny-network.cjs', format: 'cjs' } },
    },
  });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function runNode(code: string, before = ''): string {
  const file = join(folder, 'way.cjs');
  writeFileSync(file, before + HEAD + code);
  return execFileSync(process.execPath, [file], { encoding: 'utf8', timeout: 30_000 });
}

describe('in the thread that denies it, the network', () => {
  it('is refused on every way', () => {
    const ways = WAYS.map((way) => `[${JSON.stringify(way)}, () => ${way}]`).join(',\n');
    const output = runNode(`
      (async () => {
        const results = {};
        for (const [way, go] of [${ways}]) {
          try { await go(); results[way] = 'went through'; }
          catch (error) { results[way] = error.code ?? String(error); }
        }
        process.stdout.write(JSON.stringify(results), () => process.exit(0));
      })();
    `);
    const results = JSON.parse(output) as Record<string, string>;
    expect(Object.keys(results)).toEqual(WAYS);
    expect(WAYS.filter((way) => results[way] !== 'network.denied').map((way) => [way, results[way]])).toEqual(
      [],
    );
  });

  it('can not be had back', () => {
    const output = runNode(`
      const http = require('node:http');
      http.request = () => 'back';
      try { Object.defineProperty(http, 'request', { value: () => 'back' }); } catch {}
      try { process.stdout.write(String(http.request())); } catch (error) { process.stdout.write(error.code); }
    `);
    expect(output).toBe('network.denied');
  });

  it('is refused to what was imported before as well', () => {
    const output = runNode(
      `for (const way of [() => dlopen({ exports: {} }, './addon.node'), () => binding('tcp_wrap'), () => connect(9)])
        try { process.stdout.write(String(way())); } catch (error) { process.stdout.write(error.code + ' '); }
      })`,
      `Promise.all([import('node:process'), import('node:net')]).then(([imported, net]) => {
        const dlopen = (...args) => imported.dlopen(...args);
        const binding = (...args) => imported.binding(...args);
        const connect = (...args) => net.connect(...args);`,
    );
    expect(output).toBe('network.denied network.denied network.denied ');
  });

  it('stays denied when it is denied again, and Electron’s own with it', () => {
    const output = runNode(`
      const again = { request: () => 'went through' };
      require('./deny-network.cjs').denyNetwork(again);
      for (const ask of [() => fetch('http://127.0.0.1:9'), () => again.request()])
        try { process.stdout.write(String(ask())); } catch (error) { process.stdout.write(error.code + ' '); }
    `);
    expect(output).toBe('network.denied network.denied ');
  });

  it.skipIf(process.platform === 'win32')('is not opened to a debugger by a signal', () => {
    const output = runNode(`
      process.kill(process.pid, 'SIGUSR1');
      setTimeout(() => process.stdout.write(String(require('node:inspector').url())), 500);
    `);
    expect(output).toBe('undefined');
  });

  it('leaves Electron the bindings that its modules load late, and no other', () => {
    const output = runNode(
      `for (const name of ['electron_browser_dialog', 'tcp_wrap', { toString: () => 'electron_common_net' }])
        try { process.stdout.write(process._linkedBinding(name) + ' '); } catch (error) { process.stdout.write(error.code + ' '); }`,
      'process._linkedBinding = (name) => name;',
    );
    expect(output).toBe('electron_browser_dialog network.denied network.denied ');
  });

  it('is denied without a warning of what is experimental, and later ones are given', () => {
    const output = runNode(
      `process.on('warning', ({ message }) => process.stdout.write(message));
      process.emitWarning('later');`,
      `const load = process.getBuiltinModule;
      process.getBuiltinModule = (name) => {
        if (name === 'node:ffi') process.emitWarning('experimental');
        return load(name);
      };`,
    );
    expect(output).toBe('later');
  });

  it('leaves files, streams and threads alone', () => {
    const output = runNode(`
      const { Worker } = require('node:worker_threads');
      const { execFileSync } = require('node:child_process');
      const said = execFileSync(process.execPath, ['-p', '1+1']).toString().trim();
      new Worker("require('node:worker_threads').parentPort.postMessage(2)", { eval: true })
        .on('message', (m) => process.stdout.write(said + m));
    `);
    expect(output).toBe('22');
  });
});

describe('the command line', () => {
  it('has no way to the network either', () => {
    const probe = join(folder, 'probe.cjs');
    writeFileSync(
      probe,
      `process.on('exit', () => {
        for (const ask of [() => require('node:net').connect(9), () => fetch('http://127.0.0.1:9')])
          try { ask(); process.stdout.write('asked '); } catch (error) { process.stdout.write(error.code + ' '); }
      });`,
    );
    const bundle = join(ROOT, 'dist', 'cli', 'main.js');
    const output = execFileSync(process.execPath, ['--require', probe, bundle, '--version'], {
      encoding: 'utf8',
    });
    expect(output.split('\n')[1]).toBe('network.denied network.denied ');
  });
});
