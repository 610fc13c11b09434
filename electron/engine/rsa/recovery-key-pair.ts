import { constants, createPrivateKey, sign, verify } from 'node:crypto';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import { equalBytes } from '../bytes/compare.ts';
import type { RandomBytes } from '../bytes/random.ts';
import type { SecretBytes } from '../bytes/secret-bytes.ts';
import { mixedRandom } from '../random/mixed-random.ts';
import { type DecryptionKey, softwareDecryptor } from './decrypt.ts';
import { generateRsaKeyPair, type GeneratedRsaKeyPair } from './generate.ts';
import { generateRsaKeyPairFrom } from './generate-from-source.ts';
import { OAEP_HASH_BYTES, prepareOaep } from './oaep.ts';
import { readPkcs1 } from './pkcs1.ts';
import { parseRsaPublicKey, type RsaPublicKey } from './public-key.ts';

const TEST_MESSAGE_BYTES = 32;
const TEST_LABEL = new TextEncoder().encode('breakglass key pair test');

/** What a recovery key pair is made of. */
export interface RecoveryKeyPairRequest {
  /** Of the modulus: 2048 to 16384, a multiple of 128. */
  readonly bits: number;
  readonly randomBytes: RandomBytes;
  /** Digits of `readDice`, to mix into the system's randomness; the caller wipes them. */
  readonly dice?: SecretBytes | undefined;
}

/** A recovery key pair that encrypts, decrypts and signs. */
export interface RecoveryKeyPair extends GeneratedRsaKeyPair {
  readonly publicKey: RsaPublicKey;
}

/**
 * Makes a recovery key pair and tries it before it is handed out: with the runtime's own generator, or with dice by
 * one whose every bit comes from `mixedRandom`. It takes some seconds. The caller wipes `pkcs1Der`.
 * Source: docs/ceremony.md. Fails with `usage.invalid`, `ceremony.test-failed`.
 */
export async function makeRecoveryKeyPair(request: RecoveryKeyPairRequest): Promise<RecoveryKeyPair> {
  const { bits, randomBytes, dice } = request;
  const pair =
    dice === undefined
      ? await generateRsaKeyPair(bits)
      : await generateRsaKeyPairFrom(bits, mixedRandom(randomBytes, dice));
  try {
    const publicKey = parseRsaPublicKey(pair.spkiDer);
    await tryPair(publicKey, pair.pkcs1Der, randomBytes);
    return { ...pair, publicKey };
  } catch (error) {
    pair.pkcs1Der.wipe();
    throw error;
  }
}

/**
 * Tries a key pair: its numbers belong together, what the public key encrypts the private key decrypts, and what the
 * private key signs the public key confirms. Source: FIPS 186-5 5.1, NIST SP 800-56B 6.4.1.1.
 * Fails with `ceremony.test-failed`.
 */
async function tryPair(
  publicKey: RsaPublicKey,
  pkcs1Der: SecretBytes,
  randomBytes: RandomBytes,
): Promise<void> {
  const key = pkcs1Der.use((der): DecryptionKey => {
    readPkcs1(der);
    // A view, not a copy: `Buffer.from(array)` would leave the key in a shared pool.
    const view = Buffer.from(der.buffer, der.byteOffset, der.byteLength);
    return { publicKey, keyObject: createPrivateKey({ key: view, format: 'der', type: 'pkcs1' }) };
  });
  const message = randomBytes(TEST_MESSAGE_BYTES);
  const ciphertext = prepareOaep(publicKey, TEST_LABEL).encrypt(message, randomBytes(OAEP_HASH_BYTES));
  if (!(await decryptsTo(key, ciphertext, message))) throw failed('decryption');
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING };
  const signature = sign('sha256', message, { ...pss, key: key.keyObject });
  if (!verify('sha256', message, { ...pss, key: publicKey.keyObject }, signature)) throw failed('signature');
}

async function decryptsTo(key: DecryptionKey, ciphertext: Uint8Array, message: Uint8Array): Promise<boolean> {
  try {
    const opened = await softwareDecryptor(key, TEST_LABEL)(ciphertext);
    return opened.use((bytes) => equalBytes(bytes, message));
  } catch (error) {
    if (error instanceof RecoveryError) return false;
    throw error;
  }
}

function failed(what: string): RecoveryError {
  return new RecoveryError('ceremony.test-failed', { reason: 'new pair', what });
}
