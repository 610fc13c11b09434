import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SecretBytes } from '../../../../electron/engine/bytes/secret-bytes.ts';
import {
  combineShares,
  refuseMixture,
  splitSecret,
  wipeShares,
} from '../../../../electron/engine/shares/split.ts';
import type { CustodianShare } from '../../../../electron/engine/shares/share.ts';
import { systemRandom } from '../../../random.ts';
import { faultOf, reveal, secret } from '../rsa/fixtures.ts';

const PASSWORD = 'correct horse battery staple';
const split = (
  needed: number,
  of: number,
  text = PASSWORD,
  what: 'password' | 'file' = 'password',
): Promise<readonly CustodianShare[]> =>
  splitSecret(secret(text), { needed, of, what, randomBytes: systemRandom });
const combined = async (shares: readonly CustodianShare[]): Promise<string> =>
  Buffer.from(reveal(await combineShares(shares))).toString();
const codeOf = async (shares: readonly CustodianShare[]): Promise<string> =>
  (await faultOf(() => combineShares(shares))).code;

/** Every choice of some of the items, in their order. */
function subsets<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) => subsets(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]));
}

describe('splitSecret and combineShares', () => {
  it('any m of n, every choice, up to 5 of 8; and no choice of m - 1', async () => {
    let choices = 0;
    for (let of = 2; of <= 8; of++) {
      for (let needed = 2; needed <= Math.min(of, 5); needed++) {
        const shares = await split(needed, of);
        expect(shares.map(({ index }) => index)).toEqual(Array.from({ length: of }, (_, i) => i + 1));
        for (const some of subsets(shares, needed)) {
          choices += 1;
          expect(await combined(some)).toBe(PASSWORD);
        }
        for (const tooFew of subsets(shares, needed - 1)) {
          expect(await codeOf(tooFew)).toBe('custodian-share.too-few');
          // And were the number on them a lie, they would still not open it.
          if (tooFew.length < 2) continue;
          const lie = tooFew.map((share) => ({ ...share, needed: tooFew.length }));
          expect(await codeOf(lie)).toBe('custodian-share.do-not-combine');
        }
        expect(await combined([...shares].reverse())).toBe(PASSWORD);
      }
    }
    expect(choices).toBeGreaterThan(400);
  });

  it('any secret, whatever its length', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.integer({ min: 2, max: 16 }),
        fc.nat(14),
        fc.constantFrom('password' as const, 'file' as const),
        async (bytes, of, less, what) => {
          const needed = Math.max(2, of - less);
          const request = { needed, of, what, randomBytes: systemRandom };
          const shares = await splitSecret(new SecretBytes(bytes), request);
          const some = fc.sample(fc.shuffledSubarray([...shares], { minLength: needed }), 1)[0] ?? [];
          expect(reveal(await combineShares(some))).toEqual(bytes);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('the shares of a password say nothing of its length below 47 characters', async () => {
    const lengths = ['a', 'a'.repeat(46), 'a'.repeat(62), 'a'.repeat(63)].map(
      async (text) => (await split(2, 2, text))[0]?.point.length,
    );
    expect(await Promise.all(lengths)).toEqual([81, 81, 81, 145]);
  });

  it('a key file of the largest size', async () => {
    const shares = await split(2, 3, 'x'.repeat(16_384), 'file');
    expect(await combined(shares.slice(1))).toBe('x'.repeat(16_384));
    expect((await faultOf(() => split(2, 3, 'x'.repeat(16_385), 'file'))).code).toBe(
      'custodian-share.secret-size',
    );
    expect((await faultOf(() => split(2, 3, ''))).code).toBe('custodian-share.secret-size');
  });

  it.each([
    [1, 3],
    [4, 3],
    [2, 17],
    [2.5, 5],
    [Number.NaN, 5],
    [0, 0],
  ])('%d of %d: custodian-share.counts', async (needed, of) => {
    expect((await faultOf(() => split(needed, of))).code).toBe('custodian-share.counts');
  });

  it('two splits of one secret have nothing in common', async () => {
    const [a, b] = [await split(2, 3), await split(2, 3)];
    expect(a[0]?.setBytes).not.toEqual(b[0]?.setBytes);
    expect(a[0]?.point).not.toEqual(b[0]?.point);
    expect(await codeOf([a[0]!, b[1]!])).toBe('custodian-share.other-set');
  });

  it('says which share was given twice, and that none was given', async () => {
    const [a, b] = await split(3, 5);
    expect(await faultOf(() => combineShares([a!, b!, a!]))).toEqual({
      code: 'custodian-share.duplicate',
      details: { index: 1 },
    });
    expect(await codeOf([])).toBe('custodian-share.too-few');
    expect(() => {
      refuseMixture([a!, b!]);
    }).not.toThrow();
  });

  it('one changed byte in any share, also in one more than is needed, is found', async () => {
    const shares = await split(2, 3);
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.nat(80), fc.integer({ min: 1, max: 255 }), async (which, at, flip) => {
        const changed = shares.map((share, i) => {
          const point = Uint8Array.from(share.point);
          if (i === which) point[at] = (point[at] ?? 0) ^ flip;
          return { ...share, point };
        });
        expect(await codeOf(changed)).toBe('custodian-share.do-not-combine');
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['needed', { needed: 3 }],
    ['of', { of: 4 }],
    ['what', { what: 'file' as const }],
  ])('shares that disagree on "%s", or lie together, are refused', async (_name, lie) => {
    const [a, b] = await split(2, 3);
    expect(await codeOf([a!, { ...b!, ...lie }])).toBe('custodian-share.do-not-combine');
    if ('needed' in lie) return;
    expect(
      await codeOf([
        { ...a!, ...lie },
        { ...b!, ...lie },
      ]),
    ).toBe('custodian-share.do-not-combine');
  });

  it('wipes', async () => {
    const shares = await split(2, 2);
    wipeShares(shares);
    expect(shares.every(({ point }) => point.every((byte) => byte === 0))).toBe(true);
  });
});
