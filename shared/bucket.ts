import type { ErrorCode } from './error-codes.ts';
import type { KeyAlgorithm } from './key-algorithm.ts';
import type { ErrorDetails, Fault } from './recovery-error.ts';
import type { Environment } from './register.ts';
import type { Warning } from './warning.ts';

/** What a run does with each wallet: check its backup with public data, or also recover it and wipe the key at once. */
export type BucketMode = 'verify' | 'recover-check';

/** What a wallet's backup was found to be, in one word. */
export const BUCKET_VERDICTS = ['valid', 'invalid', 'unverifiable', 'unsupported', 'error'] as const;

/** One of these words. */
export type BucketVerdict = (typeof BUCKET_VERDICTS)[number];

/**
 * How the register's addresses compare with the wallet's: those of the public key that the kit states in `verify`, those
 * of the recovered key in `recover-check`. `not-given`: the register has none. `not-compared`: it did not come to it.
 */
export type BucketComparison = 'matched' | 'mismatched' | 'not-given' | 'not-compared';

/** What a run came to for one wallet, or for files that are no good wallet; public data only. */
export interface BucketRow {
  /** The key id, else the name of the folder. */
  readonly name: string;
  readonly keyId: string | null;
  readonly quorumId: string | null;
  readonly keyAlgorithm: KeyAlgorithm | null;
  /** From the register. */
  readonly environment: Environment | null;
  readonly files: readonly string[];
  readonly verdict: BucketVerdict;
  /** Why it is not good; null where it is. A good backup can have one: `address.mismatch`. */
  readonly code: ErrorCode | null;
  /** Where the fault is. */
  readonly details: ErrorDetails;
  readonly comparison: BucketComparison;
  readonly warnings: readonly Warning[];
  /** True where the result comes from the state file of an earlier run. */
  readonly fromState: boolean;
}

/** How many rows there are of each kind. */
export type BucketCounts = Readonly<Record<BucketVerdict, number>> & {
  readonly matched: number;
  readonly mismatched: number;
  /** Rows with a code: what has to be looked at. */
  readonly bad: number;
};

/** How far a run is. The rows are asked for in pages, so that this stays small however many there are. */
export interface BucketProgress {
  readonly mode: BucketMode;
  /** Folders of wallets that were found, and how many of them are done, also by an earlier run. */
  readonly total: number;
  readonly done: number;
  readonly fromState: number;
  /** Rows so far; a folder can have several. */
  readonly rows: number;
  readonly counts: BucketCounts;
  /** Wallets a second, lately, without those of an earlier run; null while it can't be said. */
  readonly perSecond: number | null;
  /** Milliseconds until the end at that rate; null while it can't be said. */
  readonly etaMs: number | null;
  /** Milliseconds since the start, pauses left out. */
  readonly elapsedMs: number;
  /** Names of the wallets under way. */
  readonly running: readonly string[];
  /** Wallets of the register that this run has not met; known at the end, null before. */
  readonly notMet: number | null;
  /** Of the register, as that it mixes environments. */
  readonly warnings: readonly Warning[];
}

/** A run over a whole bucket as anyone may see it: no secret is in it. */
export type BucketView =
  | { readonly kind: 'idle' }
  /** Looking for the wallets' folders. */
  | { readonly kind: 'finding'; readonly mode: BucketMode; readonly found: number }
  | { readonly kind: 'running' | 'paused' | 'stopping'; readonly progress: BucketProgress }
  /** `stopped`: by request, and can be resumed from the state file. */
  | { readonly kind: 'stopped' | 'done'; readonly progress: BucketProgress }
  /** The run as a whole could not go on. */
  | { readonly kind: 'failed'; readonly fault: Fault; readonly progress: BucketProgress | null };

/** Which rows are wanted: all, those with a code, those of one verdict, or those whose address differs. */
export type BucketFilter = 'all' | 'bad' | 'mismatched' | BucketVerdict;

/** Some rows, in the order in which they came. */
export interface BucketPage {
  readonly rows: readonly BucketRow[];
  /** Of the first one, among those that pass the filter. */
  readonly offset: number;
  /** How many pass the filter. */
  readonly total: number;
}
