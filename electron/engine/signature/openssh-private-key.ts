import { createDecipheriv } from 'node:crypto';

import bcryptPbkdf from 'bcrypt-pbkdf';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import { equalBytes } from '../bytes/compare.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { KEY_BYTES, publicKeyOf } from './ed25519.ts';
import { readSshPublicKey, SSH_ED25519 } from './ssh-public-key.ts';
import { joined, SshReader, sshNumber, sshString } from './ssh-wire.ts';

const MAGIC = new TextEncoder().encode('openssh-key-v1\0');
const CIPHER = 'aes256-ctr';
const CIPHER_OF_NODE = 'aes-256-ctr';
const CIPHER_KEY_BYTES = 32;
const CIPHER_IV_BYTES = 16;
const BLOCK_BYTES = 16;
const PLAIN_BLOCK_BYTES = 8;
/** Ten times what `ssh-keygen -a` is ever told; each round takes some hundredths of a second. */
const MAX_ROUNDS = 1000;

/** An OpenSSH private key before its password. */
interface Envelope {
  readonly publicKey: Uint8Array;
  readonly encryption: { readonly salt: Uint8Array; readonly rounds: number } | undefined;
  readonly content: Uint8Array;
}

/** Whether a key's binary form is encrypted. Fails as `openSshPrivateKey` does. */
export function isEncryptedSshKey(binary: Uint8Array): boolean {
  return readEnvelope(binary).encryption !== undefined;
}

/**
 * Opens an OpenSSH private key of Ed25519, with its password where it is encrypted by aes256-ctr and bcrypt, as
 * ssh-keygen does unless told otherwise. Source: OpenSSH PROTOCOL.key; RFC 8709.
 * Fails with `signing-key.not-understood`, `signing-key.unsupported` (naming the algorithm or cipher),
 * `password.required`, `password.wrong`.
 * @param binary what stands in the PEM
 * @returns the seed, 32 bytes, which the caller wipes
 */
export function openSshPrivateKey(binary: Uint8Array, password: SecretBytes | undefined): SecretBytes {
  const { publicKey, encryption, content } = readEnvelope(binary);
  if (encryption === undefined) return readContent(content, publicKey, 'signing-key.not-understood');
  if (password === undefined) throw new RecoveryError('password.required');
  const keyAndIv = deriveKey(password, encryption);
  const [key, iv] = [keyAndIv.subarray(0, CIPHER_KEY_BYTES), keyAndIv.subarray(CIPHER_KEY_BYTES)];
  const decipher = createDecipheriv(CIPHER_OF_NODE, key, iv);
  const plaintext = decipher.update(content);
  try {
    return readContent(plaintext, publicKey, 'password.wrong');
  } finally {
    keyAndIv.fill(0);
    plaintext.fill(0);
  }
}

/**
 * Writes an unencrypted OpenSSH private key of Ed25519 in its binary form; the caller wipes it.
 * Source: OpenSSH PROTOCOL.key.
 * @param check any number of 32 bits; OpenSSH draws it
 */
export function writeSshPrivateKey(seed: SecretBytes, comment: string, check: number): SecretBytes {
  const publicKey = publicKeyOf(seed);
  const publicBlob = joined(sshString(SSH_ED25519), sshString(publicKey));
  return seed.use((bytes) => {
    const secret = joined(bytes, publicKey);
    const framed = sshString(secret);
    const plain = joined(sshNumber(check), sshNumber(check), publicBlob, framed, sshString(comment));
    const padding = Uint8Array.from({ length: -plain.length & (PLAIN_BLOCK_BYTES - 1) }, (_, i) => i + 1);
    const padded = joined(plain, padding);
    const content = sshString(padded);
    const none = sshString('none');
    const head = joined(MAGIC, none, none, sshString(''), sshNumber(1), sshString(publicBlob));
    try {
      return SecretBytes.consume(joined(head, content));
    } finally {
      for (const copy of [secret, framed, plain, padded, content]) copy.fill(0);
    }
  });
}

function readEnvelope(binary: Uint8Array): Envelope {
  const reader = new SshReader(binary);
  const magic = reader.take(MAGIC.length);
  const cipher = reader.name();
  const kdf = reader.name();
  const kdfOptions = reader.string();
  const keys = reader.number();
  const publicBlob = reader.string();
  const content = reader.string();
  if (magic === undefined || !equalBytes(magic, MAGIC) || content === undefined) return refuse();
  if (publicBlob === undefined || kdfOptions === undefined || keys !== 1) return refuse();
  const publicKey = readSshPublicKey(publicBlob);
  // Ciphers with a tag put it after the rest, so that they are told before the end is.
  if (cipher !== CIPHER && cipher !== 'none') {
    throw new RecoveryError('signing-key.unsupported', { algorithm: cipher ?? '' });
  }
  if (!reader.atEnd) return refuse();
  if (cipher === 'none' && kdf === 'none') return { publicKey, encryption: undefined, content };
  if (kdf !== 'bcrypt') throw new RecoveryError('signing-key.unsupported', { algorithm: kdf ?? '' });
  const options = new SshReader(kdfOptions);
  const salt = options.string();
  const rounds = options.number();
  if (salt === undefined || salt.length === 0 || rounds === undefined || rounds === 0) return refuse();
  if (!options.atEnd || content.length % BLOCK_BYTES !== 0) return refuse();
  if (rounds > MAX_ROUNDS) {
    throw new RecoveryError('signing-key.unsupported', { algorithm: `bcrypt with ${rounds} rounds` });
  }
  return { publicKey, encryption: { salt, rounds }, content };
}

function deriveKey(password: SecretBytes, { salt, rounds }: NonNullable<Envelope['encryption']>): Uint8Array {
  const key = new Uint8Array(CIPHER_KEY_BYTES + CIPHER_IV_BYTES);
  const failed = password.use((bytes) =>
    bcryptPbkdf.pbkdf(bytes, bytes.length, salt, salt.length, key, key.length, rounds),
  );
  // It refuses an empty password, which no key has.
  if (failed !== 0) throw new RecoveryError('password.wrong');
  return key;
}

/** Two equal numbers at the start say that the password was right. */
function readContent(
  content: Uint8Array,
  publicKey: Uint8Array,
  otherwise: 'password.wrong' | 'signing-key.not-understood',
): SecretBytes {
  const reader = new SshReader(content);
  const check = reader.number();
  if (check === undefined || reader.number() !== check) throw new RecoveryError(otherwise);
  const algorithm = reader.name();
  const ownPublicKey = reader.string();
  const secret = reader.string();
  if (algorithm !== SSH_ED25519 || ownPublicKey === undefined || secret?.length !== 2 * KEY_BYTES) {
    throw new RecoveryError(otherwise);
  }
  const seed = new SecretBytes(secret.subarray(0, KEY_BYTES));
  if (equalBytes(publicKeyOf(seed), publicKey) && equalBytes(ownPublicKey, publicKey)) return seed;
  seed.wipe();
  return refuse();
}

function refuse(): never {
  throw new RecoveryError('signing-key.not-understood');
}
