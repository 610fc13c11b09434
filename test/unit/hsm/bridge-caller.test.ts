import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { BridgeCaller } from '../../../electron/hsm/bridge-caller.ts';
import type { BridgeExit } from '../../../electron/hsm/bridge-process.ts';
import { faultOfAsync } from '../../fixtures/faults.ts';

/** A bridge process that does what a test says. */
class FakeBridge {
  readonly sent: { readonly id: number; readonly kind: string }[] = [];
  kills = 0;
  say: (message: unknown) => void = () => undefined;
  exit: (exit: BridgeExit) => void = () => undefined;

  readonly start = () => ({
    send: (message: object) => {
      this.sent.push(message as { id: number; kind: string });
    },
    onMessage: (listener: (message: unknown) => void) => {
      this.say = listener;
    },
    onExit: (listener: (exit: BridgeExit) => void) => {
      this.exit = listener;
    },
    kill: () => {
      this.kills++;
    },
  });
}

const settled = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

describe('BridgeCaller', () => {
  let bridge: FakeBridge;
  let caller: BridgeCaller;

  beforeEach(() => {
    vi.useFakeTimers();
    bridge = new FakeBridge();
    caller = new BridgeCaller(bridge.start, 1500);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('sends the next request when the one before is answered', async () => {
    const first = caller.call({ kind: 'tokens' });
    const second = caller.call({ kind: 'keys' });
    await settled();
    expect(bridge.sent.map(({ kind }) => kind)).toEqual(['tokens']);
    bridge.say({ id: 0, kind: 'tokens', tokens: [] });
    expect(await first).toMatchObject({ kind: 'tokens' });
    await settled();
    expect(bridge.sent.map(({ kind }) => kind)).toEqual(['tokens', 'keys']);
    bridge.say({ id: 1, kind: 'keys', keys: [] });
    expect(await second).toMatchObject({ kind: 'keys' });
    expect(bridge.kills).toBe(0);
  });

  it('a request that waits has its own time', async () => {
    const first = caller.call({ kind: 'tokens' });
    const second = caller.call({ kind: 'keys' });
    await settled();
    await vi.advanceTimersByTimeAsync(1400);
    bridge.say({ id: 0, kind: 'tokens', tokens: [] });
    await first;
    await vi.advanceTimersByTimeAsync(1400);
    bridge.say({ id: 1, kind: 'keys', keys: [] });
    expect(await second).toMatchObject({ kind: 'keys' });
  });

  it('no answer in time: the process is ended, and every call fails with that', async () => {
    const calls = [caller.call({ kind: 'tokens' }), caller.call({ kind: 'keys' })];
    const faults = Promise.all(calls.map((call) => faultOfAsync(() => call)));
    await settled();
    await vi.advanceTimersByTimeAsync(1500);
    const timeout = { code: 'hsm.timeout', details: { seconds: 1.5, step: 'tokens' } };
    expect(await faults).toEqual([timeout, timeout]);
    expect([bridge.kills, caller.ended, bridge.sent.length]).toEqual([1, true, 1]);
    expect(await faultOfAsync(() => caller.call({ kind: 'close' }))).toEqual(timeout);
  });

  it.each([
    ['of another number', { id: 7, kind: 'done' }],
    ['that can’t be read', { id: 0, kind: 'keys', keys: 5 }],
    ['of nothing', undefined],
  ])('an answer %s ends the process', async (_name, answer) => {
    const fault = faultOfAsync(() => caller.call({ kind: 'keys' }));
    await settled();
    bridge.say(answer);
    expect(await fault).toEqual({ code: 'hsm.bad-answer', details: { step: 'keys' } });
    expect([bridge.kills, caller.ended]).toEqual([1, true]);
  });

  it('an answer that nobody asked for ends the process, and what it holds is wiped', () => {
    const block = new Uint8Array(8).fill(7);
    bridge.say({ id: 0, kind: 'block', block });
    expect(caller.ended).toBe(true);
    expect(block).toEqual(new Uint8Array(8));
  });

  it('an answer of the wrong kind ends the process', async () => {
    const fault = faultOfAsync(() => caller.ask({ kind: 'keys' }, 'keys'));
    await settled();
    bridge.say({ id: 0, kind: 'done' });
    expect((await fault).code).toBe('hsm.bad-answer');
    expect(caller.ended).toBe(true);
  });

  it.each([
    [
      { code: null, signal: 'SIGBUS' },
      { how: 'SIGBUS', step: 'keys' },
    ],
    [
      { code: 139, signal: null },
      { how: 'exit code 139', step: 'keys' },
    ],
    [
      { code: null, signal: null },
      { how: '', step: 'keys' },
    ],
  ])('an end by %j', async (exit, details) => {
    const fault = faultOfAsync(() => caller.call({ kind: 'keys' }));
    await settled();
    bridge.exit(exit);
    expect(await fault).toEqual({ code: 'hsm.module-crashed', details });
  });

  it('an end while loading is the module’s', async () => {
    const fault = faultOfAsync(() => caller.call({ kind: 'load', file: '/a.so', initArgs: '' }));
    await settled();
    bridge.exit({ code: null, signal: 'SIGSEGV' });
    expect(await fault).toEqual({
      code: 'hsm.module-failed',
      details: { reason: 'crashed', how: 'SIGSEGV' },
    });
  });

  it('without the package', async () => {
    const fault = faultOfAsync(() => caller.call({ kind: 'load', file: '/a.so', initArgs: '' }));
    await settled();
    bridge.say({ id: 0, kind: 'absent', reason: 'not built' });
    expect(await fault).toEqual({ code: 'hsm.absent', details: { reason: 'not built' } });
    expect(caller.ended).toBe(true);
  });

  it.each([0x32, 0xe0, 0x30, 0xb3])('a token that is gone (%i) ends the process', async (ckr) => {
    const fault = faultOfAsync(() => caller.ask({ kind: 'keys' }, 'keys'));
    await settled();
    bridge.say({ id: 0, kind: 'ckr', ckr, call: 'C_FindObjects' });
    expect((await fault).code).toBe('hsm.device-removed');
    expect(caller.ended).toBe(true);
  });

  it('another fault of the token does not', async () => {
    const fault = faultOfAsync(() => caller.ask({ kind: 'keys' }, 'keys'));
    await settled();
    bridge.say({ id: 0, kind: 'ckr', ckr: 0x5, call: 'C_FindObjects' });
    expect(await fault).toEqual({
      code: 'hsm.device-error',
      details: { ckr: 'CKR_GENERAL_ERROR 0x5', call: 'C_FindObjects' },
    });
    expect(caller.ended).toBe(false);
  });
});
