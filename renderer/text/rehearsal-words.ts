import type { Rehearsal, RehearsalFault } from '../../shared/rehearsal.ts';

/** What each fault of a rehearsal is, and how it comes about on the day. */
export const REHEARSAL_WORDS: Readonly<
  Record<RehearsalFault, { readonly title: string; readonly says: string }>
> = {
  none: {
    title: 'None: everything fits',
    says: 'The wallets are verified, recovered and compared, as they have to be.',
  },
  'wrong-quorum-id': {
    title: 'Wrong quorum id',
    says: 'The register says another quorum id than the backup was made with: a row slipped, or a digit.',
  },
  'damaged-shard': {
    title: 'One shard file damaged',
    says: 'One bit of one file is not what it was: a bad medium, or a forger.',
  },
  'wrong-key': {
    title: 'Wrong key',
    says: 'The recovery key file is another one than the backup is encrypted to: the wrong envelope.',
  },
};

/** What the custodian has to meet in this drill, in a line. */
export function rehearsalLine({ fault, keyFiles }: Rehearsal): string {
  const key = keyFiles.length === 1 ? 'The recovery key lies' : 'The recovery keys lie';
  const fits = `${key} in the same folder.`;
  return fault === 'none'
    ? fits
    : `${fits} Something is wrong with these files on purpose: ${REHEARSAL_WORDS[fault].title.toLowerCase()}.`;
}
