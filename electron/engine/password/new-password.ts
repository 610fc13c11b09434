import { RecoveryError } from '../../../shared/recovery-error.ts';
import type { SecretBytes } from '../bytes/secret-bytes.ts';

/** The least password for a new file, in characters. What others sealed may have less. */
export const MIN_NEW_PASSWORD_CHARACTERS = 12;

/** What the record says of a new password, and nothing of what it is. */
export interface NewPasswordFacts {
  /** Whether it is in Unicode's composed form, as a keyboard makes it; in another form it may be typed differently. */
  readonly isNfc: boolean;
}

/**
 * Holds a password for a new file against the rules: UTF-8, 12 characters or more. It is taken as typed, byte for
 * byte: not trimmed, not normalized. Source: docs/passwords.md.
 * Fails with `password.too-short`, and with `password.unavailable` for bytes that no keyboard typed.
 */
export function checkNewPassword(password: SecretBytes): NewPasswordFacts {
  const text = passwordText(password);
  if (Array.from(text).length < MIN_NEW_PASSWORD_CHARACTERS) {
    throw new RecoveryError('password.too-short', { minimumCharacters: MIN_NEW_PASSWORD_CHARACTERS });
  }
  return { isNfc: text.normalize('NFC') === text };
}

/** A password as the text that libraries take; a string can't be wiped. Fails with `password.unavailable`. */
export function passwordText(password: SecretBytes): string {
  try {
    return password.use((bytes) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new RecoveryError('password.unavailable', { reason: 'not UTF-8' });
  }
}
