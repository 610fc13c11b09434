import { rmSync } from 'node:fs';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import { makeSshKey } from '../../engine/signature/new-ssh-key.ts';
import { readSigningKey, signerName } from '../../engine/signature/signing-key.ts';
import { refuseExisting } from '../../files/write-exclusive.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { PASSWORD_OPTIONS } from '../password.ts';
import { writeNewFile } from '../write-file.ts';

/** `record new-key`: an Ed25519 key to sign records with. */
export const RECORD_NEW_KEY: Command = {
  name: 'record new-key',
  summary: 'make a key to sign session records with, as OpenSSH keeps keys',
  usage: '--key FILE [--comment TEXT] [options]',
  options: {
    key: { value: 'FILE', help: 'new file for the private key; the public one is FILE.pub' },
    comment: { value: 'TEXT', help: 'whose key it is; stands in the public key' },
    ...PASSWORD_OPTIONS,
    ...COMMON_OPTIONS,
  },
  takesPaths: false,
  holdsKey: 'signing',
  run: newKey,
};

async function newKey(context: CommandContext): Promise<ExitCode> {
  const { options, output, passwords, cleanUp, randomBytes } = context;
  const file = options.required('key');
  const publicKeyFile = `${file}.pub`;
  const comment = options.optional('comment') ?? '';
  if (/[^\x20-\x7e]/.test(comment)) {
    throw new RecoveryError('usage.invalid', { option: '--comment', reason: 'it takes one line of ASCII' });
  }
  refuseExisting(file);
  refuseExisting(publicKeyFile);
  const password = await passwords.chosen('the signing key');
  try {
    output.progress('Encrypting the key; this can take some seconds');
    const made = await makeSshKey(password, comment, randomBytes);
    try {
      await made.privateFile.use((bytes) =>
        writeNewFile(file, bytes, cleanUp, async (readBack) => {
          const key = await readSigningKey(readBack, password);
          const same = signerName(key) === made.fingerprint;
          key.seed.wipe();
          if (!same) throw new RecoveryError('file.write-failed', { file, reason: 'decrypts differently' });
        }),
      );
    } finally {
      made.privateFile.wipe();
    }
    // Half a pair is of no use: without the public key's file the private key's goes too.
    const half = cleanUp.add(() => {
      rmSync(file, { force: true });
    });
    await writeNewFile(publicKeyFile, made.publicFile, cleanUp);
    half.keep();
    const facts = { command: RECORD_NEW_KEY.name, file, publicKeyFile, key: made.fingerprint };
    output.report(facts, () => [
      'Signing key made.',
      `  fingerprint  ${made.fingerprint}`,
      `  private key  ${file} (encrypted): keep this with you`,
      `  public key   ${publicKeyFile}: give this to who checks your signatures`,
    ]);
    return 0;
  } finally {
    password.wipe();
    output.clearProgress();
  }
}
