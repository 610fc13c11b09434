import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { curveOf } from '../../../../electron/engine/curve/curve.ts';
import { multiScalar } from '../../../../electron/engine/curve/multi-scalar.ts';
import { interpolate, lagrange, weightedSum } from '../../../../electron/engine/ers/interpolation.ts';
import { evaluate, randomPolynomial } from '../../../fixtures/prover.ts';

const nodes = fc.uniqueArray(fc.nat({ max: 80 }), { minLength: 1, maxLength: 41 });

describe.each(['secp256k1', 'P-521', 'ED-25519', 'ED-448'] as const)('interpolation on %s', (name) => {
  const curve = curveOf(name);

  it('gives the polynomial back everywhere, from any nodes in any order', () => {
    fc.assert(
      fc.property(nodes, fc.nat({ max: 300 }), (xs, at) => {
        const polynomial = randomPolynomial(name, 5n, xs.length - 1);
        const values = new Map(xs.map((x) => [x, evaluate(name, polynomial, x)]));
        expect(interpolate(curve, values, at)).toBe(evaluate(name, polynomial, at));
      }),
      { numRuns: 25 },
    );
  });

  it('the weights add up to 1, and are below the order', () => {
    fc.assert(
      fc.property(nodes, fc.nat({ max: 300 }), (xs, at) => {
        const weights = lagrange(curve, xs)(at);
        expect(weights).toHaveLength(xs.length);
        expect(weights.every((weight) => weight >= 0n && weight < curve.order)).toBe(true);
        expect(
          weightedSum(
            curve,
            weights,
            weights.map(() => 1n),
          ),
        ).toBe(1n);
      }),
      { numRuns: 25 },
    );
  });

  it('at a node only its own value counts', () => {
    fc.assert(
      fc.property(nodes, (xs) => {
        const at = xs[xs.length - 1]!;
        expect(lagrange(curve, xs)(at)).toEqual(xs.map((x) => (x === at ? 1n : 0n)));
      }),
      { numRuns: 10 },
    );
  });

  it('the weights serve points as they serve values', () => {
    const polynomial = randomPolynomial(name, 7n, 4);
    const xs = [1, 2, 3, 5, 8];
    const points = xs.map((x) => curve.points.BASE.multiply(evaluate(name, polynomial, x)));
    const made = multiScalar(curve, points, lagrange(curve, xs)(0));
    expect(made.equals(curve.points.BASE.multiply(7n))).toBe(true);
  });
});
