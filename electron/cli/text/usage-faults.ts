import type { ErrorDetails } from '../../../shared/recovery-error.ts';
import type { BucketCode } from './bucket-faults.ts';
import { capitalized, ifSaid, said, theFile, type SentencesOf } from './details.ts';

const HELP = 'Run the command with --help to see its options.';
const UUID_FORM = 'It must look like 123e4567-e89b-12d3-a456-426614174000.';

/** What is said of a wrong call, of what is refused on purpose, and of this program's own faults. */
export const USAGE_SENTENCES: Omit<SentencesOf<'usage' | 'guard' | 'bug'>, BucketCode> = {
  'usage.invalid': usageSentence,
  'id.malformed': (details) =>
    `${ifSaid(said(details, 'what'), 'The ') || 'The id'} is not a UUID. ${UUID_FORM} Copy it whole, with its hyphens.`,
  'path.malformed': pathSentence,
  'label.malformed': (details) =>
    `The label ${ifSaid(said(details, 'option'), 'after ', ' ') || 'that was given '}can't be read. Give hex digits to --label-hex, padded base64 to --label-base64, plain text to --label-text.`,
  'label.missing': () =>
    'The label of this backup is not known, and nothing can be decrypted without it. Give --label-text, --label-hex or --label-base64, or --no-label if the backup was made without one. For a Palisade wallet, give --quorum-id and --key-id, or --register.',
  'pkcs11-uri.malformed': uriSentence,
  'key-id.missing': () =>
    "The key id of this wallet is not known. It is the name of the kit's folder in the bucket: give it with --key-id, or give the kit in its folder, not renamed.",
  'key-id.not-found': (details) =>
    `No kit of the key id ${ifSaid(said(details, 'keyId'), '', ' ')}was found in what was given. Check --key-id, and that the wallet's folder was copied and not renamed.`,
  'key-id.ambiguous': (details) =>
    `More than one wallet was found where one is wanted${ifSaid(said(details, 'wallets'), ' (', ' in all)')}. Say which one with --key-id, or give only that wallet's folder.`,
  'quorum-id.missing': (details) =>
    `The quorum id of this wallet${ifSaid(said(details, 'keyId'), ' (key id ', ')')} is not known, and no file holds it. Give --quorum-id, or --register with the register of wallets.`,
  'guard.output-exists': (details) =>
    `${theFile(details)} exists already, and nothing is ever overwritten. Name a file that does not exist yet.`,
  'guard.address-mismatch': (details) =>
    `The private key is not given out, since the expected address${ifSaid(said(details, 'expected'), ' ')} is none of this wallet's. Check the register's row and the key id: it may be the wrong wallet.`,
  'guard.export-refused': (details) =>
    `The private key is not given out${ifSaid(said(details, 'missing'), ': what is missing is ')}. Do that first.`,
  'guard.address-not-confirmed': (details) =>
    said(details, 'reason') === 'not given'
      ? 'The private key is not given out before its address was confirmed. Give --register with the register of wallets, or --confirm-address with the last six characters of the address in your own record.'
      : 'What was typed is not the end of an address of this wallet, so the private key is not given out. Take the address from your own record; if it differs, it may be the wrong wallet.',
  'guard.plaintext': (details) =>
    `The private key would be given out in the clear${ifSaid(said(details, 'option'), ' (', ')')}: whoever reads it can spend everything in the wallet. Add --i-understand-plaintext if that is meant, or choose an encrypted format with --output-format.`,
  'guard.output-in-app-data': (details) =>
    `${theFile(details)} would lie in a folder of the program's own, where nobody looks for a key. Choose a medium of your own.`,
  'guard.backup-beside-key': (details) =>
    `The backup and its recovery key would lie in one folder${ifSaid(said(details, 'folder'), ' ("', '")')}: whoever takes it has the wallet. Keep them on media of their own.`,
  'guard.second-person': (details) =>
    said(details, 'reason') === 'same'
      ? 'Both names are the same, and a key is given out only when two people are there. Name another person.'
      : said(details, 'reason') === 'other name'
        ? "The name is not the second person's, so nobody agreed. Let them type their own."
        : 'A second person has to be named and to agree. Give a name of up to 100 characters.',
  'guard.sentence': () => 'The sentence is not the one that was asked for. Type it as it stands.',
  'network.denied': (details) =>
    `A part of this program asked for the network${ifSaid(said(details, 'what'), ' (', ')')} and was refused: it works without one. Report it with the version, since nothing here should ask.`,
  'ipc.untrusted': () =>
    'A page that is not part of this program called it and was refused. Close the app, and find out what else runs on this machine.',
  'ipc.malformed': (details) =>
    `A screen sent a value that can't be used${ifSaid(said(details, 'field'), ' (', ')')}, so nothing was done. Check the length of what was typed; if it is short, this is a fault of the program.`,
  'air-gap.sentence': () => 'The sentence is not the one that was asked for. Type it as it stands.',
  'air-gap.open': () =>
    'This machine is connected to a network, and in a live recovery no key is opened then. Take off the network, or accept it with the sentence.',
  'backup.not-verified': () =>
    'This backup has not been verified, or is not good. Verify it before you open a key.',
  'bug.unexpected': () =>
    'The program met a case that it has no answer for. This is its own fault, not a finding about your files. Report the command and the version, and never a key or a password.',
};

