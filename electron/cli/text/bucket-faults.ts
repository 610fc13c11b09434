import type { ErrorDetails } from '../../../shared/recovery-error.ts';
import { ifSaid, said, type Sentence, type SentencesOf } from './details.ts';

/** The codes of whole-bucket runs, of their state file and of rows of the register. */
export type BucketCode = Extract<
  keyof SentencesOf<'usage' | 'input' | 'guard' | 'bug'>,
  | 'register.row-invalid'
  | 'register.files-missing'
  | 'register.other-bucket'
  | 'bucket-state.damaged'
  | 'bucket-state.other-run'
  | 'bucket-state.in-use'
  | 'bucket.worker-died'
  | 'guard.drill-on-production'
>;

/** What a field of a register's row has to hold. */
const FIELDS: Readonly<Record<string, string>> = {
  key_id: 'Write the key id as a UUID, with its hyphens.',
  quorum_id: 'Write the quorum id as a UUID, with its hyphens.',
  key_algorithm: 'Write SECP256K1 or ED25519.',
  address: 'Write addresses with blanks between them, 20 at the most, each of 200 characters at the most.',
  environment: 'Write sandbox or production, or leave it empty.',
  bucket: 'Write the name of the bucket in 200 characters at the most, without control characters.',
  note: 'Write 2000 characters at the most, without control characters.',
};

/** In what a state file differs from the run that it was given to. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  mode: 'it is of the other command: one verifies, the other recovers',
  checks: 'it was written by another version of the checks',
  recoveryKey: 'it is of another recovery key',
  shard: 'it is of another --shard',
};

/** Sentences of the faults that belong to registers and whole buckets. */
export const BUCKET_SENTENCES: Readonly<Record<BucketCode, Sentence>> = {
  'register.row-invalid': (details) => {
    const field = said(details, 'field');
    const place = ifSaid(field, ' in ');
    return said(details, 'reason') === 'listed twice'
      ? `The register already has a row with this key id${ifSaid(said(details, 'keyId'), ' (', ')')}. Change that row, or enter another key id.`
      : `The row has a fault${place}. ${FIELDS[field ?? ''] ?? 'Correct the row.'}`;
  },
  'register.files-missing': (details) =>
    `The register lists this wallet${wallet(details)}, but no shard file of it was found. Download its folder from the bucket again, and check that it was not renamed.`,
  'register.other-bucket': (details) =>
    `The wallet${wallet(details)} was found in ${ifSaid(said(details, 'found'), 'the bucket "', '"') || 'another bucket'}, but the register says ${ifSaid(said(details, 'expected'), '"', '"') || 'another one'}. Check which one is right: its files may be an old copy.`,
  'bucket-state.damaged': (details) =>
    `The state file${stateFile(details)} is damaged${ifSaid(said(details, 'line'), ' in line ')}, so what it says can't be relied on. Start again with a new state file, and keep this one to look at.`,
  'bucket-state.other-run': (details) =>
    `The state file${stateFile(details)} belongs to another run${ifSaid(DIFFERENCES[said(details, 'field') ?? ''], ': ')}. Give the state file of this run, or the name of a new one.`,
  'bucket-state.in-use': (details) =>
    `The state file${stateFile(details)} is in use by another run${ifSaid(said(details, 'pid'), ' (process ', ')')}${ifSaid(said(details, 'host'), ' on the machine ')}. Wait until it ends. If there is none, remove the lock file beside it, which has its name and the ending lock.`,
  'bucket.worker-died': (details) =>
    `Checking this wallet${wallet(details)} ended the program's worker twice, so nothing is known of its backup. Verify it by itself on a machine with more memory, and report it.`,
  'guard.drill-on-production': (details) =>
    `The register says that this wallet${wallet(details)} is a production wallet, and a drill is for sandbox wallets. Choose a sandbox wallet, or start a live recovery.`,
};

function wallet(details: ErrorDetails): string {
  return ifSaid(said(details, 'keyId'), ' ');
}

function stateFile(details: ErrorDetails): string {
  return ifSaid(said(details, 'file'), ' "', '"');
}
