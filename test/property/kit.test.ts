import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { JsonValue } from '../../electron/engine/bytes/json.ts';
import { readKitFile } from '../../electron/engine/kit/kit-file.ts';
import { sortIntoWallets } from '../../electron/engine/kit/wallet.ts';
import { makeBackup, toErsJson } from '../fixtures/backups.ts';
import { faultOf, orFault } from '../fixtures/faults.ts';
import { asBytes, encodeKit, KEY_ID, kitJsonOf } from '../fixtures/kits.ts';
import { mutateJson, mutation } from '../fixtures/mutations.ts';
import { makeRsaKey } from '../fixtures/rsa.ts';

const key = makeRsaKey();
const made = makeBackup({ key, players: 2, curve: 'ED-25519' });
const kit = kitJsonOf(made);
const file = encodeKit(kit);

/** Reads and sorts a file: whatever it is, the answer is a wallet or a fault. */
const isAnswer = (content: Uint8Array): void => {
  orFault(() => sortIntoWallets([{ file: 'a', keyId: KEY_ID, kit: readKitFile(content) }]));
};

describe('readKitFile', () => {
  it('answers any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), isAnswer), { numRuns: 300 });
  });

  it('answers any text, also as the base64 of a kit', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (text) => {
        isAnswer(asBytes(text));
        isAnswer(asBytes(`{${text}`));
        isAnswer(asBytes(Buffer.from(`{"${text}`).toString('base64')));
      }),
      { numRuns: 200 },
    );
  });

  it('answers any JSON, bare and as base64', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        isAnswer(asBytes(JSON.stringify(value)));
        isAnswer(encodeKit(value as JsonValue));
      }),
      { numRuns: 200 },
    );
  });

  it('answers a kit with a few mutations', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        isAnswer(encodeKit(mutations.reduce<JsonValue>(mutateJson, kit)));
      }),
      { numRuns: 200 },
    );
  });

  it('answers a kit whose ERS data have a few mutations', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        isAnswer(encodeKit(kitJsonOf(made, mutations.reduce<JsonValue>(mutateJson, toErsJson(made.backup)))));
      }),
      { numRuns: 100 },
    );
  });

  it('answers a kit file with one bit turned', () => {
    fc.assert(
      fc.property(fc.nat({ max: file.length - 1 }), fc.nat({ max: 7 }), (byte, bit) => {
        isAnswer(file.map((value, i) => (i === byte ? value ^ (1 << bit) : value)));
      }),
      { numRuns: 80 },
    );
  });

  it('says of every half of a kit that it is truncated', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: file.length - 1 }), (length) => {
        expect(faultOf(() => readKitFile(file.subarray(0, length))).code).toBe('kit.truncated');
      }),
      { numRuns: 60 },
    );
  });
});
