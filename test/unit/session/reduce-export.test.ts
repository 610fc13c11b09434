import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { missingGuards } from '../../../shared/export-guards.ts';
import type { SessionState } from '../../../shared/session-state.ts';
import { FRESH_SESSION, reduce } from '../../../electron/session/reduce.ts';
import type { SessionEvent } from '../../../electron/session/session-event.ts';
import { FILE_OUTPUT, RECOVERED, REF, walletView } from './samples.ts';

const ADDRESS = '0xa198b9FFDEB57346aeBdA4D9335885430A72483e';
const VIEW = {
  ...RECOVERED,
  addresses: [{ name: 'ethereum', chain: 'Ethereum', format: 'EIP-55', address: ADDRESS, registered: true }],
  comparison: 'matched' as const,
  expectedAddress: ADDRESS,
};
const SHOWN = { kind: 'shown', path: 'm/0' } as const;
const UP = { interfaces: [{ name: 'eth0', up: true, loopback: false }], holds: false };

/** One way to a key on its way out, every guard met in its turn. */
const WAY_OUT: readonly SessionEvent[] = [
  { kind: 'mode-chosen', mode: 'live', people: [] },
  { kind: 'air-gap-changed', airGap: { interfaces: [], holds: true } },
  { kind: 'loaded', files: [], wallets: [walletView(REF)], register: null, registerWarnings: [] },
  { kind: 'wallet-chosen', wallet: REF },
  {
    kind: 'verification-changed',
    wallet: REF,
    verification: { kind: 'judged', results: [], verdict: 'valid', fault: null },
  },
  { kind: 'unlock-begun' },
  { kind: 'key-opened', place: 'file', fingerprintHex: '00' },
  { kind: 'recovered', recovered: VIEW },
  { kind: 'export-begun' },
  { kind: 'address-typed', address: ADDRESS },
  { kind: 'people-named', operator: 'Ann', secondPerson: 'Bob' },
  { kind: 'second-person-agreed' },
  { kind: 'format-chosen', format: 'hex' },
  { kind: 'in-the-clear-accepted', what: 'hex' },
  { kind: 'in-the-clear-accepted', what: 'reveal' },
  { kind: 'destination-chosen', destination: '/media/usb/key.hex' },
  { kind: 'writing', step: 'encoding' },
  { kind: 'writing', step: 'writing' },
  { kind: 'written', output: { ...FILE_OUTPUT, format: 'hex' } },
  { kind: 'revealed', output: SHOWN },
];

/** What may come in between, at any time and in any order. */
const MEANWHILE: readonly SessionEvent[] = [
  ...WAY_OUT,
  { kind: 'mode-chosen', mode: 'drill', people: [] },
  { kind: 'air-gap-changed', airGap: UP },
  { kind: 'air-gap-overridden' },
  { kind: 'recovered', recovered: { ...VIEW, comparison: 'mismatched' } },
  { kind: 'recovered', recovered: { ...VIEW, comparison: 'not-given', addresses: [] } },
  { kind: 'recovered', recovered: { ...VIEW, publicKeyMatches: false } },
  {
    kind: 'verification-changed',
    wallet: REF,
    verification: { kind: 'judged', results: [], verdict: 'invalid', fault: null },
  },
  { kind: 'verification-changed', wallet: REF, verification: { kind: 'running', results: [] } },
  { kind: 'address-typed', address: '0x00' },
  { kind: 'people-named', operator: 'Ann', secondPerson: 'Ann' },
  { kind: 'people-named', operator: '', secondPerson: 'Bob' },
  { kind: 'acknowledged', what: 'no-expected-address' },
  { kind: 'acknowledged', what: 'not-verifiable' },
  { kind: 'format-chosen', format: 'pke1' },
  { kind: 'failed', fault: { code: 'file.write-failed', details: {} } },
  { kind: 'stepped-back' },
];

const after = (events: readonly SessionEvent[]): SessionState => events.reduce(reduce, FRESH_SESSION);

it('a key goes out at the end of the way, to a file and to the screen', () => {
  expect(after(WAY_OUT).outputs).toEqual([{ ...FILE_OUTPUT, format: 'hex' }, SHOWN]);
});

describe('a step that is left out', () => {
  const needed = WAY_OUT.flatMap(({ kind }, i) =>
    ['format-chosen', 'destination-chosen', 'written', 'revealed'].includes(kind) ||
    (kind === 'writing' && i === 16)
      ? []
      : [[kind, i] as const],
  );

  it.each(needed)('%s (%i): no file, or nothing on the screen', (_kind, left) => {
    expect(after(WAY_OUT.filter((_, i) => i !== left)).outputs.length).toBeLessThan(2);
  });
});

it('no sequence of events gives a key out while a guard is unmet', () => {
  let written = 0;
  let shown = 0;
  const event = fc.constantFrom(...MEANWHILE);
  const step = fc.tuple(fc.boolean(), fc.array(event, { maxLength: 2 }));
  fc.assert(
    fc.property(fc.array(step, { minLength: WAY_OUT.length, maxLength: WAY_OUT.length }), (noise) => {
      // Mostly along the way, with something left out and something else in between now and then.
      const events = WAY_OUT.flatMap((one, i) => {
        const [isLeftOut, others] = noise[i]!;
        const isQuiet = others.length < 2;
        return [...(isLeftOut && !isQuiet ? [] : [one]), ...(isQuiet ? [] : others)];
      });
      let state = FRESH_SESSION;
      let permitted = false;
      for (const one of events) {
        const before = state;
        state = reduce(before, one);
        if (one.kind === 'writing' && state !== before && state.stage.kind === 'export') {
          permitted = missingGuards(before, state.stage.draft.format).length === 0;
          expect(permitted, 'the door opened').toBe(true);
        }
        if (state.outputs.length === before.outputs.length) continue;
        if (one.kind === 'written') {
          written++;
          expect(permitted && before.stage.kind === 'export' && before.stage.draft.writing).toBe('writing');
        } else {
          shown++;
          expect(one.kind).toBe('revealed');
          expect(missingGuards(before, 'reveal')).toEqual([]);
        }
      }
    }),
    { numRuns: 3000 },
  );
  expect(Math.min(written, shown), 'sequences that came through').toBeGreaterThan(10);
});

it('while a file is being written, nothing that was agreed to changes', () => {
  const writing = after(WAY_OUT.slice(0, 17));
  for (const one of MEANWHILE) {
    const { stage } = reduce(writing, one);
    if (stage.kind !== 'export' || one.kind === 'writing' || one.kind === 'failed') continue;
    expect(writing.stage.kind === 'export' && stage.draft).toEqual(
      writing.stage.kind === 'export' && writing.stage.draft,
    );
  }
});

it('going back forgets who agreed to what, and not what was given out', () => {
  const back = [...WAY_OUT, { kind: 'stepped-back' }, { kind: 'export-begun' }] as const;
  const { stage, outputs } = after(back);
  expect(stage.kind === 'export' && stage.draft.people).toBeNull();
  expect(outputs).toHaveLength(2);
});
