import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  CEREMONY_STEPS,
  canStepBack,
  isCeremonyWorking,
  nextWitness,
  type CeremonyShares,
  type CeremonyView,
} from '../../../shared/ceremony.ts';
import { ceremonyEntries } from '../../../electron/session/ceremony/ceremony-entries.ts';
import type { CeremonyEvent } from '../../../electron/session/ceremony/ceremony-event.ts';
import {
  ceremonyAfterFailure,
  ceremonyBefore,
  FRESH_CEREMONY,
  reduceCeremony,
} from '../../../electron/session/ceremony/reduce-ceremony.ts';

const FILE = { file: '/media/usb/key/file', bytes: 1, sha256Hex: null };
const SHARES: CeremonyShares = {
  ...{ what: 'password', needed: 2, custodians: ['Cid', 'Dan'], set: 'QPZR-Y9X8' },
  ...{ pages: [FILE, FILE], combined: null, failed: false },
};
const DICE = { count: 100, entropyBits: 258, isUneven: false };

/** The ceremony as it should go, event by event. */
const WAY: readonly CeremonyEvent[] = [
  {
    kind: 'people-named',
    people: [
      { name: 'Ann', role: 'operator' },
      { name: 'Bob', role: 'witness' },
      { name: 'Wil', role: 'witness' },
    ],
  },
  { kind: 'dice-typed', dice: DICE },
  { kind: 'randomness-chosen', dice: DICE },
  { kind: 'key-making' },
  {
    kind: 'key-made',
    key: { bits: 4096, fingerprintHex: '00'.repeat(32), fingerprintWords: [], confirmedBy: [] },
  },
  { kind: 'fingerprint-confirmed', name: 'Bob' },
  { kind: 'fingerprint-confirmed', name: 'Wil' },
  { kind: 'folder-chosen', folder: '/media/usb/key' },
  { kind: 'password-rated', rating: { score: 4, advice: [] } },
  { kind: 'sealing' },
  { kind: 'testing' },
  { kind: 'files-written', files: { privateKey: FILE, publicKeys: [], passwordIsNfc: true } },
  { kind: 'folder-chosen', folder: '/media/usb/pages' },
  { kind: 'splitting' },
  { kind: 'shares-made', shares: SHARES },
  { kind: 'combining' },
  { kind: 'combined', indexes: [1, 2], passed: true },
  { kind: 'shares-done' },
  { kind: 'agreed', name: 'Ann' },
];
const EVENTS: readonly CeremonyEvent[] = [
  ...WAY,
  { kind: 'combined', indexes: [2], passed: false },
  { kind: 'test-failed' },
];
const FAILED: CeremonyEvent = { kind: 'combined', indexes: [1, 2], passed: false };
/** Up to shares that were made and not tried. */
const TO_SHARES = WAY.slice(0, WAY.findIndex(({ kind }) => kind === 'shares-made') + 1);

const views = (events: readonly CeremonyEvent[]): readonly CeremonyView[] =>
  events.reduce<CeremonyView[]>(
    (all, event) => [...all, reduceCeremony(all.at(-1) ?? FRESH_CEREMONY, event)],
    [FRESH_CEREMONY],
  );

describe('reduceCeremony', () => {
  it('goes through every step in order, and each event of the way changes something', () => {
    const all = views(WAY);
    expect([...new Set(all.map(({ step }) => step))]).toEqual(CEREMONY_STEPS);
    all.slice(1).forEach((view, i) => {
      expect(view, WAY[i]?.kind).not.toBe(all[i]);
    });
    expect(all.at(-1)).toMatchObject({ step: 'agree', agreed: ['Ann'], shares: { combined: [1, 2] } });
  });

  it('never gets to files without every witness, nor to agreement with shares that were made and not tried', () => {
    fc.assert(
      fc.property(
        fc.nat(WAY.length),
        fc.array(fc.constantFrom(...EVENTS), { maxLength: 30 }),
        (steps, more) => {
          for (const view of views([...WAY.slice(0, steps), ...more])) {
            if (view.step === 'files') expect(nextWitness(view.people, view.key)).toBeUndefined();
            if (view.step === 'key' && view.making) expect(view.key).toBeNull();
            if (canStepBack(view)) expect(isCeremonyWorking(view)).toBe(false);
            expect(
              isCeremonyWorking(ceremonyAfterFailure(view, { code: 'file.not-found', details: {} })),
            ).toBe(false);
            const before = ceremonyBefore(view);
            if (before !== null && canStepBack(view)) expect('key' in before).toBe(false);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('goes back to the randomness, with no key, when a test failed', () => {
    for (const steps of [5, 11]) {
      const at = views(WAY.slice(0, steps)).at(-1)!;
      expect(reduceCeremony(at, { kind: 'test-failed' })).toEqual({
        ...{ step: 'randomness', typed: null, people: at.people },
      });
    }
  });

  it('takes another set only for one that could not be combined, and keeps what was given up', () => {
    const another: CeremonyEvent = { kind: 'shares-made', shares: { ...SHARES, set: '8GF2-TVDW' } };
    const first = views(TO_SHARES).at(-1)!;
    expect(reduceCeremony(first, another)).toBe(first);
    const all = views([...TO_SHARES, FAILED, another, { kind: 'combined', indexes: [2, 1], passed: true }]);
    expect(all.at(-3)).toMatchObject({
      shares: { set: 'QPZR-Y9X8', failed: true },
    });
    const second = all.at(-2)!;
    expect(second).toMatchObject({
      shares: { set: '8GF2-TVDW', failed: false },
      folder: null,
      working: null,
    });
    expect(second).toMatchObject({ givenUp: [{ set: 'QPZR-Y9X8' }] });
    expect(reduceCeremony(second, another)).toBe(second);
    expect(reduceCeremony(all.at(-1)!, { kind: 'shares-done' })).toMatchObject({
      ...{ step: 'agree', shares: { combined: [2, 1] }, givenUp: [{ set: 'QPZR-Y9X8', combined: null }] },
    });
    const entries = ceremonyEntries(another, second);
    expect(entries.map(({ kind }) => kind)).toEqual(['note', 'shares-made', 'written', 'written']);
    expect(entries[0]).toMatchObject({
      text: expect.stringMatching(/QPZR-Y9X8.*8GF2-TVDW.*destroyed/) as string,
    });
  });

  it.each([
    ['custodian-share.do-not-combine', true],
    ['custodian-share.malformed', true],
    ['custodian-share.mistyped', true],
    ['custodian-share.too-few', false],
    ['custodian-share.duplicate', false],
    ['custodian-share.other-set', false],
    ['file.not-found', false],
  ] as const)('%s says that the set failed: %s', (code, failed) => {
    const combining = views([...TO_SHARES, { kind: 'combining' }]).at(-1)!;
    const after = ceremonyAfterFailure(combining, { code, details: {} });
    expect(after).toMatchObject({ shares: { failed, combined: null }, working: null });
  });

  it('puts on the record what was done, never how a folder is called', () => {
    const all = views(WAY);
    const entries = WAY.flatMap((event, i) => ceremonyEntries(event, all[i + 1]!));
    expect(entries.map(({ kind }) => kind)).toEqual([
      ...['people', 'randomness', 'key-made', 'public-key-read', 'public-key-read'],
      ...['written', 'test-decryption', 'original-wiped', 'shares-made', 'written', 'written'],
      ...['shares-combined', 'original-wiped', 'agreed'],
    ]);
    expect(JSON.stringify(entries)).not.toContain('/media');
  });
});
