import type { BucketCounts, BucketRow } from '../../shared/bucket.ts';
import type { Warning } from '../../shared/warning.ts';
import { sentenceOf } from './text/faults.ts';
import { warningSentence } from './text/warnings.ts';

/** One wallet of a bucket, as `--json` prints it. Source: docs/bucket.md, "Lines". */
export type BucketLine = {
  readonly command: string;
  readonly kind: 'wallet';
  readonly message: string;
} & BucketRow;

/** The last line of a run. Source: docs/bucket.md, "Lines". */
export interface BucketSummaryLine {
  readonly command: string;
  readonly kind: 'summary';
  readonly complete: boolean;
  readonly shard: string | null;
  readonly folders: number;
  readonly wallets: number;
  readonly fromState: number;
  readonly counts: BucketCounts;
  readonly notMet: number | null;
  readonly warnings: readonly Warning[];
  readonly elapsedMs: number;
}

/** The line of a row. */
export function bucketLine(command: string, row: BucketRow): BucketLine {
  return { command, kind: 'wallet', ...row, message: messageOf(row) };
}

/** A row in words: one line for a good wallet, more for one that has to be looked at. */
export function describeRow(row: BucketRow): readonly string[] {
  const word = row.code === null || row.verdict !== 'valid' ? WORDS[row.verdict] : `${WORDS.valid}, BUT`;
  return [
    `${row.name}  ${word}: ${messageOf(row)}`,
    ...row.warnings.map((warning) => `  Warning: ${warningSentence(warning)}`),
  ];
}

/** The end of a run in words. */
export function describeSummary(line: BucketSummaryLine): readonly string[] {
  const { counts, wallets, fromState, notMet } = line;
  const words = (['valid', 'invalid', 'unverifiable', 'unsupported', 'error'] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${counts[verdict]} ${SUMMARY_WORDS[verdict]}`);
  return [
    `${wallets} ${wallets === 1 ? 'wallet' : 'wallets'}${words.length === 0 ? '' : `: ${words.join(', ')}`}.`,
    `Addresses: ${counts.matched} as the register says, ${counts.mismatched} not.`,
    ...(fromState === 0 ? [] : [`${fromState} of them were done by an earlier run, as the state file says.`]),
    ...(notMet === null || notMet === 0
      ? []
      : [`${notMet} of the register's wallets were not met here. "register check" names them.`]),
    ...line.warnings.map((warning) => `Warning: ${warningSentence(warning)}`),
  ];
}

const WORDS = {
  valid: 'VALID',
  invalid: 'NOT VALID',
  unverifiable: 'CANNOT BE VERIFIED',
  unsupported: 'NOT SUPPORTED',
  error: 'ERROR',
} as const satisfies Record<BucketRow['verdict'], string>;

const SUMMARY_WORDS = {
  valid: 'valid',
  invalid: 'not valid',
  unverifiable: 'not verifiable',
  unsupported: 'not supported',
  error: 'with an error',
} as const satisfies Record<BucketRow['verdict'], string>;

const COMPARED = {
  matched: 'the address is the one in the register.',
  mismatched: 'the address is not the one in the register.',
  'not-given': 'the register has no address to compare with.',
  'not-compared': 'no address was compared.',
} as const satisfies Record<BucketRow['comparison'], string>;

function messageOf({ code, details, keyId, verdict, comparison }: BucketRow): string {
  if (code !== null)
    return sentenceOf({ code, details: { ...(keyId === null ? {} : { keyId }), ...details } });
  const start = verdict === 'valid' ? 'Every check passed' : 'It was recovered all the same';
  return `${start}; ${COMPARED[comparison]}`;
}
