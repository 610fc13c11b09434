import { FILE_REASONS } from '../../../shared/file-reasons.ts';
import type { ErrorDetails } from '../../../shared/recovery-error.ts';
import {
  ifSaid,
  inField,
  inFile,
  ofPlayer,
  playerOf,
  said,
  sizeOf,
  theFile,
  type SentencesOf,
} from './details.ts';
import { keyNotUnderstood } from './key-likeness.ts';
import type { BucketCode } from './bucket-faults.ts';
import { registerSentence } from './register-faults.ts';
import { WALLET_KEY_SENTENCES } from './wallet-key-faults.ts';

const COPY_AGAIN = 'Copy or download the file again from the original.';
const HOSTILE = 'It was not read further: find out where the file comes from.';

/** What is said of files that can't be read, understood or written. */
export const INPUT_SENTENCES: Omit<SentencesOf<'input'>, BucketCode> = {
  'file.not-found': (details) =>
    `There is no file or folder${ifSaid(said(details, 'file'), ' "', '"') || ' of this name'}. Check the spelling, and that the drive is attached.`,
  'file.unreadable': (details) => {
    if (details['reason'] === 'password not in a regular file')
      return `The password file${ifSaid(said(details, 'file'), ' "', '"')} is not a regular file. Give a password that comes through a pipe with --password-stdin.`;
    return `Reading ${ifSaid(said(details, 'file'), '"', '"') || 'the file'} failed${because(details)}. Check its permissions and the drive, then try again.`;
  },
  'file.too-large': (details) => {
    const limit = sizeOf(said(details, 'limit') ?? said(details, 'limitBytes'));
    return `${theFile(details)} is larger than ${limit ?? 'any file of its kind'} and was not read. Check that it is the right file.`;
  },
  'file.empty': (details) => `${theFile(details)} is empty. ${COPY_AGAIN}`,
  'file.write-failed': (details) =>
    `Writing ${ifSaid(said(details, 'file'), '"', '"') || 'the file'} failed${because(details)}. ${left(details)}Write to another place.`,
  'folder.no-kits': (details) =>
    `No recovery kit was found in ${ifSaid(said(details, 'folder'), '"', '"') || 'what was given'}. Give the wallet's folder with its recovery_shard files, or the file itself.`,
  'folder.too-many-files': (details) =>
    `The folder ${ifSaid(said(details, 'folder'), '"', '" ')}holds more than ${said(details, 'limit') ?? '100000'} files. Give the bucket or the wallet's folder, not a whole drive.`,
  'text.malformed': (details) => {
    const what = said(details, 'what');
    const whole = what === undefined || what === 'the file';
    return `${whole ? theFile(details) : `The value of "${what}"${inFile(details)}`} is not valid ${said(details, 'encoding') ?? 'text'}, so it is damaged. ${COPY_AGAIN}`;
  },
  'json.malformed': (details) =>
    `${theFile(details)} is not valid JSON: it is damaged, or it is no backup. ${COPY_AGAIN}`,
  'json.truncated': (details) =>
    `${theFile(details)} holds JSON that ends too early, like half a download. ${COPY_AGAIN}`,
  'json.too-deep': (details) =>
    `${theFile(details)} is nested deeper than ${said(details, 'limit') ?? '16'} levels, which no backup is. ${HOSTILE}`,
  'json.too-large': (details) =>
    `${theFile(details)} has a list of more than ${said(details, 'limit') ?? '1024'} entries, which no backup has. ${HOSTILE}`,
  'json.forbidden-key': (details) =>
    `${theFile(details)} has an entry ${ifSaid(said(details, 'key'), 'named "', '" ')}that no backup has, and that serves to attack programs. ${HOSTILE}`,
  'der.malformed': (details) =>
    `${theFile(details)} is not valid DER${inField(details)}${ifSaid(said(details, 'reason'), ': ')}. It is damaged or in another form, such as PEM: give the binary DER.`,
  'der.truncated': (details) =>
    `${theFile(details)} ends too early${missing(details)}, like half a download. ${COPY_AGAIN}`,
  'kit.not-understood': kitNotUnderstood,
  'kit.truncated': (details) =>
    `${theFile(details)} ends too early, like half a download. Download it again, and compare its size with the size in the bucket.`,
  'kit.malformed': (details) =>
    `The recovery kit${inFile(details)} is missing a value or has a wrong one${inField(details)}. ${COPY_AGAIN}`,
  'kit.conflict': (details) =>
    `${twoFiles(details)} of one wallet hold different data${ofPlayer(details)}. Nothing is chosen for you: find out which one is right, and give that one alone.`,
  'kit.other-wallet': (details) =>
    `${twoFiles(details)} are of two wallets but carry one key id${ifSaid(said(details, 'keyId'), ' (', ')')}. One lies in the wrong folder: give only the files of the wallet that is meant.`,
  'kit.key-algorithm-mismatch': algorithmMismatch,
  'ers.malformed': (details) =>
    `The backup data${ofPlayer(details)}${inFile(details)} are missing a value or have a wrong one${details['field'] === 'root' ? '' : inField(details)}. ${COPY_AGAIN}`,
  'chain-code.unreadable': () =>
    "The backup's chain code is missing or can't be read, and without it there is no key below the master key. The master key itself can be recovered: run again with --path m.",
  'ers.player-conflict': (details) =>
    `The backup${inFile(details)} holds two different sets of data for ${playerOf(details)}. Nothing is chosen for you: get a good copy of the file from the original.`,
  'register.malformed': registerSentence,
  'rsa-key.not-understood': keyNotUnderstood,
  'rsa-key.truncated': (details) =>
    `The RSA key${inFile(details)} ends too early${missing(details)}. The copy is not whole: copy it again from the original.`,
  'rsa-key.malformed': (details) =>
    `The RSA key${inFile(details)} is damaged${damagedPlace(details)}. Use another copy of it.`,
  ...WALLET_KEY_SENTENCES,
};

