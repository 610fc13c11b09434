import type { ErrorDetails } from '../../shared/recovery-error.ts';
import { CEREMONY_ROOM_FAULTS } from './ceremony-room-faults.ts';
import { ifSaid, said, theFile, type FaultText, type TellersOf } from './details.ts';

/** What is said of dice, custodian shares, and key pairs that are being made. */
export const CEREMONY_FAULTS: TellersOf<'ceremony'> = {
  'dice.malformed': (details) =>
    text(
      `${ifSaid(said(details, 'roll'), 'Roll ') || 'A roll'} is not a digit from 1 to 6`,
      `Each roll of a six-sided die is one digit${ifSaid(said(details, 'line'), '; this one is in line ')}${ifSaid(said(details, 'column'), ', column ')}.`,
      'Correct it. Blanks and line breaks don’t matter.',
    ),
  'dice.count': (details) =>
    text(
      'The number of rolls is not one that can be used',
      `${ifSaid(said(details, 'count'), '', ' rolls were typed; ')}${said(details, 'minimum') ?? '50'} to ${said(details, 'maximum') ?? '1000'} are taken, and 100 are enough.`,
      'Roll on, or go on without dice.',
    ),
  'ceremony.test-failed': testFailed,
  'public-key-file.refused': publicKeyRefused,
  'custodian-share.counts': (details) =>
    text(
      'A secret can’t be split into shares like this',
      `${ifSaid(said(details, 'needed'), '', ' needed ')}${ifSaid(said(details, 'of'), 'of ', ' ')}is not possible.`.replace(
        /^is/,
        'This is',
      ),
      `Choose at least 2 needed, no more than there are, and at most ${said(details, 'maximum') ?? '16'} in all.`,
    ),
  'custodian-share.secret-size': (details) =>
    text(
      'This can’t be split',
      `It has ${ifSaid(said(details, 'bytes'), '', ' bytes') || 'a size that does not fit'}; 1 to ${said(details, 'maximum') ?? '16384'} bytes can be split.`,
      'Choose the key file, or enter its password.',
    ),
  'custodian-share.mistyped': (details) =>
    text(
      `${ifSaid(said(details, 'line'), 'Line ') || 'A line'} of the share is mistyped`,
      `Its check characters don’t fit${ifSaid(said(details, 'group'), '; the slip is most likely in group ')}.`,
      'Compare it with the page, and type that line again.',
    ),
  'custodian-share.malformed': shareMalformed,
  'custodian-share.too-few': (details) =>
    text(
      'More shares are needed',
      `${ifSaid(said(details, 'given'), '', ' were given, and ') || 'Not enough were given: '}${said(details, 'needed') ?? 'more'} are needed.`,
      'Add another custodian’s share.',
    ),
  'custodian-share.duplicate': (details) =>
    text(
      `${ifSaid(said(details, 'index'), 'Share ') || 'One share'} was given twice`,
      'The same share counts once.',
      'Add another custodian’s share.',
    ),
  'custodian-share.other-set': (details) =>
    text(
      'The shares are not of one set',
      `They come from different splits and don’t combine${ifSaid(said(details, 'set'), ': one says set ')}${ifSaid(said(details, 'otherSet'), ', another ')}.`,
      'Compare the set on each page, and take shares of one set.',
    ),
  'custodian-share.do-not-combine': () =>
    text(
      'The shares do not combine to what was split',
      'Each is free of typing errors, but at least one is not genuine. Nothing was written.',
      'Try another choice of shares to find out which.',
    ),
  ...CEREMONY_ROOM_FAULTS,
};

function text(title: string, meaning: string, next: string): FaultText {
  return { title, meaning, next, action: null };
}

function testFailed(details: ErrorDetails): FaultText {
  const next = 'Use neither file. Make a new pair.';
  switch (said(details, 'reason')) {
    case 'new pair':
      return text(
        'The new key pair does not work',
        'It was thrown away. The machine may be faulty.',
        'Use another machine.',
      );
    case 'other key':
      return text(
        'The two key files hold different keys',
        'The private key does not belong to the public key.',
        next,
      );
    case undefined:
    default:
      return text(
        'The key files failed their test',
        'What was encrypted to the public key file does not come back with the private key file.',
        next,
      );
  }
}

