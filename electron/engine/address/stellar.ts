import { concatBytes } from '@noble/hashes/utils.js';
import { base32nopad } from '@scure/base';

import { requireEd25519Key } from './public-key.ts';

const ED25519_PUBLIC_KEY = 6 << 3;
const CRC16_POLYNOMIAL = 0x1021;

/**
 * The account of a key on Stellar, as a strkey. Source: SEP-23.
 * @param publicKey 32 bytes, Ed25519
 * @returns base32, 56 characters, beginning with G
 */
export function stellarAddress(publicKey: Uint8Array): string {
  requireEd25519Key(publicKey);
  const payload = concatBytes(Uint8Array.of(ED25519_PUBLIC_KEY), publicKey);
  const crc = crc16(payload);
  // The checksum stands with its low byte first, unlike anything else in a strkey.
  return base32nopad.encode(concatBytes(payload, Uint8Array.of(crc & 0xff, crc >> 8)));
}

function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ CRC16_POLYNOMIAL;
    }
    crc &= 0xffff;
  }
  return crc;
}
