import type { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import { readRsaPrivateKey, type RsaPrivateKey } from '../engine/rsa/private-key.ts';
import { needsPassword } from '../engine/rsa/describe-key-file.ts';
import { MAX_KEY_FILE_BYTES } from '../engine/rsa/key-file.ts';
import { withFile } from '../files/with-file.ts';
import type { CommandContext } from './command.ts';

/**
 * Opens an RSA private key, asking for its password only if it needs one.
 * Fails with what `readRsaPrivateKey` fails with, naming the file.
 */
export function openPrivateKey(file: string, context: CommandContext): Promise<RsaPrivateKey> {
  return withFile(file, MAX_KEY_FILE_BYTES, async (content) => {
    context.record.input(file, 'recovery-key', content);
    const password = await passwordFor(content, file, context);
    if (password !== undefined) context.output.progress(`Opening ${file}; this can take some seconds`);
    try {
      return await readRsaPrivateKey(content, password);
    } finally {
      password?.wipe();
      context.output.clearProgress();
    }
  });
}

/** A password given by file or standard input is also tried on a file that does not look encrypted: old PKE1 files. */
async function passwordFor(
  content: Uint8Array,
  file: string,
  { options, passwords }: CommandContext,
): Promise<SecretBytes | undefined> {
  const given = options.has('password-file') || options.has('password-stdin');
  return given || needsPassword(content) ? passwords.existing(file) : undefined;
}
