import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { base58 } from '@scure/base';

import { toHex } from '../bytes/hex.ts';
import { withBase58Checksum } from './hash.ts';
import { requireSecp256k1Key } from './public-key.ts';

const ACCOUNT_BYTES = 20;
const TRON_PREFIX = 0x41;

/**
 * The account of a key on Ethereum and every chain built like it. Source: EIP-55.
 * @param publicKey 33 bytes, compressed
 * @returns 0x and 40 hex digits, their case the checksum
 */
export function ethereumAddress(publicKey: Uint8Array): string {
  return withEip55Case(toHex(accountOf(publicKey)));
}

/**
 * The EVM alias of a key on Hedera: the same 20 bytes as on Ethereum. Hedera prints it in lower case; the case
 * of the checksum changes no digit of it. Source: HIP-583.
 * @param publicKey 33 bytes, compressed
 * @returns 0x and 40 hex digits, their case the checksum of EIP-55
 */
export function hederaEvmAlias(publicKey: Uint8Array): string {
  return ethereumAddress(publicKey);
}

/**
 * The account of a key on Tron. Source: developers.tron.network, "Accounts: address format".
 * @param publicKey 33 bytes, compressed
 * @returns base58check of 0x41 and the same 20 bytes as on Ethereum, beginning with T
 */
export function tronAddress(publicKey: Uint8Array): string {
  return base58.encode(withBase58Checksum(concatBytes(Uint8Array.of(TRON_PREFIX), accountOf(publicKey))));
}

/**
 * Writes an account's digits with the checksum in the case of its letters. Source: EIP-55.
 * @param digits 40 lower-case hex digits, no prefix
 * @returns 0x and 40 hex digits
 */
export function withEip55Case(digits: string): string {
  const hashDigits = toHex(keccak_256(Buffer.from(digits, 'ascii')));
  const cased = Array.from(digits, (digit, index) =>
    parseInt(hashDigits.charAt(index), 16) >= 8 ? digit.toUpperCase() : digit,
  );
  return `0x${cased.join('')}`;
}

function accountOf(publicKey: Uint8Array): Uint8Array {
  requireSecp256k1Key(publicKey);
  // What is hashed is x and y alone, without the byte that tells the form of the encoding.
  const coordinates = secp256k1.Point.fromBytes(publicKey).toBytes(false).subarray(1);
  return keccak_256(coordinates).subarray(-ACCOUNT_BYTES);
}
