import { DER_TAG } from './der.ts';

/**
 * Writes one DER value: tag, minimal length, content. Source: X.690 10.1.
 * @param tag the identifier octet
 * @param parts the content, in pieces
 */
export function derValue(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const header = [tag, ...lengthOctets(length)];
  const value = new Uint8Array(header.length + length);
  value.set(header);
  let offset = header.length;
  for (const part of parts) {
    value.set(part, offset);
    offset += part.length;
  }
  return value;
}

/** Writes a SEQUENCE of values that are DER already. Source: X.690 8.9. */
export function derSequence(...values: readonly Uint8Array[]): Uint8Array {
  return derValue(DER_TAG.sequence, ...values);
}

/**
 * Writes a non-negative INTEGER. Source: X.690 8.3.
 * @param magnitude big-endian; leading zeros are dropped
 */
export function derInteger(magnitude: Uint8Array): Uint8Array {
  const start = magnitude.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? new Uint8Array(1) : magnitude.subarray(start);
  const sign = (digits[0] ?? 0) >= 0x80 ? new Uint8Array(1) : new Uint8Array(0);
  return derValue(DER_TAG.integer, sign, digits);
}

/** Writes an OCTET STRING. Source: X.690 8.7. */
export function derOctetString(content: Uint8Array): Uint8Array {
  return derValue(DER_TAG.octetString, content);
}

/** Writes a BIT STRING of whole bytes. Source: X.690 8.6. */
export function derBitString(content: Uint8Array): Uint8Array {
  return derValue(DER_TAG.bitString, new Uint8Array(1), content);
}

/** Writes a NULL. Source: X.690 8.8. */
export function derNull(): Uint8Array {
  return derValue(DER_TAG.null);
}

/**
 * Writes an OBJECT IDENTIFIER; throws, as a bug, on text that is none. Source: X.690 8.19.
 * @param dotted such as `1.2.840.113549.1.1.1`
 */
export function derOid(dotted: string): Uint8Array {
  const [top, second, ...tail] = dotted.split('.').map(Number);
  if (
    top === undefined ||
    second === undefined ||
    [top, second, ...tail].some((arc) => !Number.isInteger(arc))
  ) {
    throw new Error('not an object identifier');
  }
  const octets = [top * 40 + second, ...tail].flatMap(base128);
  return derValue(DER_TAG.oid, Uint8Array.from(octets));
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}

function base128(arc: number): number[] {
  const septets = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
    septets.unshift(0x80 | (rest % 128));
  }
  return septets;
}
