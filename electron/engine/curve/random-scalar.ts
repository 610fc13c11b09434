import { bigEndianToInteger } from '../bytes/integer.ts';
import type { RandomBytes } from '../bytes/random.ts';
import type { Curve } from './curve.ts';

/** So many more bytes than the order has that reducing is biased by less than 2^-128. Source: FIPS 186-5 A.2.1. */
const EXTRA_BYTES = 16;

/** A random scalar from 1 to the order, which is excluded. */
export function randomScalar(curve: Curve, randomBytes: RandomBytes): bigint {
  const bytes = randomBytes(curve.scalarBytes + EXTRA_BYTES);
  const scalar = (bigEndianToInteger(bytes) % (curve.order - 1n)) + 1n;
  bytes.fill(0);
  return scalar;
}
