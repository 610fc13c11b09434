import type { ErrorDetails } from '../../shared/recovery-error.ts';
import { ACTIONS, ifSaid, said, theFile, type FaultText, type TellersOf } from './details.ts';

/** What is said of what was understood, and nothing here can do. */
export const UNSUPPORTED_FAULTS: TellersOf<'unsupported'> = {
  'kit.pdkls23': (details) => ({
    title: 'Nobody can recover a key from this kit',
    meaning: `${theFile(details, 'The kit')} was made with pdkls23, and such a kit does not hold what a recovery needs.`,
    next: 'Contact the platform, and ask for another backup while the wallet still works.',
    action: null,
  }),
  'backup.version-1': () => ({
    title: 'This backup can’t be verified beforehand',
    meaning: 'It is of version 1, which carries no proof. It can still be recovered.',
    next: 'Go on: the recovery checks every share, and the key against the wallet’s public key.',
    action: null,
  }),
  'backup.multiplicative': () => ({
    title: 'This backup can’t be fully verified beforehand',
    meaning:
      'Its shares are multiplied, and it can’t be proved beforehand that they make the key. It can still be recovered.',
    next: 'Go on: the recovery checks every share, and the key against the wallet’s public key.',
    action: null,
  }),
  'backup.unsupported': (details) => {
    const looksLike = said(details, 'looksLike');
    return {
      title: `${theFile(details, 'The backup')} is of a kind that is not read here`,
      meaning:
        looksLike === undefined
          ? `It is understood as a backup, but not one of those${ifSaid(said(details, 'field'), ' (field “', '”)')}.`
          : `It looks like ${looksLike}.`,
      next:
        looksLike === undefined
          ? 'Look for a newer release of Breakglass, or contact the platform.'
          : 'Use the tool of the vendor that made the backup.',
      action: null,
    };
  },
  'label.unknown': () => ({
    title: 'The ids are not known, so not everything was checked',
    meaning: 'Without the label it can’t be checked that the ciphertexts open to their values.',
    next: 'Enter the quorum id and the key id, or add the register. For a raw ERS file enter the label.',
    action: ACTIONS.changeIds,
  }),
  'register.not-listed': (details) => ({
    title: 'The register does not list this wallet',
    meaning: `It has no line for it${ifSaid(said(details, 'keyId'), ' (key id ', ')')}, so its quorum id is not known.`,
    next: 'Enter the quorum id by hand, or add a register that lists the wallet.',
    action: ACTIONS.changeIds,
  }),
  'ers-public-key.unknown': () => ({
    title: 'The file does not say which recovery key it is encrypted to',
    meaning: 'So it was not checked that the ciphertexts open to their values.',
    next: 'Go on: the recovery checks every share, and the key against the wallet’s public key.',
    action: null,
  }),
  'rsa-key.unsupported': (details) => ({
    title: `${theFile(details, 'The key')} can’t be used here`,
    meaning: keyMeaning(details),
    next: 'Check that it is the right file. If it is, convert it to an RSA key in PKCS#8 on the offline machine.',
    action: ACTIONS.chooseKeyFile,
  }),
  'derivation.unsupported': (details): FaultText => ({
    title: 'There are no keys below the master key',
    meaning: `On ${ifSaid(said(details, 'curve'), 'the curve ') || 'this curve'} nothing can be derived.`,
    next: 'Use the path m for the master key.',
    action: ACTIONS.derive,
  }),
};

function keyMeaning(details: ErrorDetails): string {
  const container = said(details, 'container');
  if (container !== undefined) return `It is in the form ${container}, which is not read here.`;
  const what = said(details, 'what');
  switch (what) {
    case 'key size':
      return `It has ${ifSaid(said(details, 'modulusBits'), '', ' bits') || 'a size that is not read'}; RSA keys of 512 to 16384 bits are read.`;
    case 'exponent size':
      return 'Its exponent is larger than in any real RSA key.';
    case 'more than two primes':
      return 'It is an RSA key of more than two primes, which is not read here.';
    case 'no primes in the key':
      return 'It is an RSA key without its two primes, which is not read here.';
    case 'message longer than the key':
      return 'The RSA key is too small for the backup’s curve.';
    case 'encrypted twice':
      return 'It is encrypted twice. Remove one of the two encryptions on the offline machine.';
    case undefined:
      return 'It is of a kind that is not read here.';
    default:
      return `It is made or protected in a way that is not read here (${what}${ifSaid(said(details, 'oid'), ' ')}).`;
  }
}
