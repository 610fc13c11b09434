import { normalizeZ } from '@noble/curves/abstract/curve.js';

import { equalBytes } from '../bytes/compare.ts';
import type { RandomBytes } from '../bytes/random.ts';
import { bigEndianToInteger } from '../bytes/integer.ts';
import { inPrimeSubgroup, type Point } from '../curve/curve.ts';
import { multiScalar } from '../curve/multi-scalar.ts';
import { lagrange, weightedSum } from './interpolation.ts';
import type { DecodedPart } from './part-points.ts';

/**
 * What looking at the opened values found. Blame is by the rule as it is written: `encoding` names the first Y_k that
 * is no point of the prime-order subgroup (`index` is k - 1), `value` the first opened index whose value is not F's.
 */
export type ValueVerdict =
  { readonly kind: 'good' } | { readonly kind: 'encoding' | 'value'; readonly index: number };

/** A combined check lets a wrong equation pass with a chance of 2^-128. */
const WEIGHT_BYTES = 16;

/** Fixed-base tables of a commitment pay off at about twenty multiplications with this window. */
const TABLE_WINDOW_BITS = 4;

/**
 * Checks that the opened values and the share lie on one polynomial of degree K: v G = F(c + 1) for every opened
 * index c. Source: docs/ers.md, "Validation", and "Why the shortcuts are sound".
 * @param part the player's part, its commitment known to be in the prime-order subgroup
 * @param openedIndices the K opened indices, from 0, in the order of the opened values
 * @param randomBytes for the weights of the combined check
 */
export function checkValues(
  part: DecodedPart,
  openedIndices: readonly number[],
  randomBytes: RandomBytes,
): ValueVerdict {
  const equations = reverseEquations(part, openedIndices);
  // A random combination is blind to points that differ by one of small order, and only on curves of prime order
  // are there none. Where there are, each equation is checked by itself: being equal to a sum of multiples of
  // C_i and G, which are in the subgroup, also puts Y_k into the subgroup.
  const holds =
    part.curve.cofactor === 1n ? holdTogether(part, equations, randomBytes) : holdOneByOne(part, equations);
  return holds ? { kind: 'good' } : blame(part, openedIndices);
}

/** Y_k = fromCommitment * C_i + fromBase * G, for k from 1 to K. */
interface ReverseEquation {
  readonly fromCommitment: bigint;
  readonly fromBase: bigint;
}

/**
 * The rule read the other way round. The rule's F goes through C_i and the Y_k and must meet the openings; the H
 * used here goes through C_i and the openings and must meet the Y_k. Both say that all 2K + 1 values lie on one
 * polynomial of degree K, and H costs two multiplications a point, since the opened values are known scalars.
 */
function reverseEquations(part: DecodedPart, openedIndices: readonly number[]): readonly ReverseEquation[] {
  const weightsAt = lagrange(part.curve, [0, ...openedIndices.map((c) => c + 1)]);
  return part.valuePoints.map((_, i) => {
    const [fromCommitment = 0n, ...weights] = weightsAt(i + 1);
    return { fromCommitment, fromBase: weightedSum(part.curve, weights, part.openedValues) };
  });
}

/** One random linear combination of all equations, one multiplication of many points. */
function holdTogether(
  { curve, commitment, valuePoints }: DecodedPart,
  equations: readonly ReverseEquation[],
  randomBytes: RandomBytes,
): boolean {
  const points = valuePoints.map((bytes) => curve.decodePoint(bytes));
  if (!points.every((point) => point !== undefined)) return false;
  const rho = equations.map(() => bigEndianToInteger(randomBytes(WEIGHT_BYTES)));
  const combine = (terms: readonly bigint[]): bigint => weightedSum(curve, rho, terms);
  const fromCommitment = combine(equations.map((equation) => equation.fromCommitment));
  const fromBase = combine(equations.map((equation) => equation.fromBase));
  const left = multiScalar(curve, [...points, commitment], [...rho, curve.scalars.neg(fromCommitment)]);
  return left.equals(curve.points.BASE.multiplyUnsafe(fromBase));
}

/**
 * Computes each Y_k and compares its encoding with the file's. RFC 8032 encodings are canonical, so that equal points
 * have equal bytes, and the Y_k need not be decoded, which costs a square root each.
 */
function holdOneByOne(
  { curve, commitment, valuePoints }: DecodedPart,
  equations: readonly ReverseEquation[],
): boolean {
  commitment.precompute(TABLE_WINDOW_BITS);
  const expected = equations.map(({ fromCommitment, fromBase }) =>
    commitment.multiplyUnsafe(fromCommitment).add(curve.points.BASE.multiplyUnsafe(fromBase)),
  );
  // The identity has an encoding here, and is no point that the format allows.
  if (expected.some((point) => point.is0())) return false;
  return normalizeZ(curve.points, expected).every((point, i) =>
    equalBytes(curve.encodePoint(point), valuePoints[i] ?? new Uint8Array()),
  );
}

/** The rule as it is written, one index after the other: slow, and only for a part that is known to be bad. */
function blame(part: DecodedPart, openedIndices: readonly number[]): ValueVerdict {
  const { curve, commitment, openedValues } = part;
  const points: Point[] = [];
  for (const [index, bytes] of part.valuePoints.entries()) {
    const point = curve.decodePoint(bytes);
    if (point === undefined || !inPrimeSubgroup(curve, point)) return { kind: 'encoding', index };
    points.push(point);
  }
  const nodes = [commitment, ...points];
  const weightsAt = lagrange(curve, [...nodes.keys()]);
  const wrong = openedIndices.findIndex((index, i) => {
    const onPolynomial = multiScalar(curve, nodes, weightsAt(index + 1));
    return !onPolynomial.equals(curve.points.BASE.multiplyUnsafe(openedValues[i] ?? 0n));
  });
  if (wrong < 0) throw new Error('the shortcut and the rule disagree');
  return { kind: 'value', index: openedIndices[wrong] ?? 0 };
}
