import { createDecipheriv } from 'node:crypto';

/** A block cipher in CBC mode: the runtime's name of it, and its sizes in bytes. */
export interface CbcCipher {
  readonly name: 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc' | 'des-ede3-cbc';
  readonly keyBytes: number;
  readonly blockBytes: number;
}

/** AES with a 128-bit key. Source: NIST SP 800-38A. */
export const AES_128_CBC: CbcCipher = { name: 'aes-128-cbc', keyBytes: 16, blockBytes: 16 };

/** AES with a 192-bit key. Source: NIST SP 800-38A. */
export const AES_192_CBC: CbcCipher = { name: 'aes-192-cbc', keyBytes: 24, blockBytes: 16 };

/** AES with a 256-bit key. Source: NIST SP 800-38A. */
export const AES_256_CBC: CbcCipher = { name: 'aes-256-cbc', keyBytes: 32, blockBytes: 16 };

/** Triple DES with three keys. Source: NIST SP 800-67. */
export const DES_EDE3_CBC: CbcCipher = { name: 'des-ede3-cbc', keyBytes: 24, blockBytes: 8 };

/**
 * Decrypts CBC and takes the padding off (RFC 8018 6.1.1); undefined where the padding is wrong, which most
 * often means a wrong key.
 * @param cipher its sizes fit `key` and `iv`; `ciphertext` is whole blocks
 * @returns the plaintext, the caller's to wipe
 */
export function decryptCbc(
  cipher: CbcCipher,
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array | undefined {
  const decipher = createDecipheriv(cipher.name, key, iv).setAutoPadding(false);
  const padded = decipher.update(ciphertext);
  decipher.final();
  const padding = padded.at(-1) ?? 0;
  const fits = padding >= 1 && padding <= cipher.blockBytes && padding <= padded.length;
  if (fits && padded.subarray(-padding).every((byte) => byte === padding))
    return padded.subarray(0, -padding);
  padded.fill(0);
  return undefined;
}
