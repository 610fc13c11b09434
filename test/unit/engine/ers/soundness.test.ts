import { describe, expect, it } from 'vitest';

import { judge } from '../../../../electron/engine/ers/verdict.ts';
import { makeBackup, proveAgain, withWitness } from '../../../fixtures/backups.ts';
import {
  anyScalar,
  evaluate,
  honestWitness,
  pointBytes,
  randomPolynomial,
  type Witness,
} from '../../../fixtures/prover.ts';
import { makeRsaKey } from '../../../fixtures/rsa.ts';
import { checksOf, failuresOf } from '../../../fixtures/verify.ts';

const key = makeRsaKey();

describe.each(['secp256k1', 'ED-25519', 'ED-448'] as const)(
  'a player who cheats and hashes it well, on %s',
  (curve) => {
    const made = makeBackup({ key, curve, players: 2 });
    const honest = made.witnesses[1]!;
    const otherShare = honestWitness(curve, anyScalar(curve));
    const cutOffAt = <Item>(n: number, before: readonly Item[], after: readonly Item[]): readonly Item[] => [
      ...before.slice(0, n),
      ...after.slice(n),
    ];

    const CHEATS: readonly [string, Witness, string][] = [
      ['points and ciphertexts of another share than the committed one', otherShare, 'values'],
      [
        'ciphertexts of another share than that of points and commitment',
        { encrypted: otherShare.encrypted, inPoints: honest.inPoints },
        'values',
      ],
      [
        'points of another share than that of ciphertexts and commitment',
        { encrypted: honest.encrypted, inPoints: otherShare.inPoints },
        'values',
      ],
      [
        "ciphertexts of another share, opened as if they were the committed one's",
        { encrypted: otherShare.encrypted, inPoints: honest.inPoints, stated: honest.encrypted },
        'openings',
      ],
      [
        'half of the ciphertexts of another share',
        { encrypted: cutOffAt(40, honest.encrypted, otherShare.encrypted), inPoints: honest.inPoints },
        'values',
      ],
      [
        "half of the ciphertexts of another share, opened as if they were the committed one's",
        {
          encrypted: cutOffAt(40, honest.encrypted, otherShare.encrypted),
          inPoints: honest.inPoints,
          stated: honest.encrypted,
        },
        'openings',
      ],
      [
        'the honest half opened against the hash',
        {
          encrypted: cutOffAt(40, honest.encrypted, otherShare.encrypted),
          inPoints: honest.inPoints,
          opened: Array.from({ length: 40 }, (_, i) => i),
        },
        'challenge',
      ],
      ['a polynomial of degree 41', degree41(), 'values'],
    ];

    it.each(CHEATS)('%s: rejected', (_, witness, check) => {
      const backup = withWitness(made, 1, witness);
      const results = checksOf(made, backup);
      expect(failuresOf(results).map((failed) => [failed.player, failed.check])).toEqual([[1, check]]);
      expect(judge(backup, results).kind).toBe('invalid');
    });

    it('a commitment to another share, stated and hashed by all: rejected', () => {
      const commitments = [made.statement.commitments[0]!, pointBytes(curve, anyScalar(curve))];
      const cheat = { ...made, statement: { ...made.statement, commitments } };
      const checks = failuresOf(checksOf(cheat, proveAgain(cheat))).map(({ player, check }) => [
        player,
        check,
      ]);
      expect(checks).toEqual([
        [1, 'values'],
        [null, 'sharing'],
      ]);
    });

    function degree41(): Witness {
      const polynomial = randomPolynomial(curve, made.shares[1]!, 41);
      const values = Array.from({ length: 80 }, (_, i) => evaluate(curve, polynomial, i + 1));
      return { encrypted: values, inPoints: values.slice(0, 40) };
    }
  },
);
