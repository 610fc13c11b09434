import { Decrypter, Encrypter } from 'age-encryption';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { decodeClearText, encodeHexLine } from './clear-text.ts';

/** The cost that `age -p` writes with: scrypt of 2^18. Source: age-encryption.org/v1, "The scrypt recipient type". */
const WORK_FACTOR = 18;

/**
 * Writes a file that `age -d` opens with a passphrase and prints as hex. Source: age-encryption.org/v1.
 * The library takes the passphrase as a string, which can't be wiped, and draws its own randomness from the runtime.
 * @param passphrase UTF-8, as typed
 */
export async function encodeAge(key: SecretBytes, passphrase: SecretBytes): Promise<SecretBytes> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(asText(passphrase));
  encrypter.setScryptWorkFactor(WORK_FACTOR);
  const hex = encodeHexLine(key);
  try {
    return new SecretBytes(await hex.use((bytes) => encrypter.encrypt(bytes)));
  } finally {
    hex.wipe();
  }
}

/** Reads such a file back. Fails with `wallet-key.not-understood`, `password.wrong`. */
export async function decodeAge(content: Uint8Array, passphrase: SecretBytes): Promise<SecretBytes> {
  const plaintext = await decrypted(content, passphrase);
  try {
    return decodeClearText(plaintext);
  } finally {
    plaintext.fill(0);
  }
}

async function decrypted(content: Uint8Array, passphrase: SecretBytes): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(asText(passphrase));
  try {
    return await decrypter.decrypt(content);
  } catch {
    // The library has no codes; a wrong passphrase and a damaged file are one to it, as to PKE1.
    throw new RecoveryError('password.wrong', { container: 'age' });
  }
}

/** What is no UTF-8 would become another passphrase than the one that was typed. */
function asText(passphrase: SecretBytes): string {
  try {
    return passphrase.use((bytes) =>
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
    );
  } catch {
    throw new RecoveryError('password.unavailable', { reason: 'not UTF-8' });
  }
}
