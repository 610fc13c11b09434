import { createCipheriv } from 'node:crypto';

import { toBase64 } from '../bytes/base64.ts';
import type { RandomBytes } from '../bytes/random.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { KEY_BYTES, publicKeyOf } from './ed25519.ts';
import {
  BLOCK_BYTES,
  CIPHER,
  CIPHER_KEY_BYTES,
  CIPHER_OF_NODE,
  deriveSshCipherKey,
  KEY_MAGIC,
  type SshKeyEncryption,
} from './ssh-key-cipher.ts';
import { SSH_ED25519, sshFingerprint, sshPublicKeyLine, writeSshPublicKey } from './ssh-public-key.ts';
import { joined, sshNumber, sshString } from './ssh-wire.ts';

/** As ssh-keygen takes unless told otherwise. */
const ROUNDS = 24;
const SALT_BYTES = 16;
const CHECK_BYTES = 4;
const LINE_CHARACTERS = 70;

/** A new signing key, as its two files. */
export interface NewSshKey {
  /** The private key's file, encrypted; the caller wipes it. */
  readonly privateFile: SecretBytes;
  readonly publicFile: Uint8Array;
  readonly fingerprint: string;
}

/**
 * Makes an Ed25519 key in OpenSSH's form, encrypted with a password, which `ssh-keygen` and `record sign` read.
 * Source: OpenSSH PROTOCOL.key; RFC 8709.
 * @param password not empty; the caller wipes it
 * @param comment one line, which is public
 * @param randomBytes draws the key and the salt
 */
export async function makeSshKey(
  password: SecretBytes,
  comment: string,
  randomBytes: RandomBytes,
): Promise<NewSshKey> {
  const seed = SecretBytes.consume(randomBytes(KEY_BYTES));
  try {
    const publicKey = publicKeyOf(seed);
    const encryption = { salt: randomBytes(SALT_BYTES), rounds: ROUNDS };
    const plain = secretPart(seed, publicKey, comment, randomBytes(CHECK_BYTES));
    const sealed = await seal(plain, password, encryption);
    const binary = joined(
      KEY_MAGIC,
      sshString(CIPHER),
      sshString('bcrypt'),
      sshString(joined(sshString(encryption.salt), sshNumber(encryption.rounds))),
      sshNumber(1),
      sshString(writeSshPublicKey(publicKey)),
      sshString(sealed),
    );
    return {
      privateFile: SecretBytes.consume(new TextEncoder().encode(armored(binary))),
      publicFile: new TextEncoder().encode(`${sshPublicKeyLine(publicKey, comment)}\n`),
      fingerprint: sshFingerprint(publicKey),
    };
  } finally {
    seed.wipe();
  }
}

/** The check twice, by which a reader sees that the password was right; then the key; then 1, 2, 3 to a full block. */
function secretPart(
  seed: SecretBytes,
  publicKey: Uint8Array,
  comment: string,
  check: Uint8Array,
): SecretBytes {
  return seed.use((bytes) => {
    const secret = joined(bytes, publicKey);
    const framed = sshString(secret);
    const text = sshString(new TextEncoder().encode(comment));
    const part = joined(check, check, sshString(SSH_ED25519), sshString(publicKey), framed, text);
    const padding = Uint8Array.from({ length: -part.length & (BLOCK_BYTES - 1) }, (_, i) => i + 1);
    try {
      return SecretBytes.consume(joined(part, padding));
    } finally {
      for (const copy of [secret, framed, part]) copy.fill(0);
    }
  });
}

/** Encrypts, and wipes what it encrypted. */
async function seal(
  plain: SecretBytes,
  password: SecretBytes,
  encryption: SshKeyEncryption,
): Promise<Uint8Array> {
  const keyAndIv = await deriveSshCipherKey(password, encryption);
  if (keyAndIv === undefined) throw new Error('a new key has a password');
  try {
    const [key, iv] = [keyAndIv.subarray(0, CIPHER_KEY_BYTES), keyAndIv.subarray(CIPHER_KEY_BYTES)];
    return plain.use((bytes) => new Uint8Array(createCipheriv(CIPHER_OF_NODE, key, iv).update(bytes)));
  } finally {
    keyAndIv.fill(0);
    plain.wipe();
  }
}

function armored(binary: Uint8Array): string {
  const lines = toBase64(binary).match(new RegExp(`.{1,${String(LINE_CHARACTERS)}}`, 'g')) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join(
    '\n',
  );
}
