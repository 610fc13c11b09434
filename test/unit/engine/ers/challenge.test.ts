import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { blake2xb } from '../../../../electron/engine/ers/blake2xb.ts';
import { challengeOf, unrank } from '../../../../electron/engine/ers/challenge.ts';
import { toHex } from '../../../../electron/engine/bytes/hex.ts';
import { blake2xbByTheBook } from '../../../fixtures/blake2xb-by-the-book.ts';
import { makeBackup } from '../../../fixtures/backups.ts';
import { challengeByTheBook, choose, combinationOf } from '../../../fixtures/prover.ts';
import { makeRsaKey } from '../../../fixtures/rsa.ts';

const COMBINATIONS = 107_507_208_733_336_176_461_620n;
const rank = fc.bigInt({ min: 0n, max: COMBINATIONS - 1n });

/** The rank of a combination: the sum that unranking takes apart. */
function rankOf(combination: readonly number[]): bigint {
  return combination.reduce((sum, index, i) => sum + choose(index, i + 1), 0n);
}

/** Compares combinations as ranks order them: by the highest index first. */
function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 39; i >= 0; i--) if (a[i] !== b[i]) return Math.sign(a[i]! - b[i]!);
  return 0;
}

describe('unrank', () => {
  it('there are C(80, 40) combinations', () => {
    expect(choose(80, 40)).toBe(COMBINATIONS);
  });

  it('0 gives 0 to 39', () => {
    expect(unrank(0n)).toEqual(Array.from({ length: 40 }, (_, i) => i));
  });

  it('1 gives 0 to 38 and 40', () => {
    expect(unrank(1n)).toEqual([...Array.from({ length: 39 }, (_, i) => i), 40]);
  });

  it('C(80, 40) - 1 gives 40 to 79', () => {
    expect(unrank(COMBINATIONS - 1n)).toEqual(Array.from({ length: 40 }, (_, i) => i + 40));
  });

  it('gives 40 indices below 80, strictly ascending, of the rank that was asked', () => {
    fc.assert(
      fc.property(rank, (asked) => {
        const combination = unrank(asked);
        expect(combination).toHaveLength(40);
        expect(combination.every((index, i) => index < 80 && index > (combination[i - 1] ?? -1))).toBe(true);
        expect(rankOf(combination)).toBe(asked);
        expect(combination).toEqual(combinationOf(asked));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the order of ranks', () => {
    fc.assert(
      fc.property(rank, rank, (a, b) => {
        expect(compare(unrank(a), unrank(b))).toBe(a === b ? 0 : a < b ? -1 : 1);
      }),
    );
  });

  it('gives neighbours for neighbouring ranks', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: COMBINATIONS - 2n }), (a) => {
        expect(compare(unrank(a), unrank(a + 1n))).toBe(-1);
      }),
    );
  });
});

describe('blake2xb', () => {
  it('agrees with docs/ers.md on the empty input', () => {
    expect(toHex(blake2xb(new Uint8Array(), 25))).toBe('bc2cc15201a9ffc24e7d4a7c18543125b5ffec88826ec25b00');
  });

  it('agrees with docs/ers.md on 00 01 02', () => {
    expect(toHex(blake2xb(Uint8Array.of(0, 1, 2), 25))).toBe(
      '9984e250ddd5c6373edea4cca3af4ec3c9108ca060db10928c',
    );
  });

  it.each([0, 1, 127, 128, 129, 255, 256, 1000])('agrees with the one by the book on %i bytes', (length) => {
    const input = Uint8Array.from({ length }, (_, i) => (i * 7) % 256);
    expect(toHex(blake2xb(input, 64))).toBe(toHex(blake2xbByTheBook(input, 64)));
  });

  it('a longer output starts with the shorter one', () => {
    const long = blake2xb(Uint8Array.of(1), 200);
    expect(long).toHaveLength(200);
    expect(toHex(blake2xb(Uint8Array.of(1), 25))).toBe(toHex(long.subarray(0, 25)));
    expect(toHex(long.subarray(64, 128))).not.toBe(toHex(long.subarray(0, 64)));
  });
});

describe('challengeOf', () => {
  const key = makeRsaKey();

  it.each(['2', '3'] as const)('version %s: agrees with the one by the book', (version) => {
    for (const part of makeBackup({ key, version, players: 2, curve: 'ED-25519' }).backup.parts) {
      expect(challengeOf(part, part.publicKey)).toEqual(challengeByTheBook(part));
    }
  });

  it('the first combination of docs/ers.md: the hash of the empty input', () => {
    const digest = blake2xbByTheBook(new Uint8Array(), 25);
    const combination = unrank(BigInt(`0x${toHex(digest)}`) % COMBINATIONS);
    expect(combination.slice(0, 5)).toEqual([1, 6, 9, 13, 16]);
    expect(combination.slice(-3)).toEqual([73, 74, 78]);
  });
});
