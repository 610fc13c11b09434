import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bridgeOf } from '../../electron/shell/bridge.ts';
import type { Calls } from '../../electron/shell/calls.ts';
import { isTrusted, registerCalls, type Caller, type IpcHost } from '../../electron/shell/ipc.ts';
import { MAX_PASSWORD_BYTES, MAX_TEXT, MAX_WALLETS } from '../../electron/shell/request-reader.ts';
import { parseRequest } from '../../electron/shell/requests.ts';
import { PAGE_URL } from '../../electron/shell/scheme.ts';
import { CHANNELS, OFFER_DROPPED, SESSION_CHANGED, type Channel } from '../../shared/contract.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import { DRAFT, GOOD_REQUESTS } from '../fixtures/requests.ts';
import { PREPARE, quietRefusals } from '../unit/shell/fakes.ts';

const LONG = 'x'.repeat(MAX_TEXT + 1);

/** Requests that are wrong in one place. */
const BAD: readonly (readonly [Channel, string, unknown])[] = [
  ['session.read', 'request', undefined],
  ['session.read', 'request', {}],
  ['session.end', 'request', 'quit'],
  ['ceremony.name-people', 'role', { people: [{ name: 'Ann', role: 'auditor' }] }],
  ['ceremony.split', 'custodians', { what: 'file', needed: 2, custodians: Array(17).fill('x') }],
  ['ceremony.split', 'what', { what: 'key', needed: 2, custodians: [] }],
  ['mode.choose', 'request', null],
  ['mode.choose', 'request', []],
  ['mode.choose', 'request', { mode: 'live', more: 1 }],
  ['mode.choose', 'request', new Map([['mode', 'live']])],
  ['mode.choose', 'mode', { mode: 'Live', operator: '', witnesses: '' }],
  ['mode.choose', 'mode', { mode: ['live'], operator: '', witnesses: '' }],
  ['mode.choose', 'mode', { other: 'live', operator: '', witnesses: '' }],
  ['air-gap.override', 'sentence', { sentence: LONG }],
  ['register.add', 'draft', { draft: { ...DRAFT, file: '/etc/passwd' } }],
  ['register.add', 'note', { draft: { ...DRAFT, note: LONG } }],
  ['register.add', 'address', { draft: { ...DRAFT, address: ['0x'] } }],
  ['register.change', 'draft', { keyId: 'k', draft: null }],
  ['register.show', 'page', { filter: '', page: -1 }],
  ['register.mark-typed', 'typed', { typed: 'true' }],
  ['register.save', 'form', { form: 'xlsx' }],
  ['record-check.add-by-dialog', 'what', { what: 'private-keys' }],
  ['record-check.save', 'form', { form: 'json' }],
  ['hsm.choose-module', 'index', { index: -1, initArgs: '' }],
  ['hsm.choose-module', 'index', { index: '/lib/x.so', initArgs: '' }],
  ['hsm.use-key', 'index', { index: 0.5 }],
  ['hsm.open', 'pin', { slotIdHex: '00', pin: '1234' }],
  ['export.choose-format', 'format', { format: 'toString' }],
  ['export.choose-format', 'format', { format: 'PKE1' }],
  ['export.accept-in-the-clear', 'what', { what: 'all', sentence: 'x' }],
  ['export.acknowledge', 'what', { what: 'everything' }],
  ['export.write', 'request', { password: null, again: null, file: '/etc/passwd' }],
  ['export.write', 'password', { password: 'text', again: null }],
  ['export.write', 'again', { password: null, again: new Uint8Array(MAX_PASSWORD_BYTES + 1) }],
  ['export.rate-password', 'password', { password: null }],
  ['export.name-people', 'operator', { operator: LONG, secondPerson: 'Bob' }],
  ['export.agree', 'request', { secondPerson: 'Bob', confirmed: true }],
  ['kit.add-by-dialog', 'pick', { pick: '/etc' }],
  ['kit.add-dropped', 'token', { token: 7 }],
  ['wallet.choose', 'wallet', { wallet: { toString: 'w1' } }],
  [
    'wallet.describe',
    'label',
    { wallet: 'w', keyId: null, quorumId: null, keyAlgorithm: null, label: 'hex' },
  ],
  [
    'wallet.describe',
    'encoding',
    { wallet: 'w', keyId: null, quorumId: null, keyAlgorithm: null, label: { encoding: 'rot13', text: '' } },
  ],
  [
    'wallet.describe',
    'keyAlgorithm',
    { wallet: 'w', keyId: null, quorumId: null, keyAlgorithm: 'RSA', label: null },
  ],
  ['proof.verify', 'wallets', { wallets: 'w1' }],
  ['proof.verify', 'wallets', { wallets: [1] }],
  ['proof.verify', 'wallets', { wallets: { length: 1, 0: 'w1' } }],
  ['proof.verify', 'wallets', { wallets: new Array<string>(3) }],
  ['proof.verify', 'wallets', { wallets: Array.from({ length: MAX_WALLETS + 1 }, () => 'w') }],
  ['key-file.open', 'password', { password: 'text' }],
  ['key-file.open', 'password', { password: [1, 2] }],
  ['key-file.open', 'password', { password: new Uint8Array(MAX_PASSWORD_BYTES + 1) }],
  ['key-file.open', 'password', { password: new Uint16Array(2) }],
  ['address.derive', 'path', { path: LONG }],
];

