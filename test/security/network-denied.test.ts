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
  "fetch('http://127.0.0.1:9')",
  "new WebSocket('ws://127.0.0.1:9')",
  "import('node:http').then(({ request }) => request('http://127.0.0.1:9'))",
  "import('node:net').then(({ connect }) => connect(9))",
  "electronNet.request('http://127.0.0.1:9')",
  "electronNet.fetch('http://127.0.0.1:9')",
  "electronNet.resolveHost('example.org')",
];

/** Ways that this Node does not have are stood in for, so that the refusal replaces something. */
const HEAD = `
  globalThis.WebSocket ??= class { constructor() { throw new Error('not refused'); } };
  const open = () => { throw new Error('not refused'); };
  const electronNet = { request: open, fetch: open, resolveHost: open };
  require('./deny-network.cjs').denyNetwork(electronNet);
`;

let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'breakglass-network-'));
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

function runNode(code: string): string {
  const file = join(folder, 'way.cjs');
  writeFileSync(file, HEAD + code);
  return execFileSync(process.execPath, [file], { encoding: 'utf8', timeout: 30_000 });
}

describe('in the main process, the network', () => {
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
