import { statSync } from 'node:fs';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import { productsTaking, PUBLIC_KEY_FORMS, writePublicKey } from '../../engine/rsa/public-key-forms.ts';
import { DEFAULT_RSA_BITS } from '../../engine/rsa/generate.ts';
import { makeRecoveryKeyPair } from '../../engine/rsa/recovery-key-pair.ts';
import { headWords } from '../../engine/words/head-words.ts';
import { keyPairFilesIn, writeKeyPairFiles } from '../../files/key-pair-files.ts';
import { testDecryption } from '../../files/test-decryption.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import { DICE_OPTIONS, diceOf } from '../dice-option.ts';
import type { ExitCode } from '../exit-code.ts';
import { PASSWORD_OPTIONS } from '../password.ts';
import { noteKeyPair } from '../ceremony-notes.ts';
import { RUN_RECORD_OPTIONS } from '../run-record-options.ts';
import { inFours, inWords } from '../text/fingerprint.ts';

/** `ceremony generate`: a recovery key pair, in every form that a platform wants, tried before it is called done. */
export const CEREMONY_GENERATE: Command = {
  name: 'ceremony generate',
  summary: 'make a recovery key pair in a key ceremony, with dice if wanted, and try it',
  usage: '--output-folder FOLDER [--dice | --dice-file FILE] [options]',
  options: {
    'output-folder': { value: 'FOLDER', help: 'an existing folder for the new files' },
    bits: { value: 'BITS', help: 'size of the key: 4096 unless said' },
    ...DICE_OPTIONS,
    ...PASSWORD_OPTIONS,
    ...RUN_RECORD_OPTIONS,
    ...COMMON_OPTIONS,
  },
  takesPaths: false,
  holdsKey: 'recovery',
  recordMode: 'ceremony',
  run: generate,
};

async function generate(context: CommandContext): Promise<ExitCode> {
  const { options, output, passwords, randomBytes, cleanUp, record } = context;
  const folder = options.required('output-folder');
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new RecoveryError('file.not-found', { file: folder });
  }
  const files = keyPairFilesIn(folder);
  const dice = await diceOf(context);
  try {
    const password = await passwords.chosen('the private key');
    try {
      const bits = Number(options.optional('bits') ?? DEFAULT_RSA_BITS);
      output.progress(`Making an RSA-${bits} key pair; this can take some seconds`);
      record.add({ kind: 'randomness', system: true, diceRolls: dice?.count ?? 0 });
      const pair = await record.stage('key-making', () =>
        makeRecoveryKeyPair({ bits, randomBytes, dice: dice?.digits }),
      );
      const undone: { keep: () => void }[] = [];
      const onCreated = (remove: () => void): void => {
        undone.push(cleanUp.add(remove));
      };
      try {
        output.progress('Encrypting the private key; this takes some seconds');
        await writeKeyPairFiles(files, pair, { password, randomBytes, onCreated });
      } finally {
        pair.pkcs1Der.wipe();
      }
      output.progress('Trying the files: encrypting to the public key, decrypting with the private key');
      const publicKeyFiles = Object.values(files.publicKeyFiles);
      const publicKey = await record.stage('test-decryption', () =>
        testDecryption({ ...files, publicKeyFiles, password, randomBytes }),
      );
      await noteKeyPair(record, files, publicKey);
      for (const task of undone) task.keep();
      const forms = PUBLIC_KEY_FORMS.map((form) => ({
        form,
        file: files.publicKeyFiles[form],
        bytes: writePublicKey(pair.spkiDer, form).length,
        products: productsTaking(form, publicKey.modulusBits),
      }));
      const facts = {
        command: CEREMONY_GENERATE.name,
        privateKeyFile: files.privateKeyFile,
        publicKeyFiles: forms,
        modulusBits: publicKey.modulusBits,
        fingerprintHex: publicKey.fingerprintHex,
        fingerprintWords: headWords(publicKey.fingerprintHex),
        diceRolls: dice?.count ?? 0,
        diceAreUneven: dice?.isUneven ?? false,
        testDecryption: 'passed',
      };
      output.report(facts, () => [
        `RSA-${publicKey.modulusBits} key pair made${dice === undefined ? '' : `, with ${dice.count} rolls of dice (${Math.floor(dice.entropyBits)} bits) mixed in`}, written, and tried: what was encrypted to the public key files came back.`,
        '',
        'Fingerprint, to read aloud and to write into the record:',
        ...inFours(publicKey.fingerprintHex).map((line) => `  ${line}`),
        '  in words:',
        ...inWords(publicKey.fingerprintHex).map((line) => `    ${line}`),
        '',
        `  private key  ${files.privateKeyFile} (PKE1-encrypted): keep this offline`,
        ...forms.map(
          ({ form, file, bytes, products }) =>
            `  public key   ${file} (${bytes} bytes, ${form}): ${products.length === 0 ? 'too small for those that take this form' : `for ${products.join(', ')}`}`,
        ),
        '',
        'Next: compare the fingerprint with the one that "validate-public-key" shows for the file that is uploaded.',
        'Copy the private key file to two media, and try each copy with "validate-private-key".',
        'Split its password among custodians with "shares split", or keep it apart from the file.',
        'Never keep the private key where the backups are. Turn the machine off afterwards.',
      ]);
      return 0;
    } finally {
      password.wipe();
    }
  } finally {
    dice?.digits.wipe();
  }
}
