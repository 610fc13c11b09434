import type { CheckResult } from '../../shared/checks.ts';
import type { ProvenPart } from '../engine/ers/backup.ts';
import type { MissingOpening } from '../engine/ers/part-checks.ts';

/** What a worker needs to open ciphertexts again, as it crosses to another thread: public data only. */
export type JobOpening =
  { readonly ersPublicKeySpki: Uint8Array; readonly label: Uint8Array } | MissingOpening;

/** One player's part to check. */
export interface ProofJob {
  readonly id: number;
  readonly part: ProvenPart;
  readonly opening: JobOpening;
}

/** What a worker says: the result of a check, or that a job is done. */
export type ProofMessage =
  | { readonly kind: 'result'; readonly id: number; readonly result: CheckResult }
  | { readonly kind: 'done'; readonly id: number };
