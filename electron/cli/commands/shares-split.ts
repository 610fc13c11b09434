import type { SharedThing } from '../../../shared/ceremony.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { SecretBytes } from '../../engine/bytes/secret-bytes.ts';
import { MAX_KEY_FILE_BYTES } from '../../engine/rsa/key-file.ts';
import { readRsaPrivateKey } from '../../engine/rsa/private-key.ts';
import { parseRsaPublicKey, type RsaPublicKey } from '../../engine/rsa/public-key.ts';
import { setName } from '../../engine/shares/share.ts';
import { checkCounts, splitSecret, wipeShares } from '../../engine/shares/split.ts';
import { headWords } from '../../engine/words/head-words.ts';
import { checkShareFiles, writeSharePages } from '../../files/share-files.ts';
import { withFile } from '../../files/with-file.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { noteShares } from '../ceremony-notes.ts';
import { RUN_RECORD_OPTIONS } from '../run-record-options.ts';
import { PASSWORD_OPTIONS } from '../password.ts';

/** `shares split`: a page for each custodian, any few of which open a password or a key file. */
export const SHARES_SPLIT: Command = {
  name: 'shares split',
  summary: "split a key file's password, or the file, into custodian shares",
  usage: '--needed M --of N --output-folder FOLDER (--private-key-file FILE | --input-file FILE) [options]',
  options: {
    needed: { value: 'M', help: 'how many shares open it: 2 or more' },
    of: { value: 'N', help: 'how many shares to make: up to 16' },
    'private-key-file': { value: 'FILE', help: 'split the password of this file, which has to open it' },
    'input-file': { value: 'FILE', help: 'split this file itself, as it is: an encrypted key file' },
    'public-key-file': { value: 'FILE', help: 'with --input-file, whose fingerprint stands on the pages' },
    custodian: { value: 'NAME', repeatable: true, help: 'name on a page, in order; once for each' },
    'output-folder': { value: 'FOLDER', help: 'an existing folder for the new pages' },
    ...PASSWORD_OPTIONS,
    ...RUN_RECORD_OPTIONS,
    ...COMMON_OPTIONS,
  },
  takesPaths: false,
  holdsKey: 'recovery',
  recordMode: 'ceremony',
  run: split,
};

/** What is split, and the key that it belongs to. */
interface Splitting {
  readonly what: SharedThing;
  readonly secret: SecretBytes;
  readonly publicKey: RsaPublicKey | undefined;
}

async function split(context: CommandContext): Promise<ExitCode> {
  const { options, output, randomBytes, cleanUp, record } = context;
  const needed = Number(options.required('needed'));
  const of = Number(options.required('of'));
  const folder = options.required('output-folder');
  checkCounts(needed, of);
  const { what, secret, publicKey } = await splitting(context);
  try {
    const shares = await record.stage('key-splitting', () =>
      splitSecret(secret, { needed, of, what, randomBytes }),
    );
    const undone: { keep: () => void }[] = [];
    try {
      const files = await writeSharePages({
        ...{
          folder,
          shares,
          custodians: options.all('custodian'),
          fingerprintHex: publicKey?.fingerprintHex,
          fingerprintWords: publicKey === undefined ? undefined : headWords(publicKey.fingerprintHex),
        },
        onCreated: (remove) => {
          undone.push(cleanUp.add(remove));
        },
      });
      await checkShareFiles(files, secret);
      for (const task of undone) task.keep();
      const [first] = shares;
      const set = first === undefined ? '' : setName(first);
      noteShares(record, { set, needed, of, files });
      const facts = { command: SHARES_SPLIT.name, what, needed, of, set, files };
      const thing = what === 'password' ? 'the password' : 'the file';
      output.report(facts, () => [
        `Split into ${of} shares, any ${needed} of which open ${thing}. Set ${set}.`,
        'Every page was read back, and the shares were combined again in turns: they open it.',
        ...files.map((file) => `  ${file}`),
        'Print each page on a printer that keeps nothing, hand it to its custodian, and have it signed.',
        `Try "shares combine" with ${needed} printed pages. Then delete these files: together they are ${thing}.`,
      ]);
      return 0;
    } finally {
      wipeShares(shares);
    }
  } finally {
    secret.wipe();
  }
}

async function splitting(context: CommandContext): Promise<Splitting> {
  const { options, record } = context;
  const keyFile = options.optional('private-key-file');
  const inputFile = options.optional('input-file');
  if (keyFile !== undefined && inputFile !== undefined) {
    throw new RecoveryError('usage.invalid', { option: '--input-file', reason: 'with --private-key-file' });
  }
  if (keyFile !== undefined) return passwordOf(keyFile, context);
  if (inputFile === undefined) {
    throw new RecoveryError('usage.invalid', { option: '--private-key-file', reason: 'missing' });
  }
  const publicKeyFile = options.optional('public-key-file');
  const publicKey =
    publicKeyFile === undefined
      ? undefined
      : await withFile(publicKeyFile, MAX_KEY_FILE_BYTES, (content) => {
          record.input(publicKeyFile, 'public-key', content);
          return parseRsaPublicKey(content);
        });
  const secret = await withFile(inputFile, MAX_KEY_FILE_BYTES, (content) => {
    record.input(inputFile, 'recovery-key', content);
    return new SecretBytes(content);
  });
  return { what: 'file', secret, publicKey };
}

/** A password with a slip in it, split and handed out, would lock the key up for ever: it has to open its file. */
async function passwordOf(file: string, { passwords, output, record }: CommandContext): Promise<Splitting> {
  const secret = await passwords.existing(file);
  try {
    output.progress(`Opening ${file}; this can take some seconds`);
    const { publicKey, kind } = await withFile(file, MAX_KEY_FILE_BYTES, (content) => {
      record.input(file, 'recovery-key', content);
      return readRsaPrivateKey(content, secret);
    });
    if (!needsNoPassword(kind)) return { what: 'password', secret, publicKey };
  } catch (error) {
    secret.wipe();
    throw error;
  } finally {
    output.clearProgress();
  }
  secret.wipe();
  throw new RecoveryError('usage.invalid', { option: '--private-key-file', reason: 'not encrypted' });
}

function needsNoPassword(kind: string): boolean {
  return /^pkcs[18]-/.test(kind);
}
