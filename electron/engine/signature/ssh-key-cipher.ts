import { createHash } from 'node:crypto';

import bcryptPbkdf from 'bcrypt-pbkdf';

import type { SecretBytes } from '../bytes/secret-bytes.ts';
import { joined, sshNumber } from './ssh-wire.ts';

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

/** Parts of 32 bytes that are derived each by itself, and then laid between one another. */
const PARTS = Math.ceil((CIPHER_KEY_BYTES + BLOCK_BYTES) / bcryptPbkdf.HASHSIZE);

/**
 * Derives key and counter from a password by bcrypt_pbkdf. Source: OpenSSH PROTOCOL.key; OpenBSD, bcrypt_pbkdf(3).
 * The package's own derivation does all rounds in one go, some seconds for a hundred: here the event loop lives between
 * two hashes.
 * @returns 48 bytes, the caller's to wipe; undefined for an empty password, which no key has
 */
export async function deriveSshCipherKey(
  password: SecretBytes,
  { salt, rounds }: SshKeyEncryption,
): Promise<Uint8Array | undefined> {
  if (password.length === 0) return undefined;
  const key = new Uint8Array(CIPHER_KEY_BYTES + BLOCK_BYTES);
  const hashedPassword = password.use(sha512);
  try {
    for (let part = 0; part < PARTS; part++) {
      const mixed = await mixRounds(hashedPassword, joined(salt, sshNumber(part + 1)), rounds);
      for (let i = 0; i * PARTS + part < key.length; i++) key[i * PARTS + part] = mixed[i] ?? 0;
      mixed.fill(0);
    }
    return key;
  } finally {
    hashedPassword.fill(0);
  }
}

/** Hashes the salt, then each hash again, and adds all of them up without carry. */
async function mixRounds(hashedPassword: Uint8Array, salt: Uint8Array, rounds: number): Promise<Uint8Array> {
  const mixed = new Uint8Array(bcryptPbkdf.HASHSIZE);
  const hash = new Uint8Array(bcryptPbkdf.HASHSIZE);
  for (let round = 0; round < rounds; round++) {
    const hashedSalt = sha512(round === 0 ? salt : hash);
    bcryptPbkdf.hash(hashedPassword, hashedSalt, hash);
    hashedSalt.fill(0);
    for (const [i, byte] of hash.entries()) mixed[i] = (mixed[i] ?? 0) ^ byte;
    await new Promise(setImmediate);
  }
  hash.fill(0);
  return mixed;
}

function sha512(bytes: Uint8Array): Buffer {
  return createHash('sha512').update(bytes).digest();
}
