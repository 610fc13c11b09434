import { concatBytes } from '@noble/hashes/utils.js';
import { base58xrp } from '@scure/base';

import { hash160, withBase58Checksum } from './hash.ts';
import { requireEd25519Key, requireSecp256k1Key } from './public-key.ts';

const ACCOUNT_PREFIX = 0x00;
const ED25519_PREFIX = 0xed;

/**
 * The classic address of a secp256k1 key on the XRP Ledger. Source: xrpl.org, "Addresses: address encoding".
 * @param publicKey 33 bytes, compressed
 * @returns base58check in the ledger's own alphabet, beginning with r
 */
export function xrpSecp256k1Address(publicKey: Uint8Array): string {
  requireSecp256k1Key(publicKey);
  return classicAddress(publicKey);
}

/**
 * The classic address of an Ed25519 key on the XRP Ledger, which marks such a key with the byte ED.
 * Source: xrpl.org, "Addresses: address encoding".
 * @param publicKey 32 bytes, without the mark
 * @returns base58check in the ledger's own alphabet, beginning with r
 */
export function xrpEd25519Address(publicKey: Uint8Array): string {
  requireEd25519Key(publicKey);
  return classicAddress(concatBytes(Uint8Array.of(ED25519_PREFIX), publicKey));
}

function classicAddress(markedKey: Uint8Array): string {
  const payload = concatBytes(Uint8Array.of(ACCOUNT_PREFIX), hash160(markedKey));
  return base58xrp.encode(withBase58Checksum(payload));
}
