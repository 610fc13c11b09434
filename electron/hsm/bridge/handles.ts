import { endianness } from 'node:os';

import type { Handle } from './pkcs11js.ts';

/** A handle as lower-case hex, big-endian, so that it can be sent and compared. */
export function handleToHex(handle: Handle): string {
  return bigEndian(handle).toString('hex');
}

/**
 * The handle of a number.
 * @param hex from `handleToHex`
 */
export function hexToHandle(hex: string): Handle {
  return bigEndian(Buffer.from(hex, 'hex'));
}

function bigEndian(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  return endianness() === 'LE' ? copy.reverse() : copy;
}
