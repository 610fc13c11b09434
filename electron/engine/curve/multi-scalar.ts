import { interleavedMSMUnsafe } from '@noble/curves/abstract/curve.js';

import type { Curve, Point } from './curve.ts';

/** Odd multiples up to 7 of every point: what costs least for a few dozen points and scalars of 128 bits. */
const WINDOW_BITS = 4;

/**
 * The sum of each point times its scalar. Not in constant time: public data only.
 * @param curve the points' curve
 * @param points any points of the curve
 * @param scalars one a point, from 0 to the order, which is excluded; short ones cost less
 */
export function multiScalar(curve: Curve, points: readonly Point[], scalars: readonly bigint[]): Point {
  if (points.length !== scalars.length) throw new Error('one scalar a point');
  // Small negative weights, as interpolation has many, are short again on the negated point.
  const half = curve.order / 2n;
  return interleavedMSMUnsafe(
    curve.points,
    points.map((point, i) => ((scalars[i] ?? 0n) > half ? point.negate() : point)),
    WINDOW_BITS,
  )(scalars.map((scalar) => (scalar > half ? curve.order - scalar : scalar)));
}
