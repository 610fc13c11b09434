import { createCipheriv, createDecipheriv } from 'node:crypto';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import type { RandomBytes } from '../bytes/random.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { deriveKey } from './derive-key.ts';

/** The least password that seals a file, in characters. */
export const MIN_PASSWORD_CHARACTERS = 8;

const HEADER = new TextEncoder().encode('PKE1');
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const ITERATIONS = 3_000_000;
const CIPHER = 'aes-256-gcm';

/** Says whether a file begins with the four header bytes of PKE1; older files lack them. */
export function looksLikePke1(file: Uint8Array): boolean {
  return HEADER.every((byte, index) => file[index] === byte);
}

/**
 * Seals a secret as a PKE1 file: `PKE1`, 16-byte salt, 12-byte nonce, AES-256-GCM ciphertext and tag, under
 * PBKDF2-HMAC-SHA-512 of 3,000,000 iterations, which takes seconds. Source: docs/key-files.md, "PKE1".
 * Fails with `password.too-short`.
 * @param plaintext for an RSA key the hex text of its DER, for a wallet key its 32 bytes
 * @param password UTF-8 bytes as typed, never trimmed, of 8 characters or more
 * @param randomBytes gives salt and nonce
 */
export async function sealPke1(
  plaintext: SecretBytes,
  password: SecretBytes,
  randomBytes: RandomBytes,
): Promise<Uint8Array> {
  if (countCharacters(password) < MIN_PASSWORD_CHARACTERS) {
    throw new RecoveryError('password.too-short', { minimumCharacters: MIN_PASSWORD_CHARACTERS });
  }
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const key = await derivePke1Key(salt, password);
  try {
    const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    const ciphertext = plaintext.use((bytes) => cipher.update(bytes));
    cipher.final();
    return Uint8Array.from([...HEADER, ...salt, ...nonce, ...ciphertext, ...cipher.getAuthTag()]);
  } finally {
    key.fill(0);
  }
}

/**
 * Opens a PKE1 file, with its header or, as older ones are, without. Source: docs/key-files.md, "PKE1".
 * Fails with `rsa-key.truncated`, and `password.wrong`: a damaged file can't be told from a wrong password.
 * @param file the whole file
 * @param password UTF-8 bytes as typed
 */
export async function openPke1(file: Uint8Array, password: SecretBytes): Promise<SecretBytes> {
  const body = looksLikePke1(file) ? file.subarray(HEADER.length) : file;
  if (body.length <= SALT_BYTES + NONCE_BYTES + TAG_BYTES) {
    throw new RecoveryError('rsa-key.truncated', { encoding: 'PKE1' });
  }
  const nonceEnd = SALT_BYTES + NONCE_BYTES;
  const nonce = body.subarray(SALT_BYTES, nonceEnd);
  const key = await derivePke1Key(body.subarray(0, SALT_BYTES), password);
  try {
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(body.subarray(-TAG_BYTES));
    const plaintext = decipher.update(body.subarray(nonceEnd, -TAG_BYTES));
    try {
      decipher.final();
      return new SecretBytes(plaintext);
    } catch {
      throw new RecoveryError('password.wrong', { container: 'PKE1' });
    } finally {
      plaintext.fill(0);
    }
  } finally {
    key.fill(0);
  }
}

function derivePke1Key(salt: Uint8Array, password: SecretBytes): Promise<Uint8Array> {
  return deriveKey({ kind: 'pbkdf2', salt, iterations: ITERATIONS, digest: 'sha512' }, password, KEY_BYTES);
}

/** Characters of UTF-8: every byte that does not continue one. */
function countCharacters(password: SecretBytes): number {
  return password.use((bytes) =>
    bytes.reduce((count, byte) => ((byte & 0xc0) === 0x80 ? count : count + 1), 0),
  );
}
