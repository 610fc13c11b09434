import type { CurvePoint, CurvePointCons } from '@noble/curves/abstract/curve.js';
import type { EdwardsPointCons } from '@noble/curves/abstract/edwards.js';
import type { IField } from '@noble/curves/abstract/modular.js';
import type { WeierstrassPoint, WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { ed448 } from '@noble/curves/ed448.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';

import type { CurveName } from '../../../shared/curve-name.ts';
import { bigEndianToInteger, integerToBigEndian } from '../bytes/integer.ts';
import { P224_POINT } from './p224.ts';

/** A point of one of the seven curves, as noble computes with it. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an interface, so that it may name itself
export interface Point extends CurvePoint<bigint, Point> {}

/** One curve, with the encodings that ERS data uses. Source: docs/ers.md, "Encodings". */
export interface Curve {
  readonly name: CurveName;
  /** The number of points on the curve is `cofactor` times `order`. */
  readonly cofactor: bigint;
  /** The prime order of the group that `points.BASE` generates. */
  readonly order: bigint;
  /** Bytes of an encoded scalar. */
  readonly scalarBytes: number;
  /** noble's constructor: `BASE`, `ZERO` and the fields. */
  readonly points: CurvePointCons<Point>;
  /** Integers modulo `order`. */
  readonly scalars: IField<bigint>;
  /** Lengths an encoded point may have, in bytes; the first is what the system writes. */
  readonly pointLengths: readonly number[];
  /**
   * Reads a point: SEC 1 2.3.4, compressed or not, or RFC 8032 5.1.3 and 5.2.3. Undefined when it is not on
   * the curve or is the identity. Whether it is in the prime-order subgroup is not checked here.
   */
  readonly decodePoint: (bytes: Uint8Array) => Point | undefined;
  /** Writes a point as the system does: SEC 1 uncompressed, or RFC 8032. */
  readonly encodePoint: (point: Point) => Uint8Array;
  /** Writes a point in its short form: SEC 1 compressed, or RFC 8032. */
  readonly encodeCompressed: (point: Point) => Uint8Array;
}

const CURVES: Readonly<Record<CurveName, Curve>> = {
  secp256k1: shortWeierstrass('secp256k1', secp256k1.Point),
  'P-224': shortWeierstrass('P-224', P224_POINT),
  'P-256': shortWeierstrass('P-256', p256.Point),
  'P-384': shortWeierstrass('P-384', p384.Point),
  'P-521': shortWeierstrass('P-521', p521.Point),
  'ED-25519': edwards('ED-25519', ed25519.Point, 8n),
  'ED-448': edwards('ED-448', ed448.Point, 4n),
};

/** The curve of a name. */
export function curveOf(name: CurveName): Curve {
  return CURVES[name];
}

/**
 * Reads a scalar: big-endian, exactly as wide as the order, below it. Undefined when it is not.
 * Source: docs/ers.md, "Encodings".
 */
export function decodeScalar(curve: Curve, bytes: Uint8Array): bigint | undefined {
  if (bytes.length !== curve.scalarBytes) return undefined;
  const scalar = bigEndianToInteger(bytes);
  return scalar < curve.order ? scalar : undefined;
}

/** Writes a scalar below the order, big-endian, as wide as the order. */
export function encodeScalar(curve: Curve, scalar: bigint): Uint8Array {
  return integerToBigEndian(scalar, curve.scalarBytes);
}

/** Says whether a point is in the subgroup of prime order; every point of a curve with cofactor 1 is. */
export function inPrimeSubgroup(curve: Curve, point: Point): boolean {
  return curve.cofactor === 1n || point.isTorsionFree();
}

/**
 * The generator times a secret scalar, by noble's constant-time multiplication.
 * @param scalar from 0 to the order, which is excluded
 */
export function timesBase(curve: Curve, scalar: bigint): Point {
  return scalar === 0n ? curve.points.ZERO : curve.points.BASE.multiply(scalar);
}

function shortWeierstrass(name: CurveName, points: WeierstrassPointCons<bigint>): Curve {
  const coordinateBytes = points.Fp.BYTES;
  const encode = (point: Point, compressed: boolean): Uint8Array =>
    (point as WeierstrassPoint<bigint>).toBytes(compressed);
  return {
    name,
    cofactor: 1n,
    order: points.Fn.ORDER,
    scalarBytes: byteLength(points.Fn.ORDER),
    points: points,
    scalars: points.Fn,
    pointLengths: [1 + 2 * coordinateBytes, 1 + coordinateBytes],
    decodePoint: (bytes) => decodeOrNothing(() => points.fromBytes(bytes)),
    encodePoint: (point) => encode(point, false),
    encodeCompressed: (point) => encode(point, true),
  };
}

function edwards(name: CurveName, points: EdwardsPointCons, cofactor: bigint): Curve {
  return {
    name,
    cofactor,
    order: points.Fn.ORDER,
    scalarBytes: byteLength(points.Fn.ORDER),
    points: points,
    scalars: points.Fn,
    pointLengths: [points.BASE.toBytes().length],
    decodePoint: (bytes) => decodeOrNothing(() => points.fromBytes(bytes)),
    encodePoint: (point) => point.toBytes(),
    encodeCompressed: (point) => point.toBytes(),
  };
}

/** Not noble's `Fn.BYTES`, which on Ed448 counts the octet that RFC 8032 adds for clamping. */
function byteLength(order: bigint): number {
  return Math.ceil(order.toString(2).length / 8);
}

/** noble says of a bad point by throwing that it is one; what it throws says nothing more that we need. */
function decodeOrNothing(decode: () => Point): Point | undefined {
  try {
    const point = decode();
    return point.is0() ? undefined : point;
  } catch {
    return undefined;
  }
}
