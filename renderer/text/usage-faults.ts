import type { ErrorDetails } from '../../shared/recovery-error.ts';
import type { ExportGuard } from '../../shared/export-guards.ts';
import type { BucketCode } from './bucket-faults.ts';
import { ACTIONS, ifSaid, said, theFile, type FaultText, type TellersOf } from './details.ts';
import { GUARD_WORDS } from './export-words.ts';

const UUID_FORM = 'An id looks like 123e4567-e89b-12d3-a456-426614174000.';

/** What is said of a wrong entry, of what is refused on purpose, and of this program's own faults. */
export const USAGE_FAULTS: Omit<TellersOf<'usage' | 'guard' | 'bug'>, BucketCode> = {
  'usage.invalid': usageText,
  'id.malformed': (details) => ({
    title: `The ${said(details, 'what') ?? 'id'} is not complete`,
    meaning: `What was entered is not an id. ${UUID_FORM}`,
    next: 'Copy it whole, with its hyphens, from your offline record.',
    action: ACTIONS.changeIds,
  }),
  'path.malformed': pathText,
  'label.malformed': () => ({
    title: 'The label can’t be read',
    meaning: 'What was entered does not fit the way of writing that is chosen for it.',
    next: 'Choose text, hex or base64 as your record has it, and enter the label again.',
    action: ACTIONS.changeIds,
  }),
  'label.missing': () => ({
    title: 'The label of this backup is not known',
    meaning: 'The backup was encrypted under a label, and nothing can be decrypted without it.',
    next: 'For a Palisade wallet enter the quorum id and the key id. For a raw ERS file enter the label, or say that there is none.',
    action: ACTIONS.changeIds,
  }),
  'pkcs11-uri.malformed': (details) => ({
    title: 'The PKCS#11 address can’t be read',
    meaning:
      said(details, 'reason') === 'pin-value'
        ? 'It holds a PIN, which never belongs into an address.'
        : `It is not of the form that is wanted${ifSaid(said(details, 'attribute'), ' (', ')')}.`,
    next: 'Choose the module, the token and the key by hand.',
    action: null,
  }),
  'key-id.missing': () => ({
    title: 'The key id of this wallet is not known',
    meaning: 'It is the name of the wallet’s folder in the bucket, and the kit was not in such a folder.',
    next: 'Enter the key id from your record, or add the kit in its own folder, not renamed.',
    action: ACTIONS.changeIds,
  }),
  'key-id.not-found': (details) => ({
    title: 'No kit of this key id was found',
    meaning: `Nothing that was added belongs to the key id${ifSaid(said(details, 'keyId'), ' ')}.`,
    next: 'Compare the key id with your record, and check that the wallet’s folder was copied and not renamed.',
    action: ACTIONS.addFolder,
  }),
  'key-id.ambiguous': (details) => ({
    title: 'More than one wallet fits',
    meaning: `${said(details, 'wallets') ?? 'Several'} wallets were found where one is wanted.`,
    next: 'Choose one wallet in the list.',
    action: null,
  }),
  'quorum-id.missing': () => ({
    title: 'The quorum id of this wallet is not known',
    meaning: 'No kit holds it. It stands in the register of wallets, or in your offline record.',
    next: 'Enter the quorum id, or add the register.',
    action: ACTIONS.changeIds,
  }),
  'air-gap.sentence': () => ({
    title: 'The sentence differs from the one that was asked for',
    meaning: 'So the open air gap was not accepted, and nothing is on record.',
    next: 'Type it as it stands, with its capital letters, or cut the machine off.',
    action: null,
  }),
  'ipc.malformed': (details) => ({
    title: 'What was entered can’t be used',
    meaning: `It is too long, or not of the form that is wanted${ifSaid(said(details, 'field'), ' (', ')')}. Nothing was done.`,
    next: 'Check what was entered. If it is short and right, report this as a fault of the program.',
    action: null,
  }),
  'air-gap.open': () => ({
    title: 'The air gap is open',
    meaning: 'This machine is connected to a network. In a live recovery no key is touched then.',
    next: 'Pull the network cable, and turn off Wi-Fi and Bluetooth. Then try again.',
    action: null,
  }),
  'backup.not-verified': () => ({
    title: 'This backup is not verified, or is not good',
    meaning: 'No key is opened for a backup that was not found good.',
    next: 'Check the backup first.',
    action: ACTIONS.check,
  }),
  'network.denied': () => ({
    title: 'Something tried to use the network, and was stopped',
    meaning:
      'Breakglass never uses a network. A part of it tried to, which is a fault of the program or worse.',
    next: 'End the session, and report this before you use this copy of Breakglass again.',
    action: ACTIONS.end,
  }),
  'ipc.untrusted': () => ({
    title: 'A page that is not Breakglass asked for something, and was refused',
    meaning: 'Only the app’s own page may ask. Nothing was done.',
    next: 'End the session, and report this before you use this copy of Breakglass again.',
    action: ACTIONS.end,
  }),
  'guard.output-exists': (details) => ({
    title: `${theFile(details)} exists already`,
    meaning: 'Nothing is ever overwritten, so nothing was written.',
    next: 'Choose a name that does not exist yet.',
    action: null,
  }),
  'guard.address-mismatch': (details) => ({
    title: 'The expected address is none of this wallet’s',
    meaning: `The key is not given out while the address in the register${ifSaid(said(details, 'expected'), ' (', ')')} does not fit. It may be the wrong wallet.`,
    next: 'Compare the register’s row and the key id with your offline record before anything else.',
    action: null,
  }),
  'guard.export-refused': (details) => ({
    title: 'The key is not given out yet',
    meaning: `Not everything that has to hold does${ifSaid(guardNames(details), ': ')}. Nothing was written or shown.`,
    next: 'Do what is marked as open on this screen, then try again.',
    action: null,
  }),
  'guard.address-not-confirmed': () => ({
    title: 'No address of this wallet ends like that',
    meaning:
      'What was typed is not the end of the address that has to be confirmed. It may be the wrong wallet.',
    next: 'Take the address from your own record, and type its last six characters. If they differ, go back and compare the whole address.',
    action: null,
  }),
  'guard.plaintext': () => ({
    title: 'The key would go out in the clear',
    meaning: 'Whoever reads it can spend everything in the wallet, and that was not accepted.',
    next: 'Accept it in words, or choose an encrypted format.',
    action: null,
  }),
  'guard.output-in-app-data': (details) => ({
    title: `${theFile(details)} would lie in the app’s own folder`,
    meaning: 'Nobody looks for a key there, and it would go when the app goes. Nothing was written.',
    next: 'Choose a medium of your own.',
    action: null,
  }),
  'guard.backup-beside-key': (details) => ({
    title: 'The backup and its recovery key would be in one place',
    meaning: `Whoever takes the folder${ifSaid(said(details, 'folder'), ' “', '”')} has the wallet: the backup is encrypted to nothing but that key. Nothing was written.`,
    next: 'Keep backup, recovery key and the recovered key on media of their own. Move one of them, load the files again, and export to a third medium.',
    action: null,
  }),
  'guard.second-person': secondPersonText,
  'guard.sentence': () => ({
    title: 'The sentence differs from the one that was asked for',
    meaning: 'So it was not accepted that the key goes out in the clear.',
    next: 'Type it as it stands, with its capital letters, or choose an encrypted format.',
    action: null,
  }),
  'bug.unexpected': () => ({
    title: 'Breakglass met a case it has no answer for',
    meaning: 'This is a fault of the program, not a finding about your files. Your files were not changed.',
    next: 'End the session and start again. Report the step and the version, and never a key or a password.',
    action: ACTIONS.end,
  }),
};