function publicKeyRefused(details: ErrorDetails): FaultText {
  const file = theFile(details);
  const giveDer = 'Choose the binary DER (550 bytes for RSA-4096) or its hex text (1100 characters).';
  switch (said(details, 'reason')) {
    case 'pem':
      return text(`${file} is PEM text with header lines`, 'The platform refuses that form.', giveDer);
    case 'private key':
      return text(
        `${file} holds a PRIVATE key`,
        'Whoever has it can decrypt your backups. Don’t upload it anywhere, and don’t send it to anyone.',
        'Choose the public key. If the private key has left this machine, make a new pair.',
      );
    case 'small':
      return text(
        `${file} holds too small a key`,
        `It has ${said(details, 'bits') ?? 'too few'} bits; fewer than ${said(details, 'minimum') ?? '4096'} are refused.`,
        'Make a new pair.',
      );
    case 'odd hex':
      return text(`${file} has an odd number of hex digits`, 'One is missing or too many.', giveDer);
    case 'not hex':
      return text(
        `${file} has a character that is no hex digit`,
        `It can’t be read${ifSaid(said(details, 'offset'), ' from position ', ' on')}.`,
        giveDer,
      );
    case 'truncated':
      return text(`${file} ends too early`, 'The public key in it is not whole.', 'Copy it again.');
    case 'trailing bytes':
      return text(
        `${file} goes on after the end of the public key`,
        `It has ${ifSaid(said(details, 'extra'), '', ' bytes') || 'something'} too many.`,
        'Copy it again from the original.',
      );
    case 'form':
      return text(
        `${file} holds the public key in another form`,
        `It is ${said(details, 'form') ?? 'another one'}, and ${said(details, 'wanted') ?? 'another one'} is wanted.`,
        'Choose the file of that form.',
      );
    case 'structure':
      return text(
        `${file} lacks the wrapping of a public key`,
        'It is a bare RSA key, not a SubjectPublicKeyInfo, which the platform refuses.',
        giveDer,
      );
    case 'exponent':
      return text(`${file} holds a key with another exponent`, 'Only 65537 is taken.', 'Make a new pair.');
    case 'other algorithm':
      return text(
        `${file} holds a key that is not RSA`,
        `It is ${ifSaid(said(details, 'algorithm'), 'of the kind ') || 'of another kind'}.`,
        'Choose the RSA recovery public key.',
      );
    case undefined:
    default:
      return text(
        `${file} is no RSA public key that can be read`,
        `It is none of the forms that are known${ifSaid(said(details, 'looksLike'), '; it looks like: ')}.`,
        giveDer,
      );
  }
}

function shareMalformed(details: ErrorDetails): FaultText {
  const line = said(details, 'line');
  const theLine = ifSaid(line, 'Line ') || 'A line';
  const again = 'Compare it with the page, and type that line again.';
  switch (said(details, 'reason')) {
    case 'not a share':
      return text(
        `${theFile(details, 'This')} is not a custodian share`,
        'A share has lines that begin with a number and a colon.',
        'Type the lines of the page, or choose its file.',
      );
    case 'line missing':
      return text(`${theLine} of the share is missing`, 'It is not whole.', 'Give all lines of the page.');
    case 'line twice':
      return text(
        `${theLine} of the share stands twice`,
        'The two differ.',
        'Compare them with the page, and give each line once.',
      );
    case 'line malformed':
      return text(`${theLine} of the share is cut or too long`, 'It has not the right length.', again);
    case 'character':
      return text(
        `${theLine} of the share has a character that no share has`,
        `Shares have digits and letters, but no B${ifSaid(said(details, 'group'), '; look at group ')}.`,
        again,
      );
    case 'version':
      return text(
        'The share is of a version that is not known',
        'A newer version of this program made it.',
        'Use that version.',
      );
    case 'checksum':
      return text(
        'The lines don’t belong together',
        'Each is right, but they are from different pages.',
        'Give the lines of one page.',
      );
    case undefined:
    default:
      return text(
        'The share contradicts itself',
        'It is damaged or not genuine.',
        'Compare it with the page, and type it again.',
      );
  }
}
