import { curveOf, decodeScalar, inPrimeSubgroup, type Curve, type Point } from '../curve/curve.ts';
import { toHex } from '../bytes/hex.ts';
import type { ProvenPart } from './backup.ts';

/** A player's part with its points and scalars read. */
export interface DecodedPart {
  readonly curve: Curve;
  readonly publicKey: Point;
  /** This player's own commitment, C_i. */
  readonly commitment: Point;
  /** Y_1 to Y_K as they stand in the file: reading them is left to the check of the values. */
  readonly valuePoints: readonly Uint8Array[];
  readonly openedValues: readonly bigint[];
}

/** Where a point or scalar can't be read. */
export interface EncodingFault {
  readonly field: 'public_key' | 'key_share_commitments' | 'vs';
  readonly index: number;
}

/** Reads points that every player's part repeats only once; on Edwards curves each costs a subgroup check. */
export type PointReader = (curve: Curve, bytes: Uint8Array) => Point | undefined;

/**
 * A reader of points on the curve and in its prime-order subgroup, which remembers what it read.
 * Source: docs/ers.md, "Encodings".
 */
export function rememberingPointReader(): PointReader {
  const known = new Map<string, Point | undefined>();
  return (curve, bytes) => {
    const name = `${curve.name}:${toHex(bytes)}`;
    if (!known.has(name)) {
      const point = curve.decodePoint(bytes);
      known.set(name, point !== undefined && inPrimeSubgroup(curve, point) ? point : undefined);
    }
    return known.get(name);
  };
}

/**
 * Reads the points and scalars of one part, but for the Y_k, or names the first that can't be read.
 * @param part the player's part; it has a commitment of its own
 * @param read reads the points that have to be in the prime-order subgroup by themselves
 */
export function decodePart(part: ProvenPart, read: PointReader): DecodedPart | EncodingFault {
  const curve = curveOf(part.curve);
  const publicKey = read(curve, part.publicKey);
  if (publicKey === undefined) return { field: 'public_key', index: 0 };
  for (const [player, bytes] of part.shareCommitments) {
    if (read(curve, bytes) === undefined) return { field: 'key_share_commitments', index: player };
  }
  const own = part.shareCommitments.get(part.playerIndex);
  const commitment = own === undefined ? undefined : read(curve, own);
  if (commitment === undefined) return { field: 'key_share_commitments', index: part.playerIndex };
  const openedValues: bigint[] = [];
  for (const [index, bytes] of part.openedValues.entries()) {
    const value = decodeScalar(curve, bytes);
    if (value === undefined) return { field: 'vs', index };
    openedValues.push(value);
  }
  return { curve, publicKey, commitment, valuePoints: part.valuePoints, openedValues };
}