function usageText(details: ErrorDetails): FaultText {
  const reason = said(details, 'reason');
  const what = said(details, 'what');
  return {
    title: 'This step can’t be done now',
    meaning: `Breakglass refused the step${ifSaid(what, ' (', ')')}${ifSaid(reason, ': ')}. Nothing was changed.`,
    next: 'Look at what this screen asks for first, then try again.',
    action: null,
  };
}

function secondPersonText(details: ErrorDetails): FaultText {
  const text = { title: 'The second person has not agreed', action: null };
  switch (said(details, 'reason')) {
    case 'same':
      return {
        ...text,
        meaning: 'Both names are the same. A key is given out only when two people are there.',
        next: 'Enter the name of another person who is in the room.',
      };
    case 'other name':
      return {
        ...text,
        meaning: 'The name that was typed to agree is not the second person’s.',
        next: 'Let the second person type their own name, as it stands above.',
      };
    case undefined:
    default:
      return {
        ...text,
        meaning: 'What was entered is not a name.',
        next: 'Enter both names, each of up to 100 characters.',
      };
  }
}

function isGuard(name: string): name is ExportGuard {
  return Object.hasOwn(GUARD_WORDS, name);
}

/** The guards of a refusal, in words. */
function guardNames(details: ErrorDetails): string | undefined {
  const names = said(details, 'missing')?.split(', ');
  return names?.map((name) => (isGuard(name) ? GUARD_WORDS[name].open : name)).join(', ');
}

function pathText(details: ErrorDetails): FaultText {
  const form = 'Write numbers between slashes, like m/44/60/0/0/0, or m for the master key.';
  const text = { title: 'The path can’t be used', next: form, action: ACTIONS.derive };
  switch (said(details, 'reason')) {
    case 'hardened':
      return {
        ...text,
        meaning:
          'It has a hardened level (an apostrophe or an h), which the key of an MPC wallet can’t have.',
        next: `Leave the mark out. ${form}`,
      };
    case 'too-deep':
      return { ...text, meaning: `It has more than ${said(details, 'limit') ?? '50'} levels.` };
    case 'index':
      return { ...text, meaning: 'It has a level that is no whole number below 2147483648.' };
    case undefined:
    default:
      return { ...text, meaning: 'It can’t be read as a path.' };
  }
}
