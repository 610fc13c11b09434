import { ACTIONS, ifSaid, said, type FaultTeller, type TellersOf } from './details.ts';

/** The codes of whole-bucket runs, of their state file and of rows of the register. */
export type BucketCode = Extract<
  keyof TellersOf<'usage' | 'input' | 'guard' | 'bug'>,
  | 'register.row-invalid'
  | 'register.files-missing'
  | 'register.other-bucket'
  | 'bucket-state.damaged'
  | 'bucket-state.other-run'
  | 'bucket-state.in-use'
  | 'bucket.worker-died'
  | 'guard.drill-on-production'
>;

/** The fields of a row, as they stand on the screen, and what they have to hold. */
const FIELDS: Readonly<Record<string, readonly [string, string]>> = {
  key_id: ['The key id', 'Enter the key id as a UUID, with its hyphens.'],
  quorum_id: ['The quorum id', 'Enter the quorum id as a UUID, with its hyphens.'],
  key_algorithm: ['The key algorithm', 'Choose SECP256K1 or ED25519.'],
  address: [
    'An address',
    'Enter at most 20 addresses with blanks between them, each of at most 200 characters.',
  ],
  environment: ['The environment', 'Choose sandbox or production, or leave it open.'],
  bucket: ['The bucket', 'Enter the bucket’s name in at most 200 characters.'],
  note: ['The note', 'Shorten the note to 2000 characters, and leave control characters out.'],
};

/** In what a state file differs from the run that it was given to. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  mode: 'One of the two verifies, the other recovers.',
  checks: 'It was written by another version of the checks.',
  recoveryKey: 'It was made with another recovery key.',
  shard: 'It is of another part of the bucket.',
};

/** What is said of faults that belong to registers and whole buckets. */
export const BUCKET_FAULTS: Readonly<Record<BucketCode, FaultTeller>> = {
  'register.row-invalid': (details) => {
    if (said(details, 'reason') === 'listed twice') {
      return {
        title: 'The register already lists this key id',
        meaning: 'Each wallet has one row.',
        next: 'Change the row that is there, or enter another key id.',
        action: null,
      };
    }
    const [name, next] = FIELDS[said(details, 'field') ?? ''] ?? ['A field', 'Correct the row.'];
    return { title: `${name} is not right`, meaning: 'The row was not taken.', next, action: null };
  },
  'register.files-missing': (details) => ({
    title: 'No files of this wallet were found',
    meaning: `The register lists the wallet${ifSaid(said(details, 'keyId'), ' ')}, but no shard file of it is among the files.`,
    next: 'Download its folder from the bucket again, and check that it was not renamed.',
    action: ACTIONS.addFolder,
  }),
  'register.other-bucket': (details) => ({
    title: 'The wallet lies in another bucket than the register says',
    meaning: `Found in ${said(details, 'found') ?? 'another bucket'}; the register says ${said(details, 'expected') ?? 'another one'}.`,
    next: 'Check which one is right: these files may be an old copy.',
    action: null,
  }),
  'bucket-state.damaged': (details) => ({
    title: 'The state file is damaged',
    meaning: `What it says can’t be relied on${ifSaid(said(details, 'line'), '; the fault is in line ')}.`,
    next: 'Start again with a new state file, and keep this one to look at.',
    action: null,
  }),
  'bucket-state.other-run': (details) => ({
    title: 'The state file belongs to another run',
    meaning: DIFFERENCES[said(details, 'field') ?? ''] ?? 'It can’t be continued with these settings.',
    next: 'Choose the state file of this run, or a new one.',
    action: null,
  }),
  'bucket-state.in-use': (details) => ({
    title: 'Another run is using the state file',
    meaning: `Two runs would spoil it${ifSaid(said(details, 'pid'), '; the other one is process ')}.`,
    next: 'Wait until the other run ends. If there is none, remove the lock file beside it, which has its name and the ending lock.',
    action: null,
  }),
  'bucket.worker-died': () => ({
    title: 'Checking this wallet ended the program’s worker twice',
    meaning: 'Nothing is known of its backup. The other wallets are not affected.',
    next: 'Verify it by itself on a machine with more memory, and report it.',
    action: null,
  }),
  'guard.drill-on-production': () => ({
    title: 'This is a production wallet',
    meaning: 'The register says so, and a drill is for sandbox wallets.',
    next: 'Choose a sandbox wallet, or start a live recovery.',
    action: null,
  }),
};
