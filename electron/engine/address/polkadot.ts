import { blake2b } from '@noble/hashes/blake2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { base58 } from '@scure/base';

import { requireEd25519Key } from './public-key.ts';

const POLKADOT_NETWORK = 0;
const CHECKSUM_BYTES = 2;
const CHECKSUM_DOMAIN = new Uint8Array(Buffer.from('SS58PRE', 'ascii'));

/**
 * The account of a key on Polkadot's relay chain, in SS58. Source: docs.substrate.io, "SS58 address format".
 * @param publicKey 32 bytes, Ed25519; it is the account id
 * @returns base58, beginning with 1
 */
export function polkadotAddress(publicKey: Uint8Array): string {
  requireEd25519Key(publicKey);
  const payload = concatBytes(Uint8Array.of(POLKADOT_NETWORK), publicKey);
  const checksum = blake2b(concatBytes(CHECKSUM_DOMAIN, payload)).subarray(0, CHECKSUM_BYTES);
  return base58.encode(concatBytes(payload, checksum));
}
