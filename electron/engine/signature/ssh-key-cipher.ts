import bcryptPbkdf from 'bcrypt-pbkdf';

import type { SecretBytes } from '../bytes/secret-bytes.ts';

/** What an OpenSSH private key starts with. Source: OpenSSH PROTOCOL.key. */
export const KEY_MAGIC = new TextEncoder().encode('openssh-key-v1\0');

/** The cipher that ssh-keygen takes unless told otherwise, by its name in SSH (RFC 4344 4) and in Node. */
export const CIPHER = 'aes256-ctr';
export const CIPHER_OF_NODE = 'aes-256-ctr';

/** Bytes of the cipher's key; its counter follows, of one block. */
export const CIPHER_KEY_BYTES = 32;
export const BLOCK_BYTES = 16;

/** How a password becomes the key and the counter. */
export interface SshKeyEncryption {
  readonly salt: Uint8Array;
  readonly rounds: number;
}

/**
 * Derives key and counter from a password by bcrypt's own derivation. Source: OpenSSH PROTOCOL.key.
 * @returns 48 bytes, the caller's to wipe; undefined for an empty password, which no key has
 */
export function deriveSshCipherKey(
  password: SecretBytes,
  { salt, rounds }: SshKeyEncryption,
): Uint8Array | undefined {
  const key = new Uint8Array(CIPHER_KEY_BYTES + BLOCK_BYTES);
  const failed = password.use((bytes) =>
    bcryptPbkdf.pbkdf(bytes, bytes.length, salt, salt.length, key, key.length, rounds),
  );
  return failed === 0 ? key : undefined;
}