function because(details: ErrorDetails): string {
  const reason = said(details, 'reason');
  if (reason === undefined || reason === 'unknown') return '';
  return `: ${FILE_REASONS[reason] ?? (/^E[A-Z0-9]+$/.test(reason) ? `the system says ${reason}` : reason)}`;
}

function missing(details: ErrorDetails): string {
  const bytes = said(details, 'missingBytes');
  return ifSaid(bytes, ': at least ', bytes === '1' ? ' byte is missing' : ' bytes are missing');
}

function damagedPlace(details: ErrorDetails): string {
  const encoding = said(details, 'encoding');
  const offset = said(details, 'offset');
  if (encoding === undefined) return inField(details) + ifSaid(said(details, 'reason'), ' (', ')');
  return `: it has a character that is not ${encoding}${ifSaid(offset, ', at position ')}`;
}

function twoFiles(details: ErrorDetails): string {
  const files = [said(details, 'file'), said(details, 'otherFile')].filter((file) => file !== undefined);
  return files.length === 2 ? `The files "${files.join('" and "')}"` : 'Two files';
}

/** What a file that is no kit calls for, by what it looks like. */
const KIT_ADVICE: readonly (readonly [string, string])[] = [
  ['private key', 'Give a private key with --private-key-file, and the kit here.'],
  ['register', 'Give a register with --register, and the kit here.'],
  ['archive', 'Give the kit that is inside.'],
  ['web page', 'The download failed: download the kit again.'],
  ['error message', 'The download failed: download the kit again.'],
];

function kitNotUnderstood(details: ErrorDetails): string {
  const looksLike = said(details, 'looksLike');
  const start = `${theFile(details)} is not a recovery kit${ifSaid(looksLike, '; it looks like ')}.`;
  const [, advice] = KIT_ADVICE.find(([words]) => looksLike?.includes(words) === true) ?? [];
  return `${start} ${advice ?? 'Give the kit as it was downloaded, such as recovery_shard-0.txt.'}`;
}

/** A kit that contradicts itself is named with its file; what the user said, or did not say, is not. */
function algorithmMismatch(details: ErrorDetails): string {
  const curve = said(details, 'curve');
  const data = ifSaid(curve, 'the curve ') || 'another curve';
  if (said(details, 'file') !== undefined) {
    return `The kit${inFile(details)} states ${said(details, 'stated') ?? 'another key type'}, but its backup data are for ${data}. The kit contradicts itself: download it again.`;
  }
  const right = curve === 'secp256k1' ? 'SECP256K1' : curve === 'ED-25519' ? 'ED25519' : undefined;
  const advice =
    right === undefined
      ? 'Check that it is the right wallet, and what --key-type and the register say.'
      : `Run again with --key-type ${right}, and check the register's row.`;
  return `The key type${ifSaid(said(details, 'stated'), ' ')} does not fit the backup, which is for ${data}. ${advice}`;
}

/** What was begun is removed; where it could not be, it holds a secret and has to be named. */
function left(details: ErrorDetails): string {
  const file = said(details, 'left');
  return file === undefined
    ? 'Nothing of it is left. '
    : `A part of it is left in "${file}" and could not be removed: remove it, or destroy the medium. `;
}
