import type { ErrorDetails } from '../../shared/recovery-error.ts';
import { ifSaid, said, theFile, type FaultTeller, type FaultText, type RecordCode } from './details.ts';

const ANOTHER_COPY =
  'Don’t rely on this copy. Compare it with another one, and with the words that were read out.';

const fault = (title: string, meaning: string, next: string): FaultText => ({
  title,
  meaning,
  next,
  action: null,
});

/** What is said on a screen of a session record, its signatures, and the keys that sign it. */
export const RECORD_FAULTS: Readonly<Record<RecordCode, FaultTeller>> = {
  'record.malformed': malformed,
  'record.not-canonical': (details) =>
    fault(
      'The record was changed',
      `It is not written as this program writes it${place(details)}.`,
      ANOTHER_COPY,
    ),
  'record.chain-broken': chainBroken,
  'record.head-differs': (details) =>
    fault(
      'This is another record than the one whose words were noted',
      `${ifSaid(said(details, 'place'), 'Word ', ' is the first that differs. ')}Entries were changed, added or left off since, or it is the wrong file.`,
      'Find the file whose head has these words.',
    ),
  'record.app-differs': () =>
    fault(
      'The record names another program than the expected one',
      'The hash of the program that made the record is not the one that was given.',
      'Find out which version was used before you rely on the record.',
    ),
  'record.signature-rejected': signatureRejected,
  'signature.malformed': (details) =>
    fault(
      `${theFile(details)} is no signature that can be read`,
      'It is neither an OpenSSH signature nor one of minisign.',
      'Choose the file that was written when the record was signed.',
    ),
  'signing-key.not-understood': (details) =>
    fault(
      `${theFile(details)} is no signing key that can be read`,
      `It is neither an OpenSSH key nor one of minisign${ifSaid(said(details, 'looksLike'), '; it looks like ')}.`,
      'Choose an Ed25519 key of OpenSSH, or a key of minisign.',
    ),
  'signing-key.unsupported': (details) =>
    fault(
      'The signing key is of a kind that is not supported',
      `It uses ${said(details, 'algorithm') ?? 'something that is not read here'}.`,
      'Use an Ed25519 key of OpenSSH or minisign.',
    ),
  'words.malformed': wordsMalformed,
};

function malformed(details: ErrorDetails): FaultText {
  switch (said(details, 'reason')) {
    case 'no record':
      return fault(
        `${theFile(details)} is no session record`,
        'It does not start as one.',
        'Choose the record that the session wrote, a JSON file.',
      );
    case 'another version':
      return fault(
        'The record is of another version',
        'This program does not know it.',
        'Verify it with the program that wrote it, or a later one.',
      );
    case undefined:
    default:
      return fault(
        'The record has a fault',
        `It was changed or damaged${place(details) || ' somewhere'}.`,
        ANOTHER_COPY,
      );
  }
}

function chainBroken(details: ErrorDetails): FaultText {
  const which = ifSaid(said(details, 'entry'), 'Entry ') || 'An entry';
  switch (said(details, 'field')) {
    case 'index':
      return fault(
        `${which} of the record is not at its place`,
        'An entry before it was left out, added or moved.',
        ANOTHER_COPY,
      );
    case 'previous':
      return fault(
        `${which} of the record does not follow the one before it`,
        'One of the two was changed or exchanged.',
        ANOTHER_COPY,
      );
    case 'head':
      return fault(
        'The head of the record is not its last entry’s',
        'Entries were left off or added at the end, or the head was changed.',
        ANOTHER_COPY,
      );
    case undefined:
    default:
      return fault(
        `${which} of the record was changed after it was written`,
        'It has another hash than it had.',
        ANOTHER_COPY,
      );
  }
}

function signatureRejected(details: ErrorDetails): FaultText {
  switch (said(details, 'reason')) {
    case 'other key':
      return fault(
        'The record was signed by another key',
        'It is none of those that were given.',
        'Check who signed, and give that person’s public key.',
      );
    case 'namespace':
      return fault(
        'The signature was made for another purpose',
        'It does not say that it signs a session record.',
        'Ask the signer to sign the record again.',
      );
    case undefined:
    default:
      return fault(
        'The signature does not fit this record',
        'The record was changed after it was signed, or it is the signature of another one.',
        ANOTHER_COPY,
      );
  }
}

function wordsMalformed(details: ErrorDetails): FaultText {
  const where = ifSaid(said(details, 'place'), 'Word ') || 'A word';
  switch (said(details, 'reason')) {
    case 'unknown':
      return fault(
        `${where} is in neither list of words`,
        `It reads${ifSaid(said(details, 'word'), ' “', '”') || ' differently'}.`,
        'Check its spelling against what was noted.',
      );
    case 'order':
      return fault(
        `${where} belongs at another place`,
        'A word before it is missing, doubled or exchanged with its neighbour.',
        'Read the words again in order.',
      );
    case undefined:
    default:
      return fault(
        `There must be ${said(details, 'count') ?? '32'} words`,
        `${said(details, 'words') ?? 'Another number of them'} were given.`,
        'Give all of them, in order.',
      );
  }
}

function place(details: ErrorDetails): string {
  const field = ifSaid(said(details, 'field'), ', field “', '”');
  const parts = `${ifSaid(said(details, 'entry'), ', entry ')}${field}${ifSaid(said(details, 'offset'), ', byte ')}`;
  return parts === '' ? '' : ` at${parts.slice(1)}`;
}
