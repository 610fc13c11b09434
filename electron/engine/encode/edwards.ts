import { CURVE_NAMES, type CurveName } from '../../../shared/curve-name.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import type { RandomBytes } from '../bytes/random.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import type { Curve } from '../curve/curve.ts';
import { decodeClearText, encodeHexLine, startsWithText, withComments } from './clear-text.ts';

/** Bytes of an Ed25519 scalar, and of the prefix that goes with it. Source: RFC 8032 5.1.5. */
const HALF_BYTES = 32;
const EXPANDED_LABEL = 'Ed25519 expanded private key, hex';

/** Whether keys of a curve are scalars that others take for seeds. Source: docs/export.md, "Ed25519". */
export function isEdwards({ name }: Curve): boolean {
  return name === 'ED-25519' || name === 'ED-448';
}

/**
 * Writes an Edwards key as what it is: its scalar in hex, big-endian, under lines that say that it is no seed.
 * @param curve for its name
 * @param scalar big-endian, as wide as the order
 */
export function encodeEdwardsScalar(curve: Curve, scalar: SecretBytes): SecretBytes {
  const hex = encodeHexLine(scalar);
  try {
    return withComments(
      [
        labelOf(curve.name),
        'It is not a seed: a program that hashes it makes another key, with another address.',
      ],
      hex,
    );
  } finally {
    hex.wipe();
  }
}

/** The Edwards curve that the first line of such a text names; undefined where it names none. */
export function labelledCurve(content: Uint8Array): CurveName | undefined {
  return CURVE_NAMES.find((name) => startsWithText(content, `# ${labelOf(name)}`));
}

/**
 * Writes an Ed25519 key in its expanded form: the scalar, little-endian, and 32 fresh bytes in the place of the prefix
 * that a seed would have given (RFC 8032 5.1.5 and 5.1.6). The prefix only makes the nonces: with another one the
 * signatures differ, and are valid all the same. Hex, under lines that say what it is.
 * @param scalar big-endian, 32 bytes
 * @param randomBytes gives the prefix
 */
export function encodeExpanded(scalar: SecretBytes, randomBytes: RandomBytes): SecretBytes {
  const expanded = scalar.use((bytes) =>
    SecretBytes.consume(Uint8Array.from([...bytes.toReversed(), ...randomBytes(HALF_BYTES)])),
  );
  const hex = encodeHexLine(expanded);
  try {
    return withComments(
      [
        `${EXPANDED_LABEL}: 32 bytes of scalar, little-endian, then 32 bytes of nonce prefix.`,
        'It is not the 64-byte secret key of a wallet, which is a seed and a public key.',
        'The scalar is not clamped: a library that clamps it makes another key. Compare the public key first.',
      ],
      hex,
    );
  } finally {
    expanded.wipe();
    hex.wipe();
  }
}

/** Reads the scalar of an expanded key, big-endian. Fails with `wallet-key.not-understood`. */
export function decodeExpanded(content: Uint8Array): SecretBytes {
  const expanded = decodeClearText(content);
  try {
    if (expanded.length !== 2 * HALF_BYTES) throw new RecoveryError('wallet-key.not-understood');
    return expanded.use((bytes) => SecretBytes.consume(bytes.slice(0, HALF_BYTES).reverse()));
  } finally {
    expanded.wipe();
  }
}

/** Whether a text says that it is such a key. */
export function looksLikeExpanded(content: Uint8Array): boolean {
  return startsWithText(content, `# ${EXPANDED_LABEL}`);
}

function labelOf(name: CurveName): string {
  return `${name} private scalar, big-endian hex.`;
}