function attempt(channel: Channel, value: unknown): unknown {
  try {
    return parseRequest(channel, value);
  } catch (error) {
    return error;
  }
}

describe('requests', () => {
  it.each(CHANNELS)('%s: what is right is read as it is', (channel) => {
    for (const request of GOOD_REQUESTS[channel]) expect(parseRequest(channel, request)).toEqual(request);
  });

  it.each(BAD)('%s: a wrong %s is refused', (channel, field, value) => {
    const fault = attempt(channel, value);
    expect(fault).toBeInstanceOf(RecoveryError);
    expect((fault as RecoveryError).toFault()).toEqual({
      code: 'ipc.malformed',
      details: { channel, field },
    });
  });

  it.each(CHANNELS)('%s: anything at all is read or refused as ipc.malformed', (channel) => {
    const shapes = GOOD_REQUESTS[channel].flatMap((good) =>
      good === null
        ? []
        : [fc.record(Object.fromEntries(Object.keys(good as object).map((it) => [it, fc.anything()])))],
    );
    const value = fc.oneof(
      fc.anything({ withTypedArray: true, withNullPrototype: true, withMap: true }),
      ...shapes,
    );
    fc.assert(
      fc.property(value, (request) => {
        const result = attempt(channel, request);
        if (result instanceof Error) {
          expect(result).toBeInstanceOf(RecoveryError);
          expect(result).toMatchObject({ code: 'ipc.malformed' });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a property that runs code is not read', () => {
    let ran = false;
    const request = {
      get mode() {
        ran = true;
        return 'live';
      },
    };
    expect(attempt('mode.choose', request)).toBeInstanceOf(RecoveryError);
    expect(ran).toBe(false);
  });
});

/** The registrar on a host that keeps the listeners. */
function registered(over: Partial<Calls> = {}) {
  const listeners = new Map<string, Parameters<IpcHost['handle']>[1]>();
  const page = {};
  const ran: string[] = [];
  const bugs: unknown[] = [];
  const { refusals } = quietRefusals();
  let touches = 0;
  const calls = Object.fromEntries(
    CHANNELS.map((name) => [name, () => void ran.push(name)]),
  ) as unknown as Calls;
  registerCalls(
    { handle: (channel, listener) => void listeners.set(channel, listener) },
    {
      calls: { ...calls, ...over },
      dropped: { offer: () => 'token' },
      state: () => PREPARE,
      page: () => page,
      onCall: () => {
        touches++;
      },
      onBug: (error) => bugs.push(error),
      refusals,
    },
  );
  const ours: Caller = { sender: page, senderFrame: { url: PAGE_URL, parent: null } };
  const call = (channel: string, request: unknown, caller: Caller = ours) =>
    listeners.get(channel)!(caller, request);
  return { listeners, page, ours, ran, bugs, refusals, call, touches: () => touches };
}

describe('callers', () => {
  const { page } = registered();
  const main = { url: PAGE_URL, parent: null };

  it.each<[string, Caller]>([
    ['another window', { sender: {}, senderFrame: main }],
    ['a frame within', { sender: page, senderFrame: { url: PAGE_URL, parent: main } }],
    ['a frame that is gone', { sender: page, senderFrame: null }],
    ['another site', { sender: page, senderFrame: { url: 'https://bundle/index.html', parent: null } }],
    ['another host', { sender: page, senderFrame: { url: 'app://bundle.evil/', parent: null } }],
    ['a blank page', { sender: page, senderFrame: { url: 'about:blank', parent: null } }],
    ['a file', { sender: page, senderFrame: { url: 'file:///x', parent: null } }],
  ])('%s is refused', (_name, caller) => {
    expect(isTrusted(caller, page, 'bundle')).toBe(false);
  });

  it('our page is let in, and nobody before there is one', () => {
    expect(isTrusted({ sender: page, senderFrame: main }, page, 'bundle')).toBe(true);
    expect(isTrusted({ sender: page, senderFrame: main }, undefined, 'bundle')).toBe(false);
  });

  it.each([...CHANNELS, OFFER_DROPPED])(
    '%s: a stranger gets ipc.untrusted, and nothing runs',
    async (channel) => {
      const { call, ran, refusals, touches } = registered();
      const answer = await call(channel, null, { sender: {}, senderFrame: main });
      expect(answer).toEqual({ ok: false, fault: { code: 'ipc.untrusted', details: { channel } } });
      expect([ran, refusals.count('call'), touches()]).toEqual([[], 1, 0]);
    },
  );
});

describe('answers', () => {
  it.each(CHANNELS)('%s: runs its call, and answers the state', async (channel) => {
    const { call, ran, touches } = registered();
    expect(await call(channel, GOOD_REQUESTS[channel][0])).toEqual({ ok: true, value: PREPARE });
    expect([ran, touches()]).toEqual([[channel], 1]);
  });

  it('a fault is a value', async () => {
    const fault = new RecoveryError('path.malformed', { reason: 'index' });
    const { call } = registered({
      'address.derive': () => {
        throw fault;
      },
    });
    expect(await call('address.derive', { path: 'x' })).toEqual({ ok: false, fault: fault.toFault() });
  });

  it('of a bug, the page learns only that it happened', async () => {
    const { call, bugs } = registered({ 'key.reconstruct': () => Promise.reject(new Error('share 1234')) });
    const answer = await call('key.reconstruct', null);
    expect(answer).toEqual({ ok: false, fault: { code: 'bug.unexpected', details: {} } });
    expect(JSON.stringify(answer)).not.toContain('1234');
    expect(bugs).toHaveLength(1);
  });

  it.each([
    ['of a call that ran', true, {}],
    ['of a call that was malformed', true, { more: 1 }],
    ['of a stranger', false, {}],
  ])('the password that came is wiped: %s', async (_name, trusted, more) => {
    const { call, ours } = registered();
    const password = new TextEncoder().encode('correct horse');
    await call('key-file.open', { password, ...more }, trusted ? ours : { ...ours, sender: {} });
    expect(password.every((byte) => byte === 0)).toBe(true);
  });

  it('two values in one call are refused', async () => {
    const { listeners, ours, ran } = registered();
    const answer = await listeners.get('proof.stop')!(ours, null, null);
    expect(answer).toMatchObject({ ok: false, fault: { code: 'ipc.malformed' } });
    expect(ran).toEqual([]);
  });
});

describe('the bridge', () => {
  function bridge() {
    const sent: (readonly [string, unknown])[] = [];
    const heard = new Map<string, (message: unknown) => void>();
    const made = bridgeOf({
      channels: CHANNELS,
      offerChannel: OFFER_DROPPED,
      changedChannel: SESSION_CHANGED,
      invoke: (channel, request) => {
        sent.push([channel, structuredClone(request)]);
        return Promise.resolve(undefined);
      },
      listen: (channel, listener) => {
        heard.set(channel, listener);
        return () => heard.delete(channel);
      },
      pathOf: (file) => (file as { path: string }).path,
    });
    return { made, sent, heard };
  }

  it('is the contract and two functions, and main answers exactly these channels', () => {
    const { made } = bridge();
    expect(Object.keys(made).sort()).toEqual([...CHANNELS, 'offerDropped', 'onSessionChanged'].sort());
    expect([...registered().listeners.keys()].sort()).toEqual([...CHANNELS, OFFER_DROPPED].sort());
    expect(Object.keys(GOOD_REQUESTS).sort()).toEqual([...CHANNELS].sort());
  });

  it.each(CHANNELS)('%s: sends on its own channel', async (channel) => {
    const { made, sent } = bridge();
    await (made[channel] as (request: unknown) => Promise<unknown>)(GOOD_REQUESTS[channel][0]);
    expect(sent).toEqual([[channel, GOOD_REQUESTS[channel][0]]]);
  });

  it('a password is wiped once it is sent', async () => {
    const { made, sent } = bridge();
    const password = new Uint8Array([1, 2, 3]);
    await made['key-file.open']({ password });
    expect(sent).toEqual([['key-file.open', { password: new Uint8Array([1, 2, 3]) }]]);
    expect([...password]).toEqual([0, 0, 0]);
  });

  it('dropped files go as paths, without those that lie nowhere', async () => {
    const { made, sent } = bridge();
    await made.offerDropped([{ path: '/a' }, { path: '' }]);
    expect(sent).toEqual([[OFFER_DROPPED, ['/a']]]);
  });

  it('a listener gets the state and no event, and can leave', () => {
    const { made, heard } = bridge();
    const got: unknown[] = [];
    const stop = made.onSessionChanged((...all) => got.push(all));
    heard.get(SESSION_CHANGED)?.(PREPARE);
    expect(got).toEqual([[PREPARE]]);
    stop();
    expect(heard.size).toBe(0);
  });
});
