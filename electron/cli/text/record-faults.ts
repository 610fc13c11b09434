import type { ErrorDetails } from '../../../shared/recovery-error.ts';
import { ifSaid, inFile, said, theFile, type RecordCode, type Sentence } from './details.ts';

const ANOTHER_COPY =
  "Don't rely on this copy: compare it with another one, and with the words that were read out.";

/** What is said of a session record, its signatures, and the keys that sign it. */
export const RECORD_SENTENCES: Readonly<Record<RecordCode, Sentence>> = {
  'record.malformed': malformed,
  'record.not-canonical': (details) =>
    details['reason'] === 'end'
      ? `The record${inFile(details)} does not end as it was written: its last byte is missing or was changed. ${ANOTHER_COPY}`
      : `The record${inFile(details)} was changed${place(details)}: it is not written as this program writes it. ${ANOTHER_COPY}`,
  'record.chain-broken': chainBroken,
  'record.head-differs': (details) =>
    `This is another record than the one whose words were noted${ifSaid(said(details, 'place'), ': word ', ' is the first that differs')}. Entries were changed, added or left off since, or it is the wrong file. Find the file whose head has these words.`,
  'record.app-differs': (details) =>
    `The record names another program than the expected one${hashes(details)}. Find out which version was used before you rely on the record.`,
  'record.signature-rejected': signatureRejected,
  'signature.malformed': (details) =>
    `${theFile(details)} is no signature that can be read. Give the file that ssh-keygen -Y sign, minisign or record sign.`,
  'signing-key.not-understood': (details) =>
    details['reason'] === 'public key'
      ? `${theFile(details)} can't be read as a public key for records. Give an OpenSSH public key, an allowed signers file, or a minisign public key.`
      : `${theFile(details)} is no signing key that can be read${ifSaid(said(details, 'looksLike'), ': it looks like ')}. Give an OpenSSH private key (Ed25519) or a minisign secret key.`,
  'signing-key.unsupported': (details) =>
    `The signing key${inFile(details)} uses ${said(details, 'algorithm') ?? 'something'}, which is not supported here. Use an Ed25519 key: ssh-keygen -t ed25519, minisign -G, or record new-key makes one.`,
  'words.malformed': wordsMalformed,
};

const MALFORMED: Readonly<Record<string, string>> = {
  'not UTF-8': 'it is not text in UTF-8 there',
  missing: 'the field is missing',
  unknown: 'no version of the format has this there',
  'out of place': 'a record is opened once, at its start, and closed once, at its end',
};

function malformed(details: ErrorDetails): string {
  const reason = said(details, 'reason');
  if (reason === 'no record') {
    return `${theFile(details)} is no session record. Give the record that the session wrote, a JSON file.`;
  }
  if (reason === 'another version') {
    return `The record${inFile(details)} is of a version that this program does not know. Verify it with the program that wrote it, or a later one.`;
  }
  if (reason === 'too large') {
    return `${theFile(details)} is larger than any session record. Check that it is the right file.`;
  }
  const why = reason === undefined ? '' : `: ${MALFORMED[reason] ?? `it should be ${reason}`}`;
  return `The record${inFile(details)} has a fault${place(details)}${why}. It was changed or damaged. ${ANOTHER_COPY}`;
}

function chainBroken(details: ErrorDetails): string {
  const entry = said(details, 'entry');
  const which = ifSaid(entry, 'Entry ') || 'An entry';
  switch (said(details, 'field')) {
    case 'index':
      return `${which} of the record${inFile(details)} is not at its place: an entry was left out, added or moved before it. ${ANOTHER_COPY}`;
    case 'previous':
      return `${which} of the record${inFile(details)} does not follow the entry before it: one of the two was changed or exchanged. ${ANOTHER_COPY}`;
    case 'head':
      return `The head of the record${inFile(details)} is not its last entry's: entries were left off or added at the end, or the head was changed. ${ANOTHER_COPY}`;
    case undefined:
    default:
      return `${which} of the record${inFile(details)} was changed after it was written: it has another hash. ${ANOTHER_COPY}`;
  }
}

function signatureRejected(details: ErrorDetails): string {
  const signer = ifSaid(said(details, 'signer'), ' ');
  switch (said(details, 'reason')) {
    case 'other key':
      return `The signature${inFile(details)} is by the key${signer}, which is none of those that you gave. Check who signed, and give that person's public key.`;
    case 'namespace':
      return `The signature${inFile(details)} was made for another purpose than a session record. Ask the signer to sign the record with record sign, or with ssh-keygen -Y sign -n breakglass-record@v1.`;
    case 'no principal':
      return `The signature${inFile(details)} is by a key that the allowed signers file does not let sign records. Check the namespaces and options of its line.`;
    case undefined:
    default:
      return `The signature${inFile(details)} does not fit this record: the record was changed after it was signed, or it is the signature of another one. ${ANOTHER_COPY}`;
  }
}

function wordsMalformed(details: ErrorDetails): string {
  const where = ifSaid(said(details, 'place'), 'Word ');
  const word = ifSaid(said(details, 'word'), ' ("', '")');
  switch (said(details, 'reason')) {
    case 'unknown':
      return `${where || 'A word'}${word} is in neither list of words. Check its spelling against what was noted.`;
    case 'order':
      return `${where || 'A word'}${word} belongs at another place. A word before it is missing, doubled or exchanged with its neighbour: read them again in order.`;
    case undefined:
    default: {
      const given = ifSaid(said(details, 'words'), ', and ', ' were given');
      return `There must be ${said(details, 'count') ?? '32'} words${given}. Give all of them, in order, with blanks between.`;
    }
  }
}

function place(details: ErrorDetails): string {
  const entry = said(details, 'entry');
  const field = ifSaid(said(details, 'field'), ', field "', '"');
  const offset = ifSaid(said(details, 'offset'), ', byte ');
  const parts = `${ifSaid(entry, ', entry ')}${field}${offset}`;
  return parts === '' ? '' : ` at${parts.slice(1)}`;
}

function hashes(details: ErrorDetails): string {
  const expected = ifSaid(said(details, 'expected'), 'expected ');
  const found = ifSaid(said(details, 'found'), 'found ');
  const both = [expected, found].filter((part) => part !== '').join(', ');
  return ifSaid(both === '' ? undefined : both, ' (', ')');
}
