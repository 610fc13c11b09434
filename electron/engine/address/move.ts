import { blake2b } from '@noble/hashes/blake2.js';
import { sha3_256 } from '@noble/hashes/sha3.js';
import { concatBytes } from '@noble/hashes/utils.js';

import { toHex } from '../bytes/hex.ts';
import { requireEd25519Key } from './public-key.ts';

const APTOS_ED25519_SCHEME = 0x00;
const SUI_ED25519_FLAG = 0x00;
const SUI_HASH_BYTES = 32;

/**
 * The account that a key opens on Aptos: its first authentication key, which a later rotation leaves as the
 * address. Source: aptos.dev, "Accounts: authentication key"; AIP-40 for the long form.
 * @param publicKey 32 bytes, Ed25519
 * @returns 0x and 64 lower-case hex digits
 */
export function aptosAddress(publicKey: Uint8Array): string {
  requireEd25519Key(publicKey);
  return `0x${toHex(sha3_256(concatBytes(publicKey, Uint8Array.of(APTOS_ED25519_SCHEME))))}`;
}

/**
 * The account of a key on Sui. Source: docs.sui.io, "Keys and addresses".
 * @param publicKey 32 bytes, Ed25519
 * @returns 0x and 64 lower-case hex digits
 */
export function suiAddress(publicKey: Uint8Array): string {
  requireEd25519Key(publicKey);
  const flaggedKey = concatBytes(Uint8Array.of(SUI_ED25519_FLAG), publicKey);
  return `0x${toHex(blake2b(flaggedKey, { dkLen: SUI_HASH_BYTES }))}`;
}
