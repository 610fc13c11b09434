import { RecoveryError } from '../../shared/recovery-error.ts';
import { equalBytes } from '../engine/bytes/compare.ts';
import type { RandomBytes } from '../engine/bytes/random.ts';
import type { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import { checkNewPassword, type NewPasswordFacts } from '../engine/password/new-password.ts';
import { makePassphrase } from '../engine/password/passphrase.ts';
import { revealedPassphrase, type RevealPort } from './revealed.ts';

/** A new password that was typed, twice the same, and what may be said of it. */
export interface TypedPassword extends NewPasswordFacts {
  readonly password: SecretBytes;
}

/**
 * Takes a new password that was typed twice. Fails with `password.required`, `password.unavailable` (the two differ),
 * and with what `checkNewPassword` fails with.
 */
export function typedTwice(password: SecretBytes | null, again: SecretBytes | null): TypedPassword {
  if (password === null || again === null) throw new RecoveryError('password.required');
  const facts = checkNewPassword(password);
  if (!password.use((a) => again.use((b) => equalBytes(a, b)))) {
    throw new RecoveryError('password.unavailable', { reason: 'the two differ' });
  }
  return { ...facts, password };
}

/** Makes a passphrase and shows it, once: it is kept nowhere, and has to be typed like any other. */
export async function showNewPassphrase(ports: {
  readonly randomBytes: RandomBytes;
  readonly reveal: RevealPort;
}): Promise<void> {
  await ports.reveal.show(revealedPassphrase(makePassphrase(ports.randomBytes)));
}
