import { rmSync } from 'node:fs';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import { equalBytes } from '../../engine/bytes/compare.ts';
import { DEFAULT_RSA_BITS } from '../../engine/rsa/generate.ts';
import { writePublicKey } from '../../engine/rsa/public-key-forms.ts';
import { parseRsaPublicKey } from '../../engine/rsa/public-key.ts';
import { makeRecoveryKeyPair } from '../../engine/rsa/recovery-key-pair.ts';
import { encodeSecretHex } from '../../engine/rsa/secret-text.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { refuseExisting } from '../../files/write-exclusive.ts';
import { writeSecretFile } from '../key-output.ts';
import { PASSWORD_OPTIONS } from '../password.ts';
import { writeNewFile } from '../write-file.ts';

/** `generate-recovery-keypair`: an RSA-4096 pair; the platform gets the public key, the vault the private one. */
export const GENERATE_RECOVERY_KEYPAIR: Command = {
  name: 'generate-recovery-keypair',
  summary: 'make an RSA-4096 recovery key pair',
  usage: '--private-key-file FILE --public-key-file FILE [options]',
  options: {
    'private-key-file': { value: 'FILE', help: 'new file for the private key' },
    'public-key-file': { value: 'FILE', help: 'new file for the public key' },
    'public-key-format': { value: 'der|hex', help: 'der, 550 bytes, unless said; or hex, 1100 characters' },
    'encrypt-output': {
      value: 'true|false',
      optionalValue: true,
      help: 'encrypt the private key as PKE1; true unless said',
    },
    ...PASSWORD_OPTIONS,
    ...COMMON_OPTIONS,
  },
  takesPaths: false,
  holdsKey: 'recovery',
  run: generate,
};

async function generate(context: CommandContext): Promise<ExitCode> {
  const { options, output } = context;
  const privateKeyFile = options.required('private-key-file');
  const publicKeyFile = options.required('public-key-file');
  const format = options.choice('public-key-format', ['der', 'hex']) ?? 'der';
  const encrypt = options.boolean('encrypt-output', true);
  refuseExisting(privateKeyFile);
  refuseExisting(publicKeyFile);
  output.progress('Making an RSA-4096 key pair; this can take some seconds');
  const pair = await makeRecoveryKeyPair({ bits: DEFAULT_RSA_BITS, randomBytes: context.randomBytes });
  output.clearProgress();
  const hex = encodeSecretHex(pair.pkcs1Der);
  try {
    await writeSecretFile(
      { file: privateKeyFile, what: 'the private key', plaintext: hex, clear: pair.pkcs1Der, encrypt },
      context,
    );
  } finally {
    hex.wipe();
    pair.pkcs1Der.wipe();
  }
  // Half a pair is of no use: without the public key's file the private key's goes too.
  const half = context.cleanUp.add(() => {
    rmSync(privateKeyFile, { force: true });
  });
  const { publicKey } = pair;
  const content = writePublicKey(pair.spkiDer, format);
  await writeNewFile(publicKeyFile, content, context.cleanUp, (readBack) => {
    if (!equalBytes(parseRsaPublicKey(readBack).spkiDer, pair.spkiDer)) {
      throw new RecoveryError('file.write-failed', { file: publicKeyFile, reason: 'reads back differently' });
    }
  });
  half.keep();
  const facts = {
    command: 'generate-recovery-keypair',
    privateKeyFile,
    publicKeyFile,
    encrypted: encrypt,
    publicKeyFormat: format,
    modulusBits: publicKey.modulusBits,
    fingerprintHex: publicKey.fingerprintHex,
  };
  output.report(facts, () => [
    `RSA-${publicKey.modulusBits} key pair made.`,
    `  fingerprint  ${publicKey.fingerprintHex}`,
    `  public key   ${publicKeyFile} (${content.length} bytes, ${format}): give this to the platform`,
    `  private key  ${privateKeyFile} (${encrypt ? 'PKE1-encrypted' : 'NOT encrypted'}): keep this offline`,
    'Try it with validate-private-key before you rely on it, and never keep it where the backups are.',
    'For a key ceremony use "ceremony generate", which tries the files by itself.',
  ]);
  return 0;
}
