import { ed25519 } from '@noble/curves/ed25519.js';

import type { SecretBytes } from '../bytes/secret-bytes.ts';

/** Bytes of a seed, and of a public key. */
export const KEY_BYTES = 32;

/** Bytes of a signature. */
export const SIGNATURE_BYTES = 64;

/** The public key of a seed, 32 bytes. Source: RFC 8032 5.1.5. */
export function publicKeyOf(seed: SecretBytes): Uint8Array {
  return seed.use((bytes) => ed25519.getPublicKey(bytes));
}

/** Signs a message, 64 bytes. Source: RFC 8032 5.1.6. */
export function sign(message: Uint8Array, seed: SecretBytes): Uint8Array {
  return seed.use((bytes) => ed25519.sign(message, bytes));
}

/** Whether a signature is one of this message by this key, in the strict sense of RFC 8032 5.1.7. */
export function isSignatureOf(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    // Noble throws at bytes that are no point, which to us is a signature that does not fit.
    return false;
  }
}
