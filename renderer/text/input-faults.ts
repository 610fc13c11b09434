import {
  ACTIONS,
  ifSaid,
  inField,
  fileName,
  ofPlayer,
  said,
  sizeOf,
  theFile,
  type FaultTeller,
  type FaultText,
  type TellersOf,
} from './details.ts';
import { FILE_REASONS } from '../../shared/file-reasons.ts';
import type { ErrorDetails } from '../../shared/recovery-error.ts';
import type { BucketCode } from './bucket-faults.ts';
import { registerText } from './register-faults.ts';

/** The input faults that are of recovery key files; their words stand by themselves. */
type KeyFileCode =
  'rsa-key.not-understood' | 'rsa-key.truncated' | 'rsa-key.malformed' | `wallet-key.${string}`;

const COPY_AGAIN = 'Download or copy the file again from the original, then add it.';
const HOSTILE: FaultText['next'] = 'Don’t use this file before you know where it comes from.';

const copyAgain = (title: string, meaning: string): FaultText => ({
  title,
  meaning,
  next: COPY_AGAIN,
  action: ACTIONS.addFiles,
});

const hostile = (details: ErrorDetails, meaning: string): FaultText => ({
  title: `${theFile(details)} is not like any backup`,
  meaning: `${meaning} It was not read further.`,
  next: HOSTILE,
  action: null,
});

