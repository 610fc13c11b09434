import type { ErrorDetails } from '../../../shared/recovery-error.ts';
import { ifSaid, inFile, ofPlayer, said, theFile, type SentencesOf } from './details.ts';

/** As many digits as tell two keys apart at a glance; `--json` and `inspect` give them all. */
const FINGERPRINT_DIGITS = 16;
const MAX_FINGERPRINTS = 4;

/** What is said of a key, password or label that does not fit. */
export const SECRET_SENTENCES: SentencesOf<'secret'> = {
  'label.mismatch': labelSentence,
  'rsa-key.mismatch': (details) => {
    const given = ifSaid(fingerprints(said(details, 'given')), ' (fingerprint ', ')');
    const wanted = ifSaid(fingerprints(said(details, 'wanted')), ' (fingerprint ', ')');
    return `This RSA private key${given} is not the one that the backup is encrypted to${wanted}. Nothing was decrypted. Find the key file that belongs to this wallet's recovery public key.`;
  },
  'rsa-key.public-given': (details) =>
    `${theFile(details)} holds ${publicThing(said(details, 'looksLike'))}, and the private key is needed. Give the private key of the same pair with --private-key-file.`,
  'rsa-key.other-algorithm': (details) =>
    `The key${inFile(details)} is ${ifSaid(said(details, 'algorithm'), 'of the kind ', ', not RSA') || 'not an RSA key'}. Give the RSA recovery key.`,
  'password.required': (details) =>
    `A password is needed for ${said(details, 'what') ?? (ifSaid(said(details, 'file'), 'the file "', '"') || 'this file')}, and none was given. Run the command on a terminal to be asked for it, or use --password-file or --password-stdin.`,
  'password.wrong': (details) =>
    `The password does not open the file${ifSaid(said(details, 'file'), ' "', '"')}, or the file is ${said(details, 'looksLike') === undefined ? 'damaged' : 'damaged or no key file at all'}; nothing tells which. Try again, and look at blanks, capital letters, accents and the keyboard layout. Or use another copy of the file.`,
  'password.too-short': (details) =>
    `The password is too short: it must have at least ${said(details, 'minimumCharacters') ?? '8'} characters. Choose a longer one.`,
  'password.unavailable': passwordUnavailable,
  'decryption.failed': (details) =>
    `The private key opens none of the ciphertexts${ofPlayer(details)}. Check the quorum id, the key id and the key file, and run verify to see whether the backup is damaged.`,
};

/**
 * Verification finds a wrong label by what was rejected, and then names the player. Where there is no proof to
 * check, the label shows only in decryption, and nothing can be said about the rest.
 */
function labelSentence(details: ErrorDetails): string {
  const quorumId = ifSaid(said(details, 'quorumId'), ' (', ')');
  const keyId = ifSaid(said(details, 'keyId'), ' (', ')');
  const cause = `a wrong quorum id${quorumId} or key id${keyId} looks`;
  if (said(details, 'player') === undefined) {
    return `The ciphertexts were made under another label: that is how ${cause}, or for a raw ERS file a wrong label. The file need not be damaged. Check both ids against your records.`;
  }
  return `Every player's first opened ciphertext was rejected while everything else agrees: that is how ${cause}, or for a raw ERS file a wrong label or ERS public key. The backup itself shows no damage. Check both ids against your records.`;
}

function passwordUnavailable(details: ErrorDetails): string {
  switch (said(details, 'reason')) {
    case 'no terminal':
      return 'A password is needed, and there is no terminal to ask for it. Use --password-file or --password-stdin.';
    case 'given up':
      return 'The password was not entered. Run the command again to enter it.';
    case 'the two differ':
      return 'The two passwords that were typed differ, so the file was not written. Run the command again and type the same password twice.';
    case 'too long':
      return 'The password is longer than can be read. Check that the right file or text was given as the password.';
    case undefined:
    default:
      return 'A password is needed and could not be read. Use --password-file or --password-stdin.';
  }
}

function publicThing(looksLike: string | undefined): string {
  if (looksLike === 'certificate') return 'a certificate';
  return looksLike?.startsWith('OpenSSH') === true ? `an ${looksLike}` : `a ${looksLike ?? 'public key'}`;
}

/** One fingerprint or several, as their first digits. */
function fingerprints(list: string | undefined): string | undefined {
  if (list === undefined) return undefined;
  const all = list.split(', ');
  const shown = all
    .slice(0, MAX_FINGERPRINTS)
    .map((hex) => (hex.length > FINGERPRINT_DIGITS ? `${hex.slice(0, FINGERPRINT_DIGITS)}...` : hex));
  const rest = all.length - shown.length;
  return shown.join(' or ') + (rest > 0 ? ` or ${rest} more` : '');
}
