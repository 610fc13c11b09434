import type { ErrorCode } from '../../shared/error-codes.ts';
import type { ErrorDetails } from '../../shared/recovery-error.ts';
import type { RegisterField, RegisterFinding } from '../../shared/register.ts';
import type { WarningCode } from '../../shared/warning.ts';
import { said } from './details.ts';
import { faultText } from './faults.ts';
import { warningText } from './warnings.ts';

/** The columns of a register, as labels of a form. */
export const FIELD_LABELS: Readonly<Record<RegisterField, string>> = {
  key_id: 'Key id',
  quorum_id: 'Quorum id',
  key_algorithm: 'Key algorithm',
  address: 'Addresses',
  environment: 'Environment',
  bucket: 'Bucket',
  note: 'Note',
};

/** What is said under each field while nothing is wrong with it. */
export const FIELD_HINTS: Readonly<Record<RegisterField, string>> = {
  key_id: 'The name of the wallet’s folder in the bucket: 36 characters with hyphens.',
  quorum_id: 'From the platform; it stands in none of the files.',
  key_algorithm: '',
  address: 'One or more that the wallet is known to have, with blanks or line breaks between.',
  environment: '',
  bucket: 'The name of the bucket, if you keep several.',
  note: 'For people; the program only keeps it.',
};

/** One finding in words: what it is, and what to do in the register. */
interface FindingText {
  readonly title: string;
  readonly says: string;
}

/** Where the words for a recovery would not fit: here the register is what is looked at. */
const IN_THE_REGISTER: Readonly<
  Partial<Record<ErrorCode | WarningCode, (details: ErrorDetails) => FindingText>>
> = {
  'register.not-listed': (details) => ({
    title: 'The register does not list this wallet',
    says:
      said(details, 'keyId') === undefined
        ? 'Its files are in no folder that is named after a key id. Put them into one, or find out what they are.'
        : 'Its files are in the bucket. Add a row for it, with its quorum id: without that it can’t be recovered.',
  }),
  'register.files-missing': () => ({
    title: 'No files of this wallet were found',
    says: 'Download its folder from the bucket again, and check that it was not renamed. If the wallet is gone for good, remove its row.',
  }),
  'address.mismatch': (details) => ({
    title: 'An address in the row is none of this wallet’s',
    says: `The row says ${said(details, 'expected') ?? 'another address'}. Check the address, and whether the row is of this wallet.`,
  }),
  'kit.key-algorithm-mismatch': (details) => ({
    title: 'The row has another key algorithm than the files',
    says: `The row says ${said(details, 'stated') ?? 'one'}, the files are for the curve ${said(details, 'curve') ?? 'of another'}. Correct the row.`,
  }),
  'register.no-address': () => ({
    title: 'The row has no address',
    says: 'A recovery would have nothing to compare its addresses with. Add one that the wallet is known to have.',
  }),
};

/** Says what a comparison of register and bucket found. */
export function findingText({ found }: RegisterFinding): FindingText {
  const { code, details } = found.kind === 'fault' ? found.fault : found.warning;
  const own = IN_THE_REGISTER[code];
  if (own !== undefined) return own(details);
  if (found.kind === 'warning') return { title: 'Look at this', says: warningText(found.warning) };
  const { title, meaning, next } = faultText(found.fault);
  return { title, says: `${meaning} ${next}` };
}
