import type { ErrorDetails } from '../../shared/recovery-error.ts';
import { ACTIONS, ifSaid, ofPlayer, said, theFile, type FaultText, type TellersOf } from './details.ts';
import { shortFingerprint } from './group-text.ts';

/** What is said of a key, password or label that does not fit. */
export const SECRET_FAULTS: TellersOf<'secret'> = {
  'label.mismatch': (details) => ({
    title: 'The quorum id or the key id is not the one this backup was made for',
    meaning:
      said(details, 'player') === undefined
        ? 'The ciphertexts were made under another label, the one these two ids make. The file need not be damaged.'
        : 'Everything in the file is consistent, but no player’s opened ciphertext fits the label that these two ids make. A damaged file looks different.',
    next: 'Compare both ids with your offline record, character by character. For a raw ERS file, compare the label.',
    action: ACTIONS.changeIds,
  }),
  'rsa-key.mismatch': (details) => ({
    title: 'This is not the recovery key of this backup',
    meaning: `The key that was opened${ifSaid(prints(said(details, 'given')), ' (', ')')} is not the one that the backup is encrypted to${ifSaid(prints(said(details, 'wanted')), ' (', ')')}. Nothing was decrypted.`,
    next: 'Find the key file that belongs to this wallet’s recovery public key.',
    action: ACTIONS.chooseKeyFile,
  }),
  'rsa-key.public-given': (details) => ({
    title: 'This is a public key, and the private key is needed',
    meaning: `${theFile(details)} holds ${publicThing(said(details, 'looksLike'))}, which can’t decrypt anything.`,
    next: 'Choose the private key of the same pair.',
    action: ACTIONS.chooseKeyFile,
  }),
  'rsa-key.other-algorithm': (details) => ({
    title: 'This is not an RSA key',
    meaning: `The key is ${ifSaid(said(details, 'algorithm'), 'of the kind ') || 'of another kind'}.`,
    next: 'Choose the RSA recovery key.',
    action: ACTIONS.chooseKeyFile,
  }),
  'password.required': (details) => ({
    title: 'This file needs its password',
    meaning: `${theFile(details)} is encrypted, and no password was entered.`,
    next: 'Enter the password of the file below.',
    action: null,
  }),
  'password.wrong': (details) => ({
    title: 'The password does not open the file',
    meaning: `Either the password is wrong, or the file is ${said(details, 'looksLike') === undefined ? 'damaged' : 'damaged or no key file at all'}; nothing tells which.`,
    next: 'Enter it again. Look at blanks, capital letters, accents and the keyboard layout. Or choose another copy of the file.',
    action: null,
  }),
  'password.too-short': (details) => ({
    title: 'The password is too short',
    meaning: `It must have at least ${said(details, 'minimumCharacters') ?? '8'} characters.`,
    next: 'Choose a longer one.',
    action: null,
  }),
  'password.unavailable': passwordText,
  'decryption.failed': (details) => ({
    title: `The recovery key opens none of the ciphertexts${ofPlayer(details)}`,
    meaning: 'The key fits the kit, so the ids may be wrong or the backup damaged.',
    next: 'Compare the quorum id and the key id with your record, and verify the backup to see whether it is damaged.',
    action: ACTIONS.changeIds,
  }),
};

function passwordText(details: ErrorDetails): FaultText {
  if (said(details, 'reason') === 'the two differ') {
    return {
      title: 'The two passwords differ',
      meaning: 'A file under a password with a slip in it could not be opened again. Nothing was written.',
      next: 'Enter the password twice, the same way. Look at the keyboard layout and the shift key.',
      action: null,
    };
  }
  return {
    title: 'No password was read',
    meaning:
      said(details, 'reason') === 'too long'
        ? 'What was entered is longer than can be read.'
        : said(details, 'reason') === 'not UTF-8'
          ? 'What was entered is no text.'
          : 'The file is encrypted and needs one.',
    next: 'Enter the password of the file below.',
    action: null,
  };
}

function publicThing(looksLike: string | undefined): string {
  if (looksLike === 'certificate') return 'a certificate';
  return looksLike?.startsWith('OpenSSH') === true ? `an ${looksLike}` : `a ${looksLike ?? 'public key'}`;
}

/** One fingerprint or several, as their first digits. */
function prints(list: string | undefined): string | undefined {
  if (list === undefined) return undefined;
  const all = list.split(', ');
  const rest = all.length > 3 ? ` or ${all.length - 3} more` : '';
  return all.slice(0, 3).map(shortFingerprint).join(' or ') + rest;
}
