import { createDecipheriv } from 'node:crypto';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import { equalBytes } from '../bytes/compare.ts';
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
import { readSshPublicKey, SSH_ED25519 } from './ssh-public-key.ts';
import { SshReader } from './ssh-wire.ts';

/** Ten times what `ssh-keygen -a` is ever told, and half a minute's work. */
const MAX_ROUNDS = 1000;

/** An OpenSSH private key before its password. */
interface Envelope {
  readonly publicKey: Uint8Array;
  readonly encryption: SshKeyEncryption | undefined;
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
export async function openSshPrivateKey(
  binary: Uint8Array,
  password: SecretBytes | undefined,
): Promise<SecretBytes> {
  const { publicKey, encryption, content } = readEnvelope(binary);
  if (encryption === undefined) return readContent(content, publicKey, 'signing-key.not-understood');
  if (password === undefined) throw new RecoveryError('password.required');
  const keyAndIv = await deriveSshCipherKey(password, encryption);
  if (keyAndIv === undefined) throw new RecoveryError('password.wrong');
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

function readEnvelope(binary: Uint8Array): Envelope {
  const reader = new SshReader(binary);
  const magic = reader.take(KEY_MAGIC.length);
  const cipher = reader.name();
  const kdf = reader.name();
  const kdfOptions = reader.string();
  const keys = reader.number();
  const publicBlob = reader.string();
  const content = reader.string();
  if (magic === undefined || !equalBytes(magic, KEY_MAGIC) || content === undefined) return refuse();
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
