import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import type { StartBridge } from '../../../electron/hsm/bridge-process.ts';
import { HsmClient } from '../../../electron/hsm/client.ts';
import { makeFolder } from '../../fixtures/folders.ts';
import { BRIDGE_BUNDLE, decryptOnce, encryptTo, makeKeyPair, openKey } from '../../fixtures/hsm/clients.ts';
import { describeTokens } from '../../fixtures/hsm/describe-tokens.ts';
import { makeSoftHsm, type TestToken } from '../../fixtures/hsm/tokens.ts';

/** What Electron gives a utility process, over Node's channel. */
const PARENT_PORT = `
const { EventEmitter } = require('node:events');
const { send } = process;
const port = new EventEmitter();
port.postMessage = (message) => send.call(process, message);
process.on('message', (data) => port.emit('message', { data, ports: [] }));
process.parentPort = port;
process.send = () => { throw new Error('the wrong port'); };
`;

function startBridge(args: readonly string[], env: NodeJS.ProcessEnv, bundle = BRIDGE_BUNDLE): ChildProcess {
  const child = fork(bundle, [], {
    execArgv: [...args],
    env,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** What a bridge answers to one message. */
async function answerTo(child: ChildProcess, message: object): Promise<unknown> {
  const answer = once(child, 'message');
  child.send(message);
  return ((await answer) as [unknown])[0];
}

describe('the bridge process', () => {
  it('refuses what comes before the module, and what is no request', async () => {
    const child = startBridge([], process.env);
    const refused = { id: 1, kind: 'refused' };
    expect(await answerTo(child, { id: 1, kind: 'keys' })).toEqual({ ...refused, reason: 'nothing loaded' });
    expect(await answerTo(child, { id: 1, kind: 'export' })).toEqual({ ...refused, reason: 'malformed' });
    expect(await answerTo(child, { id: 1, kind: 'login', pin: '1234' })).toEqual({
      ...refused,
      reason: 'malformed',
    });
  });

  it('ends with its parent', async () => {
    const child = startBridge([], process.env);
    await answerTo(child, { id: 1, kind: 'keys' });
    const ended = once(child, 'exit');
    child.disconnect();
    expect(await ended).toEqual([0, null]);
  });

  it('can’t reach a network by Node', async () => {
    const folder = makeFolder();
    const probe = join(folder, 'probe.cjs');
    // Runs the bundle first, as it runs by itself, and then looks at what is left.
    writeFileSync(
      probe,
      `${readFileSync(BRIDGE_BUNDLE, 'utf8')};
       const codes = [() => require('node:net').connect(9), () => fetch('http://127.0.0.1:9')].map((ask) => {
         try { ask(); return 'asked'; } catch (error) { return error.code; }
       });
       process.send(codes);`,
    );
    const child = startBridge([], process.env, probe);
    expect(await once(child, 'message')).toEqual([['network.denied', 'network.denied'], undefined]);
  });

  it('says that the package is absent where it is', async () => {
    const folder = makeFolder({ 'hsm-bridge.cjs': readFileSync(BRIDGE_BUNDLE) });
    const child = startBridge([], process.env, join(folder, 'hsm-bridge.cjs'));
    const load = { id: 1, kind: 'load', file: '/a.so', initArgs: '' };
    expect(await answerTo(child, load)).toEqual({ id: 1, kind: 'absent', reason: 'not installed' });
  });

  it.each([
    ['not built', "require('./build/Release/pkcs11.node')"],
    [
      'built for another system',
      "throw Object.assign(new Error('invalid ELF header'), { code: 'ERR_DLOPEN_FAILED' })",
    ],
  ])('says that the package is %s', async (reason, script) => {
    const folder = makeFolder({
      'hsm-bridge.cjs': readFileSync(BRIDGE_BUNDLE),
      'node_modules/pkcs11js/index.js': script,
    });
    const child = startBridge([], process.env, join(folder, 'hsm-bridge.cjs'));
    const load = { id: 1, kind: 'load', file: '/a.so', initArgs: '' };
    expect(await answerTo(child, load)).toEqual({ id: 1, kind: 'absent', reason });
  });
});

describeTokens('the bridge as a utility process of Electron', (folder) => {
  const pair = makeKeyPair();
  let token: TestToken;

  beforeAll(() => {
    token = makeSoftHsm(folder, 'Recovery', [{ key: pair.privateKey, label: 'recovery', idHex: 'a1' }]);
  });

  it('speaks through process.parentPort', async () => {
    const boot = join(makeFolder({ 'boot.cjs': PARENT_PORT }), 'boot.cjs');
    const start: StartBridge = () => {
      const child = startBridge(['--require', boot], { ...process.env, ...token.env });
      return {
        send: (message) => child.send(message),
        onMessage: (listener) => child.on('message', listener),
        onExit: (listener) =>
          child.once('exit', (code, signal) => {
            listener({ code, signal });
          }),
        kill: () => child.kill('SIGKILL'),
      };
    };
    const key = await openKey(new HsmClient(start), token, 'recovery');
    const message = Uint8Array.of(1, 2, 3);
    const label = Uint8Array.of(4);
    expect(await decryptOnce(key, encryptTo(pair, message, label), label)).toEqual(message);
  });
});
