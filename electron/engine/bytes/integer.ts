/**
 * Reads bytes as an unsigned big-endian integer, without making a string of them; no bytes are zero. An integer can't
 * be wiped: only the end of the process takes it away.
 */
export function bigEndianToInteger(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = bytes.length % 8;
  let value = 0n;
  for (let i = 0; i < head; i++) value = (value << 8n) | BigInt(view.getUint8(i));
  for (let i = head; i < bytes.length; i += 8) value = (value << 64n) | view.getBigUint64(i);
  return value;
}

/**
 * Writes an unsigned integer big-endian, without making a string of it. Throws, as a bug, when it does not fit.
 * @param value not negative
 * @param length bytes of the result
 */
export function integerToBigEndian(value: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let i = length - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  if (rest !== 0n) throw new Error('integer does not fit its width');
  return bytes;
}

/** Writes a whole number below 2^32 as 4 big-endian bytes. */
export function uint32BigEndian(value: number): Uint8Array {
  return integerToBigEndian(BigInt(value), 4);
}
