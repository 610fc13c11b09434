import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';

const CHECKSUM_BYTES = 4;

/**
 * Hashes bytes to the 20 bytes that Bitcoin's family, XRP Ledger and Cosmos name an account by: RIPEMD-160 of
 * SHA-256. Source: BIP-141, HASH160.
 */
export function hash160(bytes: Uint8Array): Uint8Array {
  return ripemd160(sha256(bytes));
}

/**
 * Appends the 4-byte checksum of base58check, the head of SHA-256 of SHA-256.
 * Source: Bitcoin wiki, "Base58Check encoding".
 * @param payload version byte and content
 */
export function withBase58Checksum(payload: Uint8Array): Uint8Array {
  return concatBytes(payload, sha256(sha256(payload)).subarray(0, CHECKSUM_BYTES));
}
