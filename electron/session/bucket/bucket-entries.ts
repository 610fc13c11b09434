import type { BucketRow, BucketView } from '../../../shared/bucket.ts';
import type { RecordEntryBody } from '../../../shared/record.ts';
import { recordableName } from '../../record/recordable.ts';

/** What a run over a bucket says of itself in a record. All pure; source: docs/record.md, "Entries". */

/** One wallet's row. */
export function bucketWalletEntry({ keyId, verdict, code, comparison }: BucketRow): RecordEntryBody {
  return {
    kind: 'bucket-wallet',
    keyId,
    verdict,
    code,
    comparison: comparison === 'not-compared' ? null : comparison,
  };
}

/**
 * The run as a whole, as far as it came; undefined where no wallet was found yet.
 * @param run where it looked, and how many wallets it checked at a time
 */
export function bucketEntry(
  view: BucketView,
  run: { readonly paths: readonly string[]; readonly workers: number },
): RecordEntryBody | undefined {
  if (view.kind === 'idle' || view.kind === 'finding' || view.progress === null) return undefined;
  const { counts, total, done, mode, elapsedMs } = view.progress;
  const { valid, invalid, unverifiable, unsupported, error } = counts;
  return {
    kind: 'bucket',
    name: run.paths.map(recordableName).join(', '),
    counts: { valid, invalid, unverifiable, unsupported, error },
    total,
    done,
    recoverCheck: mode === 'recover-check',
    durationMs: Math.round(elapsedMs),
    workers: run.workers,
  };
}
