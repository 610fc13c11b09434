import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  EXPORT_GUARDS,
  isInTheClear,
  missingGuards,
  type ExportGuard,
  type GivenOut,
} from '../../../shared/export-guards.ts';
import { NO_RECORD } from '../../../shared/record-view.ts';
import type { ExportDraft } from '../../../shared/export-state.ts';
import type { RecoveredView, SessionState, Verification } from '../../../shared/session-state.ts';
import { LOADED, RECOVERED, REF, stage, STAGES, stateAt, walletView } from '../session/samples.ts';

const ADDRESS = '0xa198b9FFDEB57346aeBdA4D9335885430A72483e';

const VIEW: RecoveredView = {
  ...RECOVERED,
  addresses: [
    { name: 'ethereum', chain: 'Ethereum', format: 'EIP-55', address: ADDRESS, registered: true },
    { name: 'xrp', chain: 'XRP Ledger', format: 'classic', address: 'r2vHAUM2yQXsT1D2d', registered: false },
  ],
  comparison: 'matched',
  expectedAddress: ADDRESS,
};

const DRAFT: ExportDraft = {
  people: { operator: 'Ann', secondPerson: 'Bob', confirmed: true },
  typedAddress: ADDRESS,
  acknowledged: [],
  acceptedInTheClear: ['hex', 'reveal'],
  format: 'pke1',
  destination: null,
  rating: null,
  writing: null,
};

interface Change {
  readonly mode?: SessionState['mode'];
  readonly airGap?: Partial<SessionState['airGap']>;
  readonly verification?: Verification;
  readonly recovered?: Partial<RecoveredView>;
  readonly draft?: Partial<ExportDraft>;
}

const judged = (verdict: 'valid' | 'invalid' | 'unverifiable'): Verification => ({
  kind: 'judged',
  results: [],
  verdict,
  fault: null,
});

/** A session that may give a key out, but for what a case changes. */
function ready(change: Change = {}): SessionState {
  const wallets = [walletView(REF, { verification: change.verification ?? judged('valid') })];
  return {
    mode: change.mode === undefined ? 'live' : change.mode,
    airGap: { interfaces: [], holds: true, overridden: false, ...change.airGap },
    stage: {
      kind: 'export',
      loaded: { ...LOADED, wallets },
      wallet: REF,
      recovered: { ...VIEW, ...change.recovered },
      draft: { ...DRAFT, ...change.draft },
    },
    machine: null,
    unfinished: [],
    rehearsal: null,
    record: NO_RECORD,
    outputs: [],
    written: [],
    fault: null,
  };
}

it.each(['pke1', 'hex', 'reveal'] as const)('lets %s out when everything holds', (what) => {
  expect(missingGuards(ready(), what)).toEqual([]);
});

/** Where one guard is not met, and every other is. */
const CASES: readonly (readonly [ExportGuard, string, Change, GivenOut])[] = [
  ['live', 'a drill', { mode: 'drill' }, 'pke1'],
  ['live', 'no mode', { mode: null }, 'pke1'],
  ['verified', 'not verified', { verification: { kind: 'waiting' } }, 'pke1'],
  ['verified', 'being verified', { verification: { kind: 'running', results: [] } }, 'pke1'],
  ['verified', 'found bad', { verification: judged('invalid') }, 'pke1'],
  [
    'verified',
    'found bad and accepted',
    { verification: judged('invalid'), draft: { acknowledged: ['not-verifiable'] } },
    'pke1',
  ],
  ['verified', 'carries no proof', { verification: judged('unverifiable') }, 'pke1'],
  ['public-key', 'another public key', { recovered: { publicKeyMatches: false } }, 'pke1'],
  ['expected-address', 'a mismatch', { recovered: { comparison: 'mismatched' } }, 'pke1'],
  [
    'expected-address',
    'a mismatch that was "accepted"',
    { recovered: { comparison: 'mismatched' }, draft: { acknowledged: ['no-expected-address'] } },
    'pke1',
  ],
  ['expected-address', 'none given', { recovered: { comparison: 'not-given' } }, 'pke1'],
  ['typed-address', 'nothing typed', { draft: { typedAddress: null } }, 'pke1'],
  [
    'typed-address',
    'another address than the register’s',
    { draft: { typedAddress: 'r2vHAUM2yQXsT1D2d' } },
    'pke1',
  ],
  ['typed-address', 'an address of another key', { draft: { typedAddress: '0x00' } }, 'pke1'],
  ['air-gap', 'an interface up', { airGap: { holds: false } }, 'pke1'],
  ['second-person', 'nobody named', { draft: { people: null } }, 'pke1'],
  [
    'second-person',
    'nobody agreed',
    { draft: { people: { operator: 'Ann', secondPerson: 'Bob', confirmed: false } } },
    'pke1',
  ],
  [
    'second-person',
    'the same person',
    { draft: { people: { operator: 'Ann', secondPerson: 'Ann', confirmed: true } } },
    'pke1',
  ],
  [
    'second-person',
    'an empty name',
    { draft: { people: { operator: '', secondPerson: 'Bob', confirmed: true } } },
    'pke1',
  ],
  ['in-the-clear', 'a clear file', { draft: { acceptedInTheClear: ['reveal'] } }, 'hex'],
  ['in-the-clear', 'the screen', { draft: { acceptedInTheClear: ['hex'] } }, 'reveal'],
];

