import type { BucketFilter, BucketMode, BucketPage, BucketView } from './bucket.ts';
import type { Warning } from './warning.ts';

/** How many rows of a bucket are on the screen at once. */
export const BUCKET_PAGE_ROWS = 50;

/** Which results are shown. */
export const BUCKET_FILTERS = [
  'all',
  'bad',
  'mismatched',
  'valid',
  'invalid',
  'unverifiable',
  'unsupported',
  'error',
] as const satisfies readonly BucketFilter[];

/** A whole bucket on the screen: what it is checked with, how far that is, and some of the results. */
export interface BucketDesk {
  /** Paths of the folders, for people. */
  readonly paths: readonly string[];
  /** Path of the register; null before one is chosen. */
  readonly register: string | null;
  readonly registerRows: number;
  readonly registerWarnings: readonly Warning[];
  /** Path of the file that results are kept in, to go on after an interruption; null for none. */
  readonly stateFile: string | null;
  /** What the run does, or the next one. */
  readonly task: BucketMode;
  readonly view: BucketView;
  readonly filter: BucketFilter;
  readonly page: BucketPage;
}

/** Nothing chosen, nothing checked. */
export const EMPTY_BUCKET: BucketDesk = {
  paths: [],
  register: null,
  registerRows: 0,
  registerWarnings: [],
  stateFile: null,
  task: 'verify',
  view: { kind: 'idle' },
  filter: 'all',
  page: { rows: [], offset: 0, total: 0 },
};

/** Whether a run is under way. */
export function isRunning({ view: { kind } }: BucketDesk): boolean {
  return kind === 'finding' || kind === 'running' || kind === 'paused' || kind === 'stopping';
}
