import { describe, expect, it } from 'vitest';

import type { SessionState, Stage } from '../../../shared/session-state.ts';
import { chosenWallet, FRESH_SESSION, reduce } from '../../../electron/session/reduce.ts';
import type { SessionEvent } from '../../../electron/session/session-event.ts';
import {
  deepFreeze,
  EVENTS,
  FAULT,
  LOADED,
  OTHER_REF,
  REF,
  RESULT,
  stage,
  STAGES,
  stateAt,
  UNKNOWN_REF,
  walletView,
} from './samples.ts';

type Kind = Stage['kind'];

const staying = (...kinds: readonly Kind[]): Partial<Record<Kind, Kind>> =>
  Object.fromEntries(kinds.map((kind) => [kind, kind]));
const WITH_WALLETS = ['load', 'rehearsal', 'verify', 'unlock', 'reconstruct', 'addresses', 'export'] as const;
const BEFORE_DONE = [
  'prepare',
  'register',
  'record-check',
  'bucket',
  'bucket-unlock',
  'ceremony',
  ...WITH_WALLETS,
] as const;

/** Where each event leads from each stage that it fits. */
const LEADS: Record<SessionEvent['kind'], Partial<Record<Kind, Kind>>> = {
  'mode-chosen': { prepare: 'load' },
  'air-gap-changed': staying(...BEFORE_DONE),
  'air-gap-overridden': staying(...BEFORE_DONE),
  'machine-changed': staying(...BEFORE_DONE),
  'unfinished-found': staying(...BEFORE_DONE),
  // Only in a drill, which the sample is not.
  'bucket-begun': {},
  'rehearsal-begun': {},
  'bucket-changed': staying('bucket'),
  'results-kept': staying('bucket'),
  'bucket-unlock-begun': { bucket: 'bucket-unlock' },
  'rehearsal-making': staying('rehearsal'),
  'rehearsal-made': { rehearsal: 'load' },
  loading: staying('load'),
  loaded: staying('load'),
  'wallet-chosen': { load: 'verify' },
  'wallet-described': staying('load', 'verify'),
  'verification-changed': staying(...WITH_WALLETS),
  'check-done': staying(...WITH_WALLETS),
  'unlock-begun': { verify: 'unlock' },
  'key-file-chosen': staying('unlock', 'bucket-unlock'),
  'hsm-changed': staying('unlock', 'bucket-unlock'),
  'key-opening': staying('unlock', 'bucket-unlock'),
  'key-opened': { unlock: 'reconstruct', 'bucket-unlock': 'bucket' },
  'reconstruction-started': staying('reconstruct'),
  'decryption-begun': staying('reconstruct'),
  'share-rebuilt': staying('reconstruct'),
  recovered: { reconstruct: 'addresses', addresses: 'addresses' },
  'export-begun': { addresses: 'export' },
  'address-typed': staying('export'),
  'people-named': staying('export'),
  'second-person-agreed': staying('export'),
  acknowledged: staying('export'),
  'in-the-clear-accepted': staying('export'),
  'format-chosen': staying('export'),
  'destination-chosen': staying('export'),
  'password-rated': staying('export'),
  // The sample's guards are not met: nothing goes out.
  writing: {},
  written: {},
  revealed: {},
  'register-begun': { prepare: 'register' },
  'register-changed': staying('register'),
  'record-check-begun': { prepare: 'record-check' },
  'record-checked': staying('record-check'),
  ceremony: staying('ceremony'),
  failed: staying(...BEFORE_DONE),
  'stepped-back': {
    prepare: 'prepare',
    load: 'prepare',
    register: 'prepare',
    'record-check': 'prepare',
    verify: 'load',
    rehearsal: 'load',
    bucket: 'prepare',
    'bucket-unlock': 'bucket',
    unlock: 'verify',
    reconstruct: 'verify',
    addresses: 'verify',
    export: 'addresses',
    ceremony: 'ceremony',
  },
  ended: Object.fromEntries(BEFORE_DONE.map((kind) => [kind, 'done'])),
};

