import { RecoveryError } from '../../../shared/recovery-error.ts';

/** The least modulus that is read, in bits; the odd small keys of old backups lie above it. */
export const MIN_MODULUS_BITS = 512;

/** The largest modulus that is read, in bits: what the runtime's own RSA computes with. */
export const MAX_MODULUS_BITS = 16_384;

const MAX_EXPONENT_BITS = 33;

/** Counts the bits of a magnitude: big-endian bytes without leading zeros. */
export function bitLength(magnitude: Uint8Array): number {
  const [first] = magnitude;
  return first === undefined ? 0 : magnitude.length * 8 - (Math.clz32(first) - 24);
}

/**
 * Refuses a public key that no runtime computes with. Source: RFC 8017 3.1.
 * Fails with `rsa-key.malformed` for numbers that are no RSA key, `rsa-key.unsupported` for sizes out of range.
 * @param modulus magnitude, big-endian
 * @param exponent magnitude, big-endian
 */
export function checkRsaNumbers(modulus: Uint8Array, exponent: Uint8Array): void {
  const modulusBits = bitLength(modulus);
  if (!isOdd(modulus)) throw new RecoveryError('rsa-key.malformed', { field: 'modulus' });
  if (modulusBits < MIN_MODULUS_BITS || modulusBits > MAX_MODULUS_BITS) {
    throw new RecoveryError('rsa-key.unsupported', { what: 'key size', modulusBits });
  }
  const exponentBits = bitLength(exponent);
  if (!isOdd(exponent) || exponentBits < 2)
    throw new RecoveryError('rsa-key.malformed', { field: 'exponent' });
  if (exponentBits > MAX_EXPONENT_BITS) {
    throw new RecoveryError('rsa-key.unsupported', { what: 'exponent size', exponentBits });
  }
}

function isOdd(magnitude: Uint8Array): boolean {
  return ((magnitude.at(-1) ?? 0) & 1) === 1;
}