describe('each guard alone stops it', () => {
  it.each(CASES)('%s: %s', (guard, _name, change, what) => {
    expect(missingGuards(ready(change), what)).toEqual([guard]);
  });

  it('every guard has such a case', () => {
    expect([...new Set(CASES.map(([guard]) => guard))]).toEqual(EXPORT_GUARDS);
  });
});

it('every stage but the export has all of them in its way', () => {
  const others = STAGES.filter(({ kind }) => kind !== 'export');
  expect(others.length).toBeGreaterThan(5);
  for (const { kind } of others)
    expect(missingGuards({ ...stateAt(stage(kind)), mode: 'live' }, 'reveal')).toEqual(EXPORT_GUARDS);
});

describe('what may stand in for a guard', () => {
  it.each<readonly [string, Change]>([
    ['an open air gap that was accepted', { airGap: { holds: false, overridden: true } }],
    [
      'no proof, accepted',
      { verification: judged('unverifiable'), draft: { acknowledged: ['not-verifiable'] } },
    ],
    [
      'no expected address, accepted: any address of the key may be typed',
      {
        recovered: {
          comparison: 'not-given',
          addresses: VIEW.addresses.map((each) => ({ ...each, registered: false })),
        },
        draft: { acknowledged: ['no-expected-address'], typedAddress: 'r2vHAUM2yQXsT1D2d' },
      },
    ],
    [
      'a curve without addresses: the public key',
      {
        recovered: { comparison: 'not-given', addresses: [] },
        draft: { acknowledged: ['no-expected-address'], typedAddress: RECOVERED.publicKeyHex },
      },
    ],
  ])('%s', (_name, change) => {
    expect(missingGuards(ready(change), 'pke1')).toEqual([]);
  });
});

it('an encrypted file needs no word on the clear, and everything else does', () => {
  expect(isInTheClear('pke1')).toBe(false);
  expect(isInTheClear('hex')).toBe(true);
  expect(isInTheClear('reveal')).toBe(true);
});

it('what is missing is told in order, once each, and never changes the state', () => {
  const state = fc.record({
    mode: fc.constantFrom('live' as const, 'drill' as const, null),
    airGap: fc.record({ holds: fc.boolean(), overridden: fc.boolean() }),
    recovered: fc.record({
      publicKeyMatches: fc.boolean(),
      comparison: fc.constantFrom('matched' as const, 'mismatched' as const, 'not-given' as const),
    }),
    draft: fc.record({
      typedAddress: fc.constantFrom(null, ADDRESS, 'x'),
      acknowledged: fc.subarray(['no-expected-address', 'not-verifiable'] as const),
    }),
  });
  fc.assert(
    fc.property(
      state,
      fc.constantFrom('pke1' as const, 'hex' as const, 'reveal' as const),
      (change, what) => {
        const before = ready(change);
        const copy = structuredClone(before);
        const missing = missingGuards(before, what);
        expect(before).toEqual(copy);
        expect(missing).toEqual(EXPORT_GUARDS.filter((guard) => missing.includes(guard)));
      },
    ),
  );
});
