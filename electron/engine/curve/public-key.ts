import { CURVE_NAMES, type CurveName } from '../../../shared/curve-name.ts';
import { parseHex } from '../bytes/hex.ts';
import { equalBytes } from '../bytes/compare.ts';
import { curveOf, type Curve, type Point } from './curve.ts';

/**
 * The AlgorithmIdentifier of each curve, in DER. Source: RFC 5480 2.1.1 (id-ecPublicKey with a named curve),
 * RFC 8410 3.
 */
const ALGORITHMS: Readonly<Record<CurveName, Uint8Array>> = {
  secp256k1: parseHex('301006072a8648ce3d020106052b8104000a', 'secp256k1'),
  'P-224': parseHex('301006072a8648ce3d020106052b81040021', 'P-224'),
  'P-256': parseHex('301306072a8648ce3d020106082a8648ce3d030107', 'P-256'),
  'P-384': parseHex('301006072a8648ce3d020106052b81040022', 'P-384'),
  'P-521': parseHex('301006072a8648ce3d020106052b81040023', 'P-521'),
  'ED-25519': parseHex('300506032b6570', 'ED-25519'),
  'ED-448': parseHex('300506032b6571', 'ED-448'),
};

/** An encoded point, and the curve that its SubjectPublicKeyInfo names. */
export interface SpkiPoint {
  readonly curve: Curve;
  readonly point: Uint8Array;
}

/**
 * Writes a SubjectPublicKeyInfo in DER. Source: RFC 5280 4.1.2.7.
 * @param curve of the point
 * @param point encoded, of any length the curve allows
 */
export function encodeSpki(curve: Curve, point: Uint8Array): Uint8Array {
  return Uint8Array.from([...spkiHeader(curve, point.length), ...point]);
}

/**
 * Reads a SubjectPublicKeyInfo of one of the seven curves; the point itself is not decoded. Undefined when it is
 * anything else: a curve and a point length fix every byte before the point, so these are compared whole.
 */
export function parseSpkiPoint(der: Uint8Array): SpkiPoint | undefined {
  for (const curve of CURVE_NAMES.map(curveOf)) {
    for (const length of curve.pointLengths) {
      const header = spkiHeader(curve, length);
      if (
        der.length === header.length + length &&
        equalBytes(der.subarray(0, header.length), Uint8Array.from(header))
      ) {
        return { curve, point: der.subarray(header.length) };
      }
    }
  }
  return undefined;
}

/**
 * Reads a public key that may be a SubjectPublicKeyInfo or a bare point, and is of the curve given. Undefined when
 * it is neither, or is not on the curve.
 */
export function decodePublicKey(curve: Curve, bytes: Uint8Array): Point | undefined {
  const spki = parseSpkiPoint(bytes);
  if (spki === undefined) return curve.decodePoint(bytes);
  return spki.curve === curve ? curve.decodePoint(spki.point) : undefined;
}

function spkiHeader(curve: Curve, pointLength: number): readonly number[] {
  const algorithm = ALGORITHMS[curve.name];
  const bitString = [0x03, ...derLength(pointLength + 1), 0x00];
  return [0x30, ...derLength(algorithm.length + bitString.length + pointLength), ...algorithm, ...bitString];
}

/** A DER length; a public key of these curves is shorter than 256 bytes. */
function derLength(length: number): readonly number[] {
  return length < 0x80 ? [length] : [0x81, length];
}
