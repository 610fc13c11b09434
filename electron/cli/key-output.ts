import { existsSync } from 'node:fs';

import { RecoveryError } from '../../shared/recovery-error.ts';
import { equalBytes } from '../engine/bytes/compare.ts';
import type { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import { openPke1, sealPke1 } from '../engine/rsa/pke1.ts';
import type { CommandContext } from './command.ts';
import { writeNewFile } from './write-file.ts';

/** How secret bytes get into a new file. */
interface SecretFile {
  readonly file: string;
  /** For people: what the file holds. */
  readonly what: string;
  /** What is sealed when the file is encrypted. */
  readonly plaintext: SecretBytes;
  /** What the file holds when it is not encrypted. */
  readonly clear: SecretBytes;
  readonly encrypt: boolean;
  /** The option that names a password file for this file only. */
  readonly passwordOption?: string;
}

/** Refuses, before any work is done, to write where something is. Fails with `guard.output-exists`. */
export function refuseExisting(file: string | undefined): void {
  if (file !== undefined && existsSync(file)) throw new RecoveryError('guard.output-exists', { file });
}

/**
 * Writes secret bytes to a new file, PKE1-encrypted or in the clear, reads it back and, where it is encrypted,
 * decrypts it again before calling it done.
 * Fails with what `writeExclusive`, `sealPke1` and asking for the password fail with.
 */
export async function writeSecretFile(output: SecretFile, context: CommandContext): Promise<void> {
  if (!output.encrypt) {
    await output.clear.use((bytes) => writeNewFile(output.file, bytes, context.cleanUp));
    return;
  }
  const password = await context.passwords.chosen(output.what, output.passwordOption);
  try {
    context.output.progress(`Encrypting ${output.what}; this takes some seconds`);
    const sealed = await sealPke1(output.plaintext, password, context.randomBytes);
    await writeNewFile(output.file, sealed, context.cleanUp, async (readBack) => {
      context.output.progress(`Reading ${output.file} back`);
      const opened = await openPke1(readBack, password);
      const same = opened.use((a) => output.plaintext.use((b) => equalBytes(a, b)));
      opened.wipe();
      if (!same)
        throw new RecoveryError('file.write-failed', { file: output.file, reason: 'decrypts differently' });
    });
  } finally {
    password.wipe();
    context.output.clearProgress();
  }
}