function usageSentence(details: ErrorDetails): string {
  const option = said(details, 'option');
  const reason = said(details, 'reason');
  const what = said(details, 'what');
  if (what === 'RSA key size') {
    return `An RSA key of ${ifSaid(said(details, 'bits'), '', ' bits') || 'this size'} can't be made. Choose 4096 bits, or another multiple of 128 from 2048 to 16384.`;
  }
  const subject = option ?? what;
  const name = ifSaid(option, 'The option ') || capitalized(what ?? 'the command line');
  switch (reason) {
    case 'missing':
      return `${name} is missing. ${HELP}`;
    case 'unknown':
      return `${name} is not known to this command. ${HELP}`;
    case 'no value':
      return `${name} needs a value. Write it after the option.`;
    case 'value':
      return `${name} takes no value. Leave the value out.`;
    case 'twice':
      return `${name} is given twice. Give it once.`;
    case 'choice':
      return `${name} has a value that it does not know. Choose one of ${said(details, 'choices') ?? 'those that --help lists'}.`;
    case 'role':
      return `${name} has no role that is known after the last comma. Choose one of ${said(details, 'choices') ?? 'those that --help lists'}.`;
    case 'stray argument':
      return `There is a word on the command line that belongs to no option. Check for a forgotten dash or a blank that needs quotes. ${HELP}`;
    case 'no path':
      return 'No file or folder is given. Name a kit file, a wallet folder or a whole bucket.';
    case 'no chain code':
      return `${name} needs a file that holds a chain code, and this one has none. Leave the option out, or give an extended key (xprv).`;
    case 'not for this curve':
      return `${name} can't be used for a key on ${said(details, 'curve') ?? 'this curve'}. Choose one of ${said(details, 'choices') ?? 'those that --help lists'}.`;
    case 'another label is given':
      return `${name} is given beside another label. Give one of --label-text, --label-hex, --label-base64, --no-label and --quorum-id.`;
    case undefined:
      return `${subject === undefined ? 'The command line is not understood' : `${name} is not understood`}. ${HELP}`;
    default:
      if (/^from \d/.test(reason)) return `${name} must be ${reason}. ${HELP}`;
      return /^(?:with|without) /.test(reason)
        ? `${name} can't be used ${reason}. ${HELP}`
        : `${name} can't be used like this: ${reason}. ${HELP}`;
  }
}

function uriSentence(details: ErrorDetails): string {
  const attribute = ifSaid(said(details, 'attribute'), ' "', '"');
  switch (said(details, 'reason')) {
    case 'pin-value':
      return 'The PKCS#11 URI holds a PIN, and what stands on the command line can be seen by every process. Leave pin-value out, and use pin-source, --pin-file or --pin-stdin.';
    case 'pin-source':
      return 'The pin-source of the PKCS#11 URI is not the path of a file. Only a file is read: no command is run and no address is opened.';
    case 'type':
      return 'The PKCS#11 URI names another object than a private key. Leave its type out, or write type=private.';
    case 'not used':
      return `The PKCS#11 URI has the attribute${attribute}, which is not looked at here. Leave it out, and name the token by token, serial, manufacturer, model or slot-id.`;
    case 'twice':
      return `The PKCS#11 URI has the attribute${attribute} twice. Write it once.`;
    case 'value':
      return `The PKCS#11 URI has a value${ifSaid(said(details, 'attribute'), ' of "', '"')} that can't be read. Write blanks and other special characters as % and two hex digits.`;
    case 'unknown attribute':
      return 'The PKCS#11 URI has an attribute that is not known. Known are token, manufacturer, serial, model, object, type, id, slot-id; after a question mark module-path, module-name, pin-source.';
    case undefined:
    default:
      return "The PKCS#11 URI can't be read. It looks like pkcs11:token=Recovery;object=recovery?module-path=/usr/lib/softhsm/libsofthsm2.so; put it in quotes.";
  }
}

function pathSentence(details: ErrorDetails): string {
  switch (said(details, 'reason')) {
    case 'hardened':
      return "The path has a hardened level (an apostrophe or an h after the number), which an MPC wallet can't have. Write the numbers alone, like 44/60/0/0/0.";
    case 'too-deep':
      return `The path has more than ${said(details, 'limit') ?? '50'} levels. Check what was given to --path.`;
    case 'index':
      return 'The path has a level that is no whole number below 2147483648. Write numbers between slashes, like 44/60/0/0/0.';
    case undefined:
    default:
      return "The path can't be read. Write numbers between slashes, like 44/60/0/0/0, or m for the master key.";
  }
}
