import { base58 } from '@scure/base';

import { toHex } from '../bytes/hex.ts';
import { requireEd25519Key } from './public-key.ts';

/**
 * The account of a key on Solana, which is the key itself. Source: solana.com/docs, "Accounts".
 * @param publicKey 32 bytes, Ed25519
 * @returns base58, no checksum
 */
export function solanaAddress(publicKey: Uint8Array): string {
  requireEd25519Key(publicKey);
  return base58.encode(publicKey);
}

/**
 * The implicit account of a key on NEAR, which is the key itself. Source: nomicon.io, "Account: implicit account IDs".
 * @param publicKey 32 bytes, Ed25519
 * @returns 64 lower-case hex digits, no prefix
 */
export function nearImplicitAccount(publicKey: Uint8Array): string {
  requireEd25519Key(publicKey);
  return toHex(publicKey);
}
