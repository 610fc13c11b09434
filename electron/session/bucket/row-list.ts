import {
  BUCKET_VERDICTS,
  type BucketCounts,
  type BucketFilter,
  type BucketPage,
  type BucketRow,
  type BucketVerdict,
} from '../../../shared/bucket.ts';

/** The most rows that one page has. */
const MAX_PAGE = 500;

/** The results of a run: counted as they come, given out in pages. */
export class RowList {
  readonly #rows: BucketRow[] = [];
  readonly #verdicts = new Map<BucketVerdict, number>();
  #matched = 0;
  #mismatched = 0;
  #bad = 0;

  add(row: BucketRow): void {
    this.#rows.push(row);
    this.#verdicts.set(row.verdict, (this.#verdicts.get(row.verdict) ?? 0) + 1);
    if (row.comparison === 'matched') this.#matched++;
    if (row.comparison === 'mismatched') this.#mismatched++;
    if (row.code !== null) this.#bad++;
  }

  get size(): number {
    return this.#rows.length;
  }

  get counts(): BucketCounts {
    const verdicts = Object.fromEntries(
      BUCKET_VERDICTS.map((verdict) => [verdict, this.#verdicts.get(verdict) ?? 0]),
    ) as Record<BucketVerdict, number>;
    return { ...verdicts, matched: this.#matched, mismatched: this.#mismatched, bad: this.#bad };
  }

  /**
   * Some of the rows that pass a filter, in the order in which they came.
   * @param limit how many at the most; never more than 500
   */
  page(filter: BucketFilter, offset: number, limit: number): BucketPage {
    const rows = filter === 'all' ? this.#rows : this.#rows.filter((row) => passes(row, filter));
    const start = Math.max(0, Math.trunc(offset));
    const end = start + Math.min(MAX_PAGE, Math.max(0, Math.trunc(limit)));
    return { rows: rows.slice(start, end), offset: start, total: rows.length };
  }
}

function passes(row: BucketRow, filter: Exclude<BucketFilter, 'all'>): boolean {
  if (filter === 'bad') return row.code !== null;
  return filter === 'mismatched' ? row.comparison === 'mismatched' : row.verdict === filter;
}
