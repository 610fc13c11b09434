import type { ErrorDetails } from '../../../shared/recovery-error.ts';
import { CEREMONY_ROOM_SENTENCES } from './ceremony-room-faults.ts';
import { ifSaid, inFile, said, theFile, type SentencesOf } from './details.ts';

const GIVE_DER = 'Give the binary DER (550 bytes for RSA-4096) or its hex text (1100 characters).';

/** What is said of dice, custodian shares, and key pairs that are being made. */
export const CEREMONY_SENTENCES: SentencesOf<'ceremony'> = {
  'dice.malformed': (details) =>
    `${ifSaid(said(details, 'roll'), 'Roll ') || 'A roll'}${place(details)} is not a digit from 1 to 6. Type each roll of a six-sided die as one digit; blanks and line breaks don't matter.`,
  'dice.count': (details) =>
    `${ifSaid(said(details, 'count'), 'There are ', ' rolls') || 'The number of rolls is not one that can be used'}: from ${said(details, 'minimum') ?? '50'} to ${said(details, 'maximum') ?? '1000'} are taken, and 100 are enough. Roll again, or go on without dice.`,
  'ceremony.test-failed': testFailed,
  'public-key-file.refused': publicKeyRefused,
  'custodian-share.counts': (details) =>
    `A secret can't be split so that ${said(details, 'needed') ?? 'this many'} of ${said(details, 'of') ?? 'so many'} shares open it. Choose at least 2 needed, no more than there are, and at most ${said(details, 'maximum') ?? '16'} in all.`,
  'custodian-share.secret-size': (details) =>
    `What is to be split ${said(details, 'bytes') === '0' ? 'is empty' : `has ${ifSaid(said(details, 'bytes'), '', ' bytes') || 'a size that does not fit'}`}: from 1 to ${said(details, 'maximum') ?? '16384'} bytes can be split. Check that it is the right file or password.`,
  'custodian-share.mistyped': (details) =>
    `${ifSaid(said(details, 'line'), 'Line ') || 'A line'} of the share${inFile(details)} is mistyped${ifSaid(said(details, 'group'), ', most likely in group ')}: its check characters don't fit. Compare it with the page, and type that line again.`,
  'custodian-share.malformed': shareMalformed,
  'custodian-share.too-few': (details) =>
    `${ifSaid(said(details, 'given'), 'Shares given: ', '; ') || 'Not enough shares were given: '}${said(details, 'needed') ?? 'more'} are needed. Fetch another custodian's share.`,
  'custodian-share.duplicate': (details) =>
    `${ifSaid(said(details, 'index'), 'Share ') || 'One share'} was given twice, which counts once. Give another custodian's share in its place.`,
  'custodian-share.other-set': (details) =>
    `The shares are not of one set${ifSaid(said(details, 'set'), ': one says set ')}${ifSaid(said(details, 'otherSet'), ', another ')}. They come from different splits and don't combine. Compare the set on each page.`,
  'custodian-share.do-not-combine': () =>
    'The shares are each free of typing errors, but what they combine to is not what was split: at least one is not genuine. Nothing was written. Try another choice of shares to find out which.',
  ...CEREMONY_ROOM_SENTENCES,
};

function place(details: ErrorDetails): string {
  const line = said(details, 'line');
  return line === undefined ? '' : ` (line ${line}${ifSaid(said(details, 'column'), ', column ')})`;
}

function testFailed(details: ErrorDetails): string {
  switch (said(details, 'reason')) {
    case 'new pair':
      return 'The key pair that was just made does not work, so it was thrown away. The machine may be faulty: use another one.';
    case 'other key':
      return 'The private key file and the public key file hold different keys. Neither may be used: make a new pair.';
    case 'does not decrypt':
    case 'decrypts differently':
      return `What was encrypted to the public key file does not come back with the private key file${ifSaid(said(details, 'file'), ' "', '"')}. Neither may be used: make a new pair.`;
    case undefined:
    default:
      return 'The key files failed their test. Neither may be used: make a new pair.';
  }
}

function publicKeyRefused(details: ErrorDetails): string {
  const file = theFile(details);
  switch (said(details, 'reason')) {
    case 'pem':
      return `${file} is PEM text with header lines (-----BEGIN PUBLIC KEY-----), which is refused. Take the headers off: ${GIVE_DER}`;
    case 'private key':
      return `${file} holds a PRIVATE key. Don't upload it anywhere, and don't send it to anyone. If it has left this machine, make a new pair. Give the public key here.`;
    case 'small':
      return `${file} holds an RSA key of ${said(details, 'bits') ?? 'too few'} bits: fewer than ${said(details, 'minimum') ?? '4096'} are refused. Make a new pair.`;
    case 'odd hex':
      return `${file} has an odd number of hex digits, so one is missing or too many. ${GIVE_DER}`;
    case 'not hex':
      return `${file} has a character that is no hex digit${ifSaid(said(details, 'offset'), ', at position ')}. ${GIVE_DER}`;
    case 'truncated':
      return `${file} ends too early: the public key in it is not whole. Copy it again from the original.`;
    case 'trailing bytes':
      return `${file} goes on after the end of the public key${ifSaid(said(details, 'extra'), ' (', ' bytes too many)')}. Copy it again from the original, or write it anew.`;
    case 'form':
      return `${file} holds the public key as ${said(details, 'form') ?? 'another form'}, and ${said(details, 'wanted') ?? 'another one'} is wanted. Write it in that form with OpenSSL.`;
    case 'structure':
      return `${file} holds an RSA public key without its wrapping (SubjectPublicKeyInfo), which is refused. Convert it with OpenSSL: "openssl rsa -RSAPublicKey_in -pubout".`;
    case 'exponent':
      return `${file} holds an RSA key whose exponent is not 65537. Make a new pair.`;
    case 'other algorithm':
      return `${file} holds a public key that is not RSA${ifSaid(said(details, 'algorithm'), ' but ')}. Give the RSA recovery public key.`;
    case undefined:
    default:
      return `${file} is no RSA public key that can be read${ifSaid(said(details, 'looksLike'), '; it looks like: ')}. ${GIVE_DER}`;
  }
}

function shareMalformed(details: ErrorDetails): string {
  const share = `The share${inFile(details)}`;
  const line = ifSaid(said(details, 'line'), 'line ');
  switch (said(details, 'reason')) {
    case 'not a share':
      return `${ifSaid(said(details, 'file'), 'The file "', '"') || 'What was given'} is not a custodian share. Give the lines of the page that begin with a number and a colon.`;
    case 'line missing':
      return `${share} is not whole: ${line || 'a line'} is missing. Give all lines of the page.`;
    case 'line twice':
      return `${share} has ${line || 'a line'} twice, in two versions. Compare it with the page, and give each line once.`;
    case 'line malformed':
      return `${share} has a line that is cut or too long${ifSaid(said(details, 'line'), ' (line ', ')')}. Compare it with the page, and type that line again.`;
    case 'character':
      return `${share} has a character that no share has${ifSaid(said(details, 'line'), ', in line ')}${ifSaid(said(details, 'group'), ', group ')}. Shares have digits and letters but no B, and no 1, I or O that would not be read as L or 0. Type that line again.`;
    case 'version':
      return `${share} is of a version that this program does not know. Use a newer version of the program.`;
    case 'checksum':
      return `${share} has lines that are each right and don't belong together: they are from different pages. Give the lines of one page.`;
    case undefined:
    default:
      return `${share} says things that contradict each other, so it is not genuine or damaged. Compare it with the page, and type it again.`;
  }
}
