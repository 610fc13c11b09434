import type { BucketFilter, BucketProgress, BucketRow } from '../../shared/bucket.ts';
import type { BucketDesk } from '../../shared/bucket-desk.ts';
import type { Tone } from '../parts/note.tsx';
import { faultText } from './faults.ts';
import { count } from './words.ts';

/** The heading of a bucket's screen. */
export function bucketTitle({ view, task }: BucketDesk): string {
  const verify = task === 'verify';
  switch (view.kind) {
    case 'idle':
      return verify ? 'Check a whole bucket' : 'Recover and compare all';
    case 'finding':
      return 'Looking for wallets';
    case 'running':
    case 'stopping':
      return verify ? 'Checking every backup' : 'Recovering and comparing all';
    case 'paused':
      return 'Paused';
    case 'stopped':
      return 'Stopped';
    case 'failed':
      return 'The run could not go on';
    case 'done':
      return doneTitle(view.progress);
  }
}

function doneTitle({ counts, mode }: BucketProgress): string {
  if (counts.bad > 0) return `${count(counts.bad, 'wallet')} must be looked at`;
  return mode === 'verify' ? 'Every backup is good' : 'Every wallet was recovered';
}

/** What a bucket's screen is for. */
export function bucketLead({ task }: BucketDesk): string {
  return task === 'verify'
    ? 'Each backup is checked with public data only; nothing is decrypted. Results come as they are found.'
    : 'Each wallet is recovered, compared with the register, and its key wiped before the next one. Nothing is shown or written.';
}

/** What is left to do. */
export function bucketStatus({ view, paths, register }: BucketDesk): string {
  if (paths.length === 0) return 'Add the bucket’s folder to go on.';
  switch (view.kind) {
    case 'idle':
      return register === null
        ? 'Without a register the quorum ids are missing, and backups are checked in part only.'
        : 'Next: every wallet, one after the other.';
    case 'finding':
      return `${count(view.found, 'folder')} found so far.`;
    case 'running':
    case 'stopping':
    case 'paused':
      return 'What is done stays done, also when you stop.';
    case 'stopped':
      return 'Start again to go on; with a results file, what is done is not done again.';
    case 'failed':
      return 'See above what happened.';
    case 'done':
      return 'Finish here; the record lists every wallet.';
  }
}

/** How fast a run is and how long it will take, in words. */
export function paceWords({ perSecond, etaMs, elapsedMs, fromState }: BucketProgress): string {
  const parts = [
    ...(perSecond === null ? [] : [`${perSecond.toFixed(1)} wallets a second`]),
    ...(etaMs === null || etaMs < 1000 ? [] : [`about ${spanWords(etaMs)} left`]),
    `${spanWords(elapsedMs)} so far`,
    ...(fromState === 0 ? [] : [`${fromState} done by an earlier run`]),
  ];
  return parts.join(' · ');
}

/** A time span in words, as long as a person needs it. */
export function spanWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}

/** What each filter shows. */
export const FILTER_WORDS: Readonly<Record<BucketFilter, string>> = {
  all: 'All',
  bad: 'To be looked at',
  mismatched: 'Another address',
  valid: 'Good',
  invalid: 'Not good',
  unverifiable: 'Not fully checked',
  unsupported: 'Not supported',
  error: 'Not read',
};

/** How a row stands, in a word or two. */
export function rowStanding({ verdict, comparison, code }: BucketRow): {
  readonly tone: Tone;
  readonly words: string;
} {
  if (comparison === 'mismatched') return { tone: 'bad', words: 'another address' };
  if (code === 'rsa-key.mismatch') return { tone: 'warn', words: 'not by this key' };
  switch (verdict) {
    case 'valid':
      return code === null
        ? { tone: 'ok', words: comparison === 'matched' ? 'good, address matches' : 'good' }
        : { tone: 'warn', words: 'good, but' };
    case 'invalid':
      return { tone: 'bad', words: 'not good' };
    case 'unverifiable':
      return { tone: 'warn', words: 'not fully checked' };
    case 'unsupported':
      return { tone: 'warn', words: 'not supported' };
    case 'error':
      return { tone: 'bad', words: 'not read' };
  }
}

/** Why a row has to be looked at, in a line; null where it has not. */
export function rowReason({ code, details }: BucketRow): string | null {
  return code === null ? null : faultText({ code, details }).title;
}
