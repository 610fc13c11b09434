import { sha512_256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { base32nopad } from '@scure/base';

import { requireEd25519Key } from './public-key.ts';

const CHECKSUM_BYTES = 4;

/**
 * The account of a key on Algorand: the key and the tail of its SHA-512/256.
 * Source: developer.algorand.org, "Accounts: transformation from public key to address".
 * @param publicKey 32 bytes, Ed25519
 * @returns base32, 58 characters, no padding
 */
export function algorandAddress(publicKey: Uint8Array): string {
  requireEd25519Key(publicKey);
  const checksum = sha512_256(publicKey).subarray(-CHECKSUM_BYTES);
  return base32nopad.encode(concatBytes(publicKey, checksum));
}
