import { secp256k1 } from '@noble/curves/secp256k1.js';

const ED25519_KEY_BYTES = 32;

/**
 * Throws, as a bug, unless the bytes are a point of secp256k1 in compressed form. Source: SEC 1 2.3.4.
 * @param publicKey must be 33 bytes: 02 or 03, then x
 */
export function requireSecp256k1Key(publicKey: Uint8Array): void {
  if (!secp256k1.utils.isValidPublicKey(publicKey, true)) {
    throw new Error('not a compressed secp256k1 public key');
  }
}

/**
 * Throws, as a bug, unless the bytes have the length of an Ed25519 public key. Source: RFC 8032 5.1.5.
 * @param publicKey must be 32 bytes
 */
export function requireEd25519Key(publicKey: Uint8Array): void {
  if (publicKey.length !== ED25519_KEY_BYTES) throw new Error('not an Ed25519 public key');
}
