import { Decrypter, Encrypter } from 'age-encryption';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import type { RandomBytes } from '../bytes/random.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { startsWithText } from './clear-text.ts';
import { passphraseIdentity, passphraseRecipient } from './age-passphrase.ts';

/**
 * Writes a file that `age -d` opens with a passphrase. Source: age-encryption.org/v1.
 * The library draws the file key and the nonce from the runtime.
 * @param text what `age -d` prints, which stays the caller's
 * @param passphrase UTF-8, as typed
 * @param randomBytes gives the salt
 */
export async function sealAge(
  text: SecretBytes,
  passphrase: SecretBytes,
  randomBytes: RandomBytes,
): Promise<SecretBytes> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(passphraseRecipient(passphrase, randomBytes));
  return new SecretBytes(await text.use((bytes) => encrypter.encrypt(bytes)));
}

/** Opens such a file. Fails with `wallet-key.not-understood` for what is none or is damaged, `password.wrong`. */
export async function openAge(content: Uint8Array, passphrase: SecretBytes): Promise<SecretBytes> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(passphraseIdentity(passphrase));
  try {
    return SecretBytes.consume(await decrypter.decrypt(content));
  } catch (error) {
    // The library has no codes, and only bad input makes it throw.
    throw error instanceof RecoveryError ? error : new RecoveryError('wallet-key.not-understood');
  }
}

/** Whether a file begins as an age file does. */
export function looksLikeAge(content: Uint8Array): boolean {
  return startsWithText(content, 'age-encryption.org/v1\n');
}