/** What is said of files that can't be read, understood or written. */
export const INPUT_FAULTS: Omit<TellersOf<'input'>, KeyFileCode | BucketCode> = {
  'file.not-found': (details) => ({
    title: `${theFile(details)} is not there`,
    meaning: 'No file or folder of this name was found.',
    next: 'Check that the drive is attached, then add it again.',
    action: ACTIONS.addFiles,
  }),
  'file.unreadable': (details) => ({
    title: `${theFile(details)} could not be read`,
    meaning: `Reading failed${because(details)}.`,
    next: 'Check the file’s permissions and the drive, then add it again.',
    action: ACTIONS.addFiles,
  }),
  'file.too-large': (details) => ({
    title: `${theFile(details)} is too large`,
    meaning: `It is larger than ${sizeOf(said(details, 'limit') ?? said(details, 'limitBytes')) ?? 'any file of its kind'} and was not read.`,
    next: 'Check that it is the right file.',
    action: null,
  }),
  'file.empty': (details) => copyAgain(`${theFile(details)} is empty`, 'It holds nothing at all.'),
  'file.write-failed': (details) => ({
    title: `${theFile(details)} was not written`,
    meaning: `Writing failed${because(details)}.${left(details)}`,
    next: 'Write to another place.',
    action: null,
  }),
  'folder.no-kits': (details) => ({
    title: 'No recovery kit was found',
    meaning: `There is none in ${ifSaid(said(details, 'folder'), '“', '”') || 'what was added'}.`,
    next: 'Add the wallet’s folder with its recovery_shard files, or the files themselves.',
    action: ACTIONS.addFolder,
  }),
  'folder.too-many-files': (details) => ({
    title: 'The folder holds too many files',
    meaning: `It holds more than ${said(details, 'limit') ?? '100000'}, like a whole drive.`,
    next: 'Add the bucket or the wallet’s folder.',
    action: ACTIONS.addFolder,
  }),
  'text.malformed': (details) =>
    copyAgain(
      `${theFile(details)} is damaged`,
      `A part of it is not valid ${said(details, 'encoding') ?? 'text'}.`,
    ),
  'json.malformed': (details) =>
    copyAgain(
      `${theFile(details)} can’t be read`,
      'It is not valid JSON: it is damaged, or it is no backup.',
    ),
  'json.truncated': (details) => ({
    ...copyAgain(`${theFile(details)} ends too early`, 'It is like half a download.'),
    next: 'Download it again, and compare its size with the size in the bucket.',
  }),
  'json.too-deep': (details) =>
    hostile(details, `It is nested deeper than ${said(details, 'limit') ?? '16'} levels.`),
  'json.too-large': (details) =>
    hostile(details, `It has a list of more than ${said(details, 'limit') ?? '1024'} entries.`),
  'json.forbidden-key': (details) =>
    hostile(details, 'It has an entry that no backup has, and that serves to attack programs.'),
  'der.malformed': (details) => ({
    title: `${theFile(details)} is not valid DER`,
    meaning: `It is damaged, or in another form such as PEM${ifSaid(said(details, 'reason'), ' (', ')')}.`,
    next: 'Give the binary DER file, or another copy of it.',
    action: null,
  }),
  'der.truncated': (details) =>
    copyAgain(`${theFile(details)} ends too early`, `It is like half a download${missing(details)}.`),
  'kit.not-understood': kitNotUnderstood,
  'kit.truncated': (details) => ({
    ...copyAgain(`${theFile(details)} is only a part of a kit`, 'It ends too early, like half a download.'),
    next: 'Download it again, and compare its size with the size in the bucket.',
  }),
  'kit.malformed': (details) =>
    copyAgain(`${theFile(details, 'A kit')} is damaged`, `A value is missing or wrong${inField(details)}.`),
  'kit.conflict': (details) => ({
    title: 'Two files of one wallet differ',
    meaning: `${twoFiles(details)} hold different data${ofPlayer(details)}. Neither is chosen for you.`,
    next: 'Find out which one is right, end this session, and add that one alone.',
    action: ACTIONS.end,
  }),
  'kit.other-wallet': (details) => ({
    title: 'A file of another wallet lies in this folder',
    meaning: `${twoFiles(details)} are of two wallets but carry one key id.`,
    next: 'Find out which one belongs here, end this session, and add only the files of the right wallet.',
    action: ACTIONS.end,
  }),
  'kit.key-algorithm-mismatch': (details) => ({
    title: 'The key algorithm does not fit',
    meaning: `${said(details, 'stated') ?? 'One algorithm'} is stated, but the backup is for ${ifSaid(said(details, 'curve'), 'the curve ') || 'another curve'}.`,
    next:
      said(details, 'file') === undefined
        ? 'Choose the other algorithm, and check the register’s row.'
        : 'The kit contradicts itself: download it again.',
    action: said(details, 'file') === undefined ? ACTIONS.changeIds : ACTIONS.addFiles,
  }),
  'ers.malformed': (details) =>
    copyAgain(
      `${theFile(details, 'The backup')} is damaged`,
      `The backup data${ofPlayer(details)} are missing a value or have a wrong one${details['field'] === 'root' ? '' : inField(details)}.`,
    ),
  'chain-code.unreadable': () => ({
    title: 'The backup’s chain code can’t be read',
    meaning: 'Without it there is no key below the master key. The master key itself can be recovered.',
    next: 'Derive the path m to see the addresses of the master key.',
    action: ACTIONS.derive,
  }),
  'ers.player-conflict': (details) =>
    copyAgain(
      `${theFile(details, 'The backup')} contradicts itself`,
      `It holds two different sets of data${ofPlayer(details) || ' of one player'}. Neither is chosen for you.`,
    ),
  'register.malformed': registerText,
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

function twoFiles(details: ErrorDetails): string {
  const files = [said(details, 'file'), said(details, 'otherFile')].filter((file) => file !== undefined);
  return files.length === 2 ? files.map((file) => `“${fileName(file)}”`).join(' and ') : 'Two files';
}

/** What a file that is no kit calls for, by what it looks like. */
const KIT_ADVICE: readonly (readonly [string, string])[] = [
  ['private key', 'Keep it at hand: the recovery key is asked for in the step Unlock.'],
  ['key in binary DER', 'If it is the recovery key, keep it at hand: it is asked for in the step Unlock.'],
  ['archive', 'Unpack it first, then add the kit that is inside.'],
  ['web page', 'The download failed: download the kit again.'],
  ['error message', 'The download failed: download the kit again.'],
];

function kitNotUnderstood(details: ErrorDetails): ReturnType<FaultTeller> {
  const looksLike = said(details, 'looksLike');
  const [, advice] = KIT_ADVICE.find(([words]) => looksLike?.includes(words) === true) ?? [];
  return {
    title: `${theFile(details)} is not a recovery kit`,
    meaning:
      looksLike === undefined ? 'It is none of the kinds that are read here.' : `It looks like ${looksLike}.`,
    next: advice ?? 'Add the kit as it was downloaded, such as recovery_shard-0.txt.',
    action: ACTIONS.addFiles,
  };
}

/** What was begun is removed; where it could not be, it holds a secret and has to be named. */
function left(details: ErrorDetails): string {
  const file = said(details, 'left');
  return file === undefined
    ? ' Nothing of it is left.'
    : ` A part of it is left in “${file}” and could not be removed: remove it by hand, or destroy the medium.`;
}
