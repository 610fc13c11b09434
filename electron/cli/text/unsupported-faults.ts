import type { ErrorDetails } from '../../../shared/recovery-error.ts';
import { ifSaid, inFile, said, theFile, type SentencesOf } from './details.ts';

/** What is said of what was understood, and nothing here can do. */
export const UNSUPPORTED_SENTENCES: SentencesOf<'unsupported'> = {
  'kit.pdkls23': (details) =>
    `The kit${inFile(details)} was made with pdkls23, and such a kit does not hold what a recovery needs. Nobody can recover the key from it. Contact the platform.`,
  'backup.version-1': () =>
    "The backup is of version 1, which carries no proof: it can be recovered, but not verified beforehand. Recovery still checks every share, and the key against the wallet's public key.",
  'backup.multiplicative': () =>
    "The backup's shares are multiplied, and it can't be proved beforehand that they make the key: it can be recovered, but not fully verified. Recovery still checks every share, and the key against the wallet's public key.",
  'backup.unsupported': backupUnsupported,
  'label.unknown': () =>
    'The label is not known, so it was not checked that the ciphertexts open to their values. Give --quorum-id (and --key-id, if the folder is not named after it) or --register. For a raw ERS file, give --label-text, --label-hex, --label-base64 or --no-label.',
  'register.not-listed': (details) =>
    `The register has no line for this wallet${ifSaid(said(details, 'keyId'), ' (key id ', ')')}, so there is nothing in it to compare with. Add the line and check --key-id, or leave out --register and give --quorum-id.`,
  'ers-public-key.unknown': () =>
    'The file does not say which RSA key it is encrypted to, so it was not checked that the ciphertexts open to their values. Give the RSA public key with --ers-public-key.',
  'rsa-key.unsupported': keyUnsupported,
  'derivation.unsupported': (details) =>
    `There are no keys below the master key on ${ifSaid(said(details, 'curve'), 'the curve ') || 'this curve'}. Leave out --path to recover the master key.`,
};

function backupUnsupported(details: ErrorDetails): string {
  const looksLike = said(details, 'looksLike');
  if (looksLike !== undefined) {
    return `${theFile(details)} looks like ${looksLike}, which this program does not read. Use the tool of the vendor that made the backup.`;
  }
  const field = said(details, 'field');
  return `The backup${inFile(details)} is of a kind that this program does not read${ifSaid(field, ', by its field "', '"')}. Check for a newer release of this program, or contact the platform.`;
}

function keyUnsupported(details: ErrorDetails): string {
  const key = `The key${inFile(details)}`;
  const convert =
    'Convert it to an RSA key in PKCS#8 on the offline machine; docs/key-files.md shows how with OpenSSL.';
  const container = said(details, 'container');
  if (container !== undefined)
    return `${key} is in the form ${container}, which is not read here. ${convert}`;
  const what = said(details, 'what');
  switch (what) {
    case 'key size':
      return `${key} has ${ifSaid(said(details, 'modulusBits'), '', ' bits') || 'a size that is not read'}; RSA keys of 512 to 16384 bits are read. Check that it is the right file.`;
    case 'exponent size':
      return `${key} has an exponent that is larger than in any real RSA key. Check that it is the right file.`;
    case 'more than two primes':
      return `${key} is an RSA key of more than two primes, which is not read here. Check that it is the right file.`;
    case 'no primes in the key':
      return `${key} is an RSA key without its two primes, which is not read here. Use the key file as it was made.`;
    case 'message longer than the key':
      return `The RSA key${inFile(details)} is too small for the backup's curve. Check that it is the right key.`;
    case 'encrypted twice':
      return `${key} is encrypted twice. Remove one of the two encryptions on the offline machine.`;
    case undefined:
      return `${key} is of a kind that is not read here. ${convert}`;
    default:
      return `${key} is made or protected in a way that is not read here (${what}${ifSaid(said(details, 'oid'), ' ')}). ${convert}`;
  }
}
