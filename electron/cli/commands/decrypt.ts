import { RecoveryError } from '../../../shared/recovery-error.ts';
import { toHex } from '../../engine/bytes/hex.ts';
import type { SecretBytes } from '../../engine/bytes/secret-bytes.ts';
import { openPke1 } from '../../engine/rsa/pke1.ts';
import { MAX_KEY_FILE_BYTES } from '../../engine/rsa/key-file.ts';
import { withFile } from '../../files/with-file.ts';
import { refuseExisting } from '../../files/write-exclusive.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { PASSWORD_OPTIONS } from '../password.ts';
import { writeNewFile } from '../write-file.ts';

/** `decrypt`: takes the encryption off a PKE1 file. */
export const DECRYPT: Command = {
  name: 'decrypt',
  summary: 'decrypt a PKE1 file of an RSA key or a wallet key',
  usage: '--input-file FILE (--output-file FILE | --show-key) [options]',
  options: {
    'input-file': { value: 'FILE', help: 'a PKE1 file, also an old one without its header' },
    'output-file': { value: 'FILE', help: 'write what is inside, byte for byte, to a new file' },
    'show-key': { help: 'print what is inside: an RSA key as the hex text it is, a wallet key in hex' },
    ...PASSWORD_OPTIONS,
    ...COMMON_OPTIONS,
  },
  takesPaths: false,
  run: decrypt,
};

async function decrypt(context: CommandContext): Promise<ExitCode> {
  const { options, output, passwords } = context;
  const inputFile = options.required('input-file');
  const outputFile = options.optional('output-file');
  const showKey = options.has('show-key');
  if (outputFile === undefined && !showKey) {
    throw new RecoveryError('usage.invalid', { option: '--output-file', reason: 'missing' });
  }
  if (outputFile !== undefined) refuseExisting(outputFile);
  const plaintext = await withFile(inputFile, MAX_KEY_FILE_BYTES, async (content) => {
    const password = await passwords.existing(inputFile);
    try {
      output.progress(`Decrypting ${inputFile}; this takes some seconds`);
      return await openPke1(content, password);
    } finally {
      password.wipe();
      output.clearProgress();
    }
  });
  try {
    if (outputFile !== undefined)
      await plaintext.use((bytes) => writeNewFile(outputFile, bytes, context.cleanUp));
    const facts = {
      command: 'decrypt',
      inputFile,
      bytes: plaintext.length,
      ...(outputFile === undefined ? {} : { outputFile }),
      ...(showKey ? { key: asText(plaintext) } : {}),
    };
    output.report(facts, () => [
      `Decrypted ${inputFile}: ${plaintext.length} bytes.`,
      ...(outputFile === undefined
        ? []
        : [`Written to ${outputFile}, not encrypted. Delete it when it is no longer needed.`]),
      ...(facts.key === undefined ? [] : facts.key.split(/\s+/)),
    ]);
    return 0;
  } finally {
    plaintext.wipe();
  }
}

/** An RSA key is sealed as hex text already; a wallet key as its bare bytes. */
function asText(plaintext: SecretBytes): string {
  return plaintext.use((bytes) => {
    const text = Buffer.from(bytes).toString('latin1');
    return /^[0-9a-fA-F\s]+$/.test(text) ? text.trim() : toHex(bytes);
  });
}
