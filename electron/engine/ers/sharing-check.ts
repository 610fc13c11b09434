import type { Curve, Point } from '../curve/curve.ts';
import { multiScalar } from '../curve/multi-scalar.ts';
import type { SharingType } from './backup.ts';
import { lagrange } from './interpolation.ts';

/**
 * Says whether commitments share out exactly the public key: by Shamir, all of them lie with it on one polynomial
 * of degree `threshold`; additively, their sum is it. Source: docs/ers.md, "Validation".
 * @param curve of the points
 * @param sharing how the shares make the key; a product can't be seen in the points
 * @param threshold degree of the Shamir polynomial
 * @param commitments by player index, from 0
 * @param publicKey what the commitments should make
 */
export function commitmentsMakeKey(
  curve: Curve,
  sharing: Exclude<SharingType, 'multiplicative'>,
  threshold: number,
  commitments: ReadonlyMap<number, Point>,
  publicKey: Point,
): boolean {
  if (sharing === 'additive') {
    return [...commitments.values()]
      .reduce((sum, point) => sum.add(point), curve.points.ZERO)
      .equals(publicKey);
  }
  const known = [...commitments].map(([player, point]) => ({ x: player + 1, point }));
  if (known.length <= threshold) return false;
  const basis = known.slice(0, threshold + 1);
  const weightsAt = lagrange(
    curve,
    basis.map(({ x }) => x),
  );
  const implied = [{ x: 0, point: publicKey }, ...known.slice(threshold + 1)];
  return implied.every(({ x, point }) =>
    multiScalar(
      curve,
      basis.map((node) => node.point),
      weightsAt(x),
    ).equals(point),
  );
}
