import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MODES, type SessionState, type Stage } from '../../../shared/session-state.ts';
import { SecretBytes } from '../../../electron/engine/bytes/secret-bytes.ts';
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
  STAGES,
  UNKNOWN_REF,
  walletView,
} from './samples.ts';

type Kind = Stage['kind'];

describe('any sequence of events', () => {
  const ref = fc.constantFrom(REF, OTHER_REF, UNKNOWN_REF);
  const verification = fc.oneof(
    fc.constant({ kind: 'waiting' } as const),
    fc.constant({ kind: 'running', results: [] } as const),
    fc.constantFrom('valid' as const, 'invalid' as const, 'unverifiable' as const).map((verdict) => ({
      kind: 'judged' as const,
      results: [RESULT],
      verdict,
      fault: verdict === 'valid' ? null : FAULT,
    })),
  );
  const event: fc.Arbitrary<SessionEvent> = fc.oneof(
    fc.constantFrom<SessionEvent>(...Object.values(EVENTS).filter(({ kind }) => kind !== 'ended')),
    fc.constantFrom<SessionEvent>(
      { kind: 'mode-chosen', mode: 'live', people: [] },
      EVENTS.loaded,
      EVENTS['rehearsal-begun'],
      EVENTS['bucket-unlock-begun'],
      EVENTS['register-begun'],
      EVENTS['record-check-begun'],
      EVENTS['stepped-back'],
      EVENTS['wallet-chosen'],
    ),
    fc.record({ kind: fc.constant('wallet-chosen' as const), wallet: ref }),
    fc.record({ kind: fc.constant('wallet-described' as const), wallet: ref.map((one) => walletView(one)) }),
    fc.record({ kind: fc.constant('verification-changed' as const), wallet: ref, verification }),
    fc.record({ kind: fc.constant('check-done' as const), wallet: ref, result: fc.constant(RESULT) }),
    fc.record({ kind: fc.constant('share-rebuilt' as const), player: fc.nat(9) }),
    fc.record({
      kind: fc.constant('loaded' as const),
      files: fc.constant(LOADED.files),
      wallets: fc.subarray([walletView(REF), walletView(OTHER_REF)]),
      register: fc.constantFrom(null, 'register.csv'),
      registerWarnings: fc.constant([]),
    }),
  );
  const end: fc.Arbitrary<SessionEvent> = fc
    .constantFrom('user' as const, 'idle' as const, 'screen-lock' as const, 'quit' as const)
    .map((reason) => ({ kind: 'ended', reason, secretsWiped: true, hsmClosed: null }));

  /** What leads from the start to the addresses. */
  const PATH = [
    'mode-chosen',
    'loading',
    'loaded',
    'wallet-chosen',
    'unlock-begun',
    'key-file-chosen',
    'key-opening',
    'key-opened',
    'reconstruction-started',
    'share-rebuilt',
    'recovered',
    'export-begun',
  ] as const;

  it('never throws, never holds bytes, and every stage is consistent in itself', () => {
    const reached = new Set<Kind>();
    fc.assert(
      fc.property(
        fc.nat(PATH.length),
        fc.constantFrom(...MODES),
        fc.array(event, { maxLength: 40 }),
        fc.option(end),
        fc.array(event, { maxLength: 5 }),
        (steps, mode, before, ending, after) => {
          let state = deepFreeze(FRESH_SESSION);
          const onTheWay = PATH.slice(0, steps).map((kind): SessionEvent =>
            kind === 'mode-chosen' ? { kind, mode, people: [] } : EVENTS[kind],
          );
          for (const one of [...onTheWay, ...before, ...(ending === null ? [] : [ending]), ...after]) {
            const next = deepFreeze(reduce(state, one));
            expectConsistent(next);
            if (state.stage.kind === 'done') expect(next).toBe(state);
            reached.add(next.stage.kind);
            state = next;
          }
        },
      ),
      { numRuns: 800 },
    );
    expect([...reached].sort()).toEqual(STAGES.map(({ kind }) => kind).sort());
  });
});

function expectConsistent(state: SessionState): void {
  expectPlain(state);
  const { stage: at } = state;
  const isBeside = at.kind === 'prepare' || at.kind === 'register' || at.kind === 'record-check';
  if (!isBeside && at.kind !== 'done') expect(state.mode).not.toBeNull();
  if ('wallet' in at) {
    expect(at.loaded.wallets.map(({ ref }) => ref)).toContain(at.wallet);
    expect(chosenWallet(state)?.ref).toBe(at.wallet);
  } else expect(chosenWallet(state)).toBeUndefined();
  if (at.kind === 'reconstruct' && !at.running) expect(at.rebuilt).toEqual([]);
  const fields: Record<Kind, readonly string[]> = {
    prepare: [],
    register: ['open'],
    'record-check': ['check'],
    load: ['loaded', 'loading'],
    rehearsal: ['loaded', 'making'],
    bucket: ['bucket'],
    'bucket-unlock': ['bucket', 'hsm', 'keyFile', 'opening'],
    verify: ['loaded', 'wallet'],
    unlock: ['hsm', 'keyFile', 'loaded', 'opening', 'wallet'],
    reconstruct: ['decryptions', 'hsm', 'loaded', 'rebuilt', 'running', 'wallet'],
    addresses: ['loaded', 'recovered', 'wallet'],
    export: ['draft', 'loaded', 'recovered', 'wallet'],
    ceremony: ['ceremony'],
    done: ['left', 'reason'],
  };
  expect(Object.keys(at).sort()).toEqual(['kind', ...fields[at.kind]].sort());
}

/** Nothing but JSON: no bytes, no secret, no function. */
function expectPlain(value: unknown): void {
  if (value instanceof Uint8Array || value instanceof SecretBytes) throw new Error('bytes in the state');
  if (typeof value === 'object' && value !== null) {
    const prototype = Object.getPrototypeOf(value) as unknown;
    if (prototype !== Object.prototype && prototype !== Array.prototype)
      throw new Error('an object of its own kind in the state');
    Object.values(value).forEach(expectPlain);
  } else if (!['string', 'number', 'boolean', 'object'].includes(typeof value))
    throw new Error(`a ${typeof value} in the state`);
}
