import type { BucketView } from '../../shared/bucket.ts';

/** How far a run is, in one short line. */
export function bucketProgressText(view: BucketView): string {
  if (view.kind === 'finding') return `Looking for wallets: ${view.found} found`;
  if (view.kind === 'idle' || view.kind === 'failed') return '';
  const { total, done, perSecond, etaMs, counts } = view.progress;
  const rate = perSecond === null ? '' : `, ${perSecond.toFixed(1)} a second`;
  const left = etaMs === null ? '' : `, ${durationText(etaMs)} left`;
  const bad = counts.bad === 0 ? '' : `, ${counts.bad} to look at`;
  return `${done} of ${total} wallets${rate}${left}${bad}`;
}

/** A time to come, as people say it. */
export function durationText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
