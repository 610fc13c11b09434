import type { ReactElement } from 'react';

import { BUCKET_VERDICTS, type BucketProgress, type BucketView } from '../../shared/bucket.ts';
import { FILTER_WORDS, paceWords } from '../text/bucket-words.ts';
import { count } from '../text/words.ts';

const TONES = {
  valid: 'ok',
  invalid: 'bad',
  unverifiable: 'warn',
  unsupported: 'warn',
  error: 'bad',
} as const;

/** How far a run is, how fast, and what it has found. */
export function BucketProgressCard({
  view,
  progress,
}: {
  readonly view: BucketView;
  readonly progress: BucketProgress;
}): ReactElement {
  const { total, done, counts, notMet, mode } = progress;
  return (
    <section className="card bucket-progress" aria-labelledby="progress-title">
      <h2 id="progress-title">
        {done} of {count(total, 'wallet')}
        {view.kind === 'paused' && ' · paused'}
      </h2>
      <progress max={Math.max(1, total)} value={done} aria-labelledby="progress-title" />
      <p className="muted" role="status">
        {paceWords(progress)}
      </p>
      <p className="bucket-counts">
        {BUCKET_VERDICTS.filter((verdict) => counts[verdict] > 0).map((verdict) => (
          <span key={verdict} className={`tag tag-${TONES[verdict]}`}>
            {counts[verdict]} {FILTER_WORDS[verdict].toLowerCase()}
          </span>
        ))}
        {mode === 'recover-check' && (
          <span className={`tag tag-${counts.mismatched > 0 ? 'bad' : 'plain'}`}>
            {counts.matched} at the registered address
            {counts.mismatched > 0 && `, ${counts.mismatched} not`}
          </span>
        )}
        {notMet !== null && notMet > 0 && (
          <span className="tag tag-warn">{count(notMet, 'wallet')} of the register not in this bucket</span>
        )}
      </p>
    </section>
  );
}
