import { RecoveryError } from '../../shared/recovery-error.ts';
import { equalBytes } from '../engine/bytes/compare.ts';
import type { RandomBytes } from '../engine/bytes/random.ts';
import type { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import { softwareDecryptor } from '../engine/rsa/decrypt.ts';
import { MAX_KEY_FILE_BYTES } from '../engine/rsa/key-file.ts';
import { OAEP_HASH_BYTES, prepareOaep } from '../engine/rsa/oaep.ts';
import { readRsaPrivateKey, type RsaPrivateKey } from '../engine/rsa/private-key.ts';
import { parseRsaPublicKey, sameRsaKey, type RsaPublicKey } from '../engine/rsa/public-key.ts';
import { withFile } from './with-file.ts';

/** As long as the label of a Palisade wallet. */
const LABEL_BYTES = 32;
const VALUE_BYTES = 32;

/** The two files of a pair as they lie on the disk, and what opens one. */
export interface TestDecryptionRequest {
  readonly privateKeyFile: string;
  /** One or more files of the same public key, in any form. */
  readonly publicKeyFiles: readonly string[];
  /** The caller wipes it. */
  readonly password: SecretBytes;
  readonly randomBytes: RandomBytes;
}

/**
 * Shows that a key pair works as it lies on the disk: encrypts a random value to what each public key file holds,
 * with OAEP, SHA-256 and a random label as a backup's shares are, and decrypts it with what the password opens in the
 * private key file. Opening takes seconds. Source: docs/ceremony.md, "The test".
 * Fails with `ceremony.test-failed`, and what reading either file fails with (`password.wrong` among it).
 * @returns the public key that all the files agree on
 */
export async function testDecryption(request: TestDecryptionRequest): Promise<RsaPublicKey> {
  const { privateKeyFile, publicKeyFiles, password, randomBytes } = request;
  const publicKeys: RsaPublicKey[] = [];
  for (const file of publicKeyFiles) {
    publicKeys.push(await withFile(file, MAX_KEY_FILE_BYTES, parseRsaPublicKey));
  }
  const privateKey = await withFile(privateKeyFile, MAX_KEY_FILE_BYTES, (content) =>
    readRsaPrivateKey(content, password),
  );
  publicKeys.forEach((publicKey, i) => {
    if (!sameRsaKey(publicKey, privateKey.publicKey)) throw failed('other key', publicKeyFiles[i]);
  });
  for (const publicKey of publicKeys)
    await encryptAndDecrypt(publicKey, privateKey, privateKeyFile, randomBytes);
  return privateKey.publicKey;
}

async function encryptAndDecrypt(
  publicKey: RsaPublicKey,
  privateKey: RsaPrivateKey,
  file: string,
  randomBytes: RandomBytes,
): Promise<void> {
  const label = randomBytes(LABEL_BYTES);
  const value = randomBytes(VALUE_BYTES);
  const ciphertext = prepareOaep(publicKey, label).encrypt(value, randomBytes(OAEP_HASH_BYTES));
  const opened = await decrypted(privateKey, label, ciphertext, file);
  try {
    if (!opened.use((bytes) => equalBytes(bytes, value))) throw failed('decrypts differently', file);
  } finally {
    opened.wipe();
  }
}

async function decrypted(
  key: RsaPrivateKey,
  label: Uint8Array,
  ciphertext: Uint8Array,
  file: string,
): Promise<SecretBytes> {
  try {
    return await softwareDecryptor(key, label)(ciphertext);
  } catch (error) {
    if (error instanceof RecoveryError) throw failed('does not decrypt', file);
    throw error;
  }
}

function failed(reason: string, file: string | undefined): RecoveryError {
  return new RecoveryError('ceremony.test-failed', { reason, file: file ?? '' });
}
