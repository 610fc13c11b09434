import { toHex } from './hex.ts';

/** Reads bytes as an unsigned big-endian integer; no bytes are zero. */
export function bigEndianToInteger(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`);
}

/**
 * Writes an unsigned integer big-endian. Throws, as a bug, when it does not fit.
 * @param value not negative
 * @param length bytes of the result
 */
export function integerToBigEndian(value: bigint, length: number): Uint8Array {
  const digits = value.toString(16).padStart(length * 2, '0');
  if (value < 0n || digits.length > length * 2) throw new Error('integer does not fit its width');
  return new Uint8Array(Buffer.from(digits, 'hex'));
}

/** Writes a whole number below 2^32 as 4 big-endian bytes. */
export function uint32BigEndian(value: number): Uint8Array {
  return integerToBigEndian(BigInt(value), 4);
}
