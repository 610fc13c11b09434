import { isClearFormat, type ExportFormat } from '../../shared/export-format.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import type { FileDigest } from '../../shared/session-state.ts';
import { equalBytes } from '../engine/bytes/compare.ts';
import type { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import { encodeKey } from '../engine/encode/codecs.ts';
import type { ExportKey } from '../engine/encode/export-key.ts';
import { checkReadBack } from '../engine/encode/read-back.ts';
import { openPke1, sealPke1 } from '../engine/rsa/pke1.ts';
import { digestOf } from '../files/digest.ts';
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
  const password = await context.passwords.chosen(output.what);
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

/** A recovered key on its way into a file. */
interface KeyFile {
  readonly file: string;
  readonly format: ExportFormat;
  /** The caller's, who wipes it. */
  readonly key: ExportKey;
}

/**
 * Writes a recovered key to a new file in a format, reads it back, and compares its public key before calling it done.
 * Fails with what `writeExclusive`, `encodeKey`, `checkReadBack` and asking for the password fail with.
 * @returns what tells the file's content from others, for the record
 */
export async function writeKeyFile(
  { file, format, key }: KeyFile,
  context: CommandContext,
): Promise<FileDigest> {
  const { output, passwords, randomBytes } = context;
  const password = isClearFormat(format)
    ? undefined
    : await passwords.chosen('the key file', 'output-password-file');
  try {
    if (password !== undefined) output.progress('Encrypting the key file; this takes some seconds');
    const content = await encodeKey(format, key, { password, randomBytes });
    try {
      await content.use((bytes) =>
        writeNewFile(file, bytes, context.cleanUp, async (readBack) => {
          output.progress(`Reading ${file} back`);
          await checkReadBack(format, key, readBack, password);
        }),
      );
      return content.use(digestOf);
    } finally {
      content.wipe();
    }
  } finally {
    password?.wipe();
    output.clearProgress();
  }
}
