import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { JsonValue } from '../../electron/engine/bytes/json.ts';
import type { Backup, ProvenBackup } from '../../electron/engine/ers/backup.ts';
import { parseErs } from '../../electron/engine/ers/parse.ts';
import { validate } from '../../electron/engine/ers/validate.ts';
import { judge } from '../../electron/engine/ers/verdict.ts';
import { makeBackup, makeVersion1, toErsJson } from '../fixtures/backups.ts';
import { orFault } from '../fixtures/faults.ts';
import { mutateJson, mutation, partMutation } from '../fixtures/mutations.ts';
import { makeRsaKey } from '../fixtures/rsa.ts';
import { systemRandom } from '../random.ts';

const key = makeRsaKey();
const made = {
  secp256k1: makeBackup({ key, players: 2 }),
  'ED-25519': makeBackup({ key, players: 2, curve: 'ED-25519' }),
  'version 2': makeBackup({ key, players: 2, version: '2' }),
} as const;

const isAnswer = (work: () => unknown): void => {
  orFault(work);
};

describe('parseErs', () => {
  it('answers any JSON with a backup or a fault', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        isAnswer(() => parseErs(value as JsonValue));
      }),
      { numRuns: 300 },
    );
  });

  it('answers any JSON in the place of its fields with a backup or a fault', () => {
    const fields = fc.constantFrom(
      'version',
      'recovery_data',
      'key_parts',
      'player_index',
      'threshold',
      'public_key',
      'es',
    );
    fc.assert(
      fc.property(
        fc.dictionary(fields, fc.oneof(fc.jsonValue(), fc.constantFrom('1.0.0', '2', '3'))),
        (value) => {
          isAnswer(() => parseErs(value as JsonValue));
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ['version 1', makeVersion1({ key, players: 2 }).json],
    ['version 2', toErsJson(made['version 2'].backup)],
    ['version 3', toErsJson(made.secp256k1.backup)],
  ])('answers a backup of %s with a few mutations with a backup or a fault', (_, json) => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const mutated = mutations.reduce<JsonValue>(mutateJson, json);
        isAnswer(() => parseErs(mutated));
      }),
      { numRuns: 150 },
    );
  });
});

describe('validate', () => {
  it.each(['secp256k1', 'ED-25519', 'version 2'] as const)(
    'calls no backup valid that one mutation made another (%s)',
    (kind) => {
      const { backup, key: rsa, label, master } = made[kind];
      const json = toErsJson(backup);
      let [parsed, altered] = [0, 0];
      fc.assert(
        fc.property(partMutation, (change) => {
          const mutated = orFault(() => parseErs(mutateJson(json, change)));
          if (mutated === undefined) return;
          parsed++;
          const opening = { publicKey: rsa.publicKey, label };
          const results = [
            ...validate({ backup: mutated, opening, statedPublicKey: master, randomBytes: systemRandom }),
          ];
          const same = isDeepStrictEqual(mutated, backup);
          if (!same) altered++;
          expect(judge(mutated, results).kind === 'valid').toBe(same);
        }),
        { numRuns: 120 },
      );
      // Else the property says nothing.
      expect(parsed).toBeGreaterThan(15);
      expect(altered).toBeGreaterThan(10);
    },
  );

  it('answers any mixture of parts with results, and calls none valid but the good ones', () => {
    const strangers = [...Object.values(made), makeBackup({ key, players: 2, curve: 'P-256' })];
    const parts = strangers.flatMap(({ backup }) => backup.parts);
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: 1, maxLength: 4 }), (chosen) => {
        const byPlayer = new Map(chosen.map((part) => [part.playerIndex, part]));
        const mixed: Backup = { kind: 'proven', version: '3', parts: [...byPlayer.values()] };
        const results = [
          ...validate({
            backup: mixed,
            opening: { publicKey: key.publicKey, label: made.secp256k1.label },
            statedPublicKey: made.secp256k1.master,
            randomBytes: systemRandom,
          }),
        ];
        const own = (of: ProvenBackup): boolean =>
          mixed.parts.length === 2 && mixed.parts.every((part) => of.parts.includes(part));
        expect(judge(mixed, results).kind === 'valid').toBe(own(made.secp256k1.backup));
      }),
      { numRuns: 25 },
    );
  });
});
