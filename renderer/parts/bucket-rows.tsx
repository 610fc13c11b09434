import { startTransition, useOptimistic, type ReactElement } from 'react';

import { BUCKET_FILTERS, BUCKET_PAGE_ROWS, type BucketDesk } from '../../shared/bucket-desk.ts';
import type { BucketFilter, BucketRow } from '../../shared/bucket.ts';
import { start, type Desk } from '../app/desk.ts';
import { FILTER_WORDS, rowReason, rowStanding } from '../text/bucket-words.ts';
import { printable } from '../text/details.ts';
import { Button } from './button.tsx';

/** The results so far, filtered, a page at a time. */
export function BucketRows({
  desk,
  bucket: { page, filter },
}: {
  readonly desk: Desk;
  readonly bucket: BucketDesk;
}): ReactElement {
  const { rows, offset, total } = page;
  // The filter is the session's; what was chosen shows at once, and goes back when the call fails.
  const [shown, setShown] = useOptimistic(filter);
  const choose = (next: BucketFilter): void => {
    const asked = desk.ask('bucket.show', { filter: next, offset: 0 });
    startTransition(async () => {
      setShown(next);
      await asked;
    });
  };
  const showFrom = (from: number): void => {
    start(desk.ask('bucket.show', { filter, offset: from }));
  };
  return (
    <section aria-labelledby="results-title">
      <div className="section-head">
        <h2 id="results-title">Results</h2>
        <span className="spring" />
        <label className="filter">
          <span>Show</span>
          <select
            className="input"
            value={shown}
            onChange={(event) => {
              const next = BUCKET_FILTERS.find((each) => each === event.target.value);
              if (next !== undefined) choose(next);
            }}
          >
            {BUCKET_FILTERS.map((each) => (
              <option key={each} value={each}>
                {FILTER_WORDS[each]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ul className="card card-flush bucket-rows" aria-labelledby="results-title">
        {rows.length === 0 && <li className="empty">Nothing to show yet.</li>}
        {rows.map((row, i) => (
          <Row key={`${row.name}:${offset + i}`} row={row} />
        ))}
      </ul>
      {total > BUCKET_PAGE_ROWS && (
        <div className="more">
          <span className="muted">
            {offset + 1} to {offset + rows.length} of {total}
          </span>
          <span className="button-row">
            <Button
              disabled={offset === 0}
              onPress={() => {
                showFrom(Math.max(0, offset - BUCKET_PAGE_ROWS));
              }}
            >
              Show earlier
            </Button>
            <Button
              disabled={offset + rows.length >= total}
              onPress={() => {
                showFrom(offset + BUCKET_PAGE_ROWS);
              }}
            >
              Show later
            </Button>
          </span>
        </div>
      )}
    </section>
  );
}

function Row({ row }: { readonly row: BucketRow }): ReactElement {
  const { tone, words } = rowStanding(row);
  const reason = rowReason(row);
  return (
    <li className="bucket-row">
      <span className="wallet-name">
        <code>{printable(row.keyId ?? row.name)}</code>
        <span className="wallet-facts muted">
          {row.keyAlgorithm ?? 'algorithm not known'}
          {row.environment !== null && ` · ${row.environment}`}
          {reason !== null && ` · ${reason}`}
        </span>
      </span>
      <span className={`tag tag-${tone}`}>{words}</span>
    </li>
  );
}