const PAIRS = STAGES.flatMap((from) =>
  Object.values(EVENTS).map((event) => ({
    from: from.kind,
    event: event.kind,
    to: LEADS[event.kind][from.kind],
  })),
);

describe('every event in every stage', () => {
  it.each(PAIRS.filter(({ to }) => to !== undefined))(
    '$event at $from leads to $to',
    ({ from, event, to }) => {
      const state = deepFreeze(stateAt(stage(from)));
      const next = reduce(state, EVENTS[event]);
      expect(next.stage.kind).toBe(to);
      if (!(event === 'reconstruction-started' || (event === 'stepped-back' && from === 'prepare'))) {
        expect(next).not.toEqual(state);
      }
    },
  );

  it.each(PAIRS.filter(({ to }) => to === undefined))(
    '$event at $from changes nothing',
    ({ from, event }) => {
      const state = deepFreeze(stateAt(stage(from)));
      expect(reduce(state, EVENTS[event])).toBe(state);
    },
  );

  it('nothing leads on from the end', () => {
    const done = stateAt(stage('done'));
    for (const event of Object.values(EVENTS)) expect(reduce(done, event)).toBe(done);
  });
});

describe('what an event changes', () => {
  it('choosing the mode starts with nothing loaded, and keeps what is known of the air gap', () => {
    const before = stateAt(stage('prepare'));
    expect(reduce(before, EVENTS['mode-chosen'])).toEqual({
      mode: 'drill',
      airGap: before.airGap,
      machine: null,
      unfinished: [],
      rehearsal: null,
      record: before.record,
      outputs: [],
      written: [],
      fault: null,
      stage: {
        kind: 'load',
        loading: false,
        loaded: { files: [], wallets: [], register: null, registerWarnings: [] },
      },
    });
  });

  it('an override falls as soon as the interfaces change', () => {
    const before: SessionState = { ...stateAt(stage('unlock')), fault: null };
    const overridden = reduce(reduce(before, EVENTS['air-gap-changed']), EVENTS['air-gap-overridden']);
    expect(overridden.airGap).toEqual({ interfaces: [], holds: true, overridden: true });
    const up = { interfaces: [{ name: 'wlan0', up: true, loopback: false }], holds: false };
    const changed = reduce(overridden, { kind: 'air-gap-changed', airGap: up });
    expect(changed.airGap).toEqual({ ...up, overridden: false });
  });

  it('acting takes the last fault off the screen', () => {
    const acts: readonly (readonly [Kind, SessionEvent['kind']])[] = [
      ['prepare', 'mode-chosen'],
      ['prepare', 'air-gap-overridden'],
      ['load', 'loading'],
      ['load', 'loaded'],
      ['load', 'wallet-described'],
      ['load', 'wallet-chosen'],
      ['verify', 'unlock-begun'],
      ['unlock', 'key-file-chosen'],
      ['unlock', 'key-opening'],
      ['unlock', 'key-opened'],
      ['reconstruct', 'reconstruction-started'],
      ['reconstruct', 'recovered'],
      ['addresses', 'recovered'],
      ['addresses', 'stepped-back'],
      ['addresses', 'ended'],
    ];
    for (const [kind, event] of acts) {
      expect(reduce(stateAt(stage(kind)), EVENTS[event]).fault, `${event} at ${kind}`).toBeNull();
    }
  });

  it('what happens by itself leaves the fault where it is', () => {
    for (const event of ['air-gap-changed', 'verification-changed', 'check-done'] as const) {
      expect(reduce(stateAt(stage('verify')), EVENTS[event]).fault).not.toBeNull();
    }
  });

  it('a fault ends what was under way, and leaves the path where it is', () => {
    const failed = (at: Stage): SessionState => reduce(stateAt(at), EVENTS.failed);
    expect(failed({ ...stage('load'), loading: true })).toMatchObject({
      fault: FAULT,
      stage: { loading: false, loaded: LOADED },
    });
    expect(
      failed({ ...stage('unlock'), opening: true, keyFile: EVENTS['key-file-chosen'].keyFile }),
    ).toMatchObject({ fault: FAULT, stage: { opening: false, keyFile: EVENTS['key-file-chosen'].keyFile } });
    expect(failed({ ...stage('reconstruct'), rebuilt: [0, 1] })).toMatchObject({
      fault: FAULT,
      stage: { running: false, rebuilt: [] },
    });
  });

  it('stepping back leaves no key file, no share and no address behind', () => {
    for (const kind of ['unlock', 'reconstruct', 'addresses'] as const) {
      expect(reduce(stateAt(stage(kind)), EVENTS['stepped-back']).stage).toEqual(stage('verify'));
    }
    expect(reduce(stateAt(stage('verify')), EVENTS['stepped-back']).stage).toEqual(stage('load'));
    expect(reduce(stateAt(stage('load')), EVENTS['stepped-back']).stage).toEqual({ kind: 'prepare' });
  });

  it('the end says why, and nothing of the wallets', () => {
    expect(reduce(stateAt(stage('addresses')), EVENTS.ended).stage).toEqual({
      ...{ kind: 'done', reason: 'idle', left: { kind: 'addresses' } },
    });
  });

  it('results are added to a running verification, in order, and to no other', () => {
    const second = { ...RESULT, player: 1 };
    const first = reduce(stateAt(stage('load')), EVENTS['check-done']);
    const both = reduce(first, { kind: 'check-done', wallet: REF, result: second });
    expect(walletsIn(both)).toEqual([
      walletView(REF, { verification: { kind: 'running', results: [RESULT, second] } }),
      LOADED.wallets[1],
    ]);
    const waiting = stateAt(stage('load'));
    expect(reduce(waiting, { kind: 'check-done', wallet: OTHER_REF, result: RESULT })).toEqual(waiting);
  });

  it('a judgement counts only while the verification runs: one of older files or ids is late', () => {
    const waiting = reduce(stateAt(stage('verify')), EVENTS['wallet-described']);
    expect(reduce(waiting, EVENTS['verification-changed'])).toEqual(waiting);
  });

  it('a wallet that is not loaded is neither chosen, described nor judged', () => {
    for (const kind of WITH_WALLETS) {
      const state = stateAt(stage(kind));
      const strangers: readonly SessionEvent[] = [
        { ...EVENTS['wallet-chosen'], wallet: UNKNOWN_REF },
        { ...EVENTS['wallet-described'], wallet: walletView(UNKNOWN_REF) },
        { ...EVENTS['verification-changed'], wallet: UNKNOWN_REF },
        { ...EVENTS['check-done'], wallet: UNKNOWN_REF },
      ];
      for (const event of strangers) expect(reduce(state, event), `${event.kind} at ${kind}`).toEqual(state);
    }
  });

  it('no wallet is chosen while what was found so far may still change', () => {
    const loading = stateAt({ ...stage('load'), loading: true });
    expect(reduce(loading, EVENTS['wallet-chosen'])).toBe(loading);
  });

  it('shares are told of while the key is being rebuilt, each in its turn, and start anew', () => {
    const one = reduce(stateAt(stage('reconstruct')), EVENTS['share-rebuilt']);
    const two = reduce(one, { kind: 'share-rebuilt', player: 0 });
    expect(two.stage).toMatchObject({ rebuilt: [2, 0], running: true });
    expect(reduce(two, EVENTS['reconstruction-started']).stage).toMatchObject({ rebuilt: [], running: true });
    const idle = stateAt({ ...stage('reconstruct'), running: false });
    expect(reduce(idle, EVENTS['share-rebuilt'])).toBe(idle);
  });

  it('the chosen wallet is there from the moment it is chosen', () => {
    expect(chosenWallet(FRESH_SESSION)).toBeUndefined();
    expect(chosenWallet(stateAt(stage('load')))).toBeUndefined();
    for (const kind of ['verify', 'unlock', 'reconstruct', 'addresses'] as const) {
      expect(chosenWallet(stateAt(stage(kind)))?.ref).toBe(REF);
    }
    expect(chosenWallet(stateAt(stage('done')))).toBeUndefined();
  });
});

function walletsIn(state: SessionState): unknown {
  return 'loaded' in state.stage ? state.stage.loaded.wallets : undefined;
}
