import type { ErrorCode } from './error-codes.ts';

/**
 * What is checked of a whole backup.
 * - `agreement`: every player's part states the same parameters
 * - `players`: enough distinct players, each with a commitment
 * - `public-key`: the kit's master public key is the backup's
 * - `sharing`: the commitments share out exactly the public key
 */
export const BACKUP_CHECKS = ['agreement', 'players', 'public-key', 'sharing'] as const;

/**
 * What is checked of every player.
 * - `shape`: the arrays have the lengths of the protocol
 * - `encoding`: points are on the curve and in the prime-order subgroup, scalars below the order
 * - `challenge`: hashing the part names the indices that were opened
 * - `openings`: encrypting each opened value again gives the ciphertext
 * - `values`: the opened values and the share lie on one polynomial
 */
export const PLAYER_CHECKS = ['shape', 'encoding', 'challenge', 'openings', 'values'] as const;

/** One check's name. */
export type CheckName = (typeof BACKUP_CHECKS)[number] | (typeof PLAYER_CHECKS)[number];

/**
 * How a check ended. `not-reached`: an earlier failure makes it meaningless. `not-checked`: what it needs (label,
 * public key, a stated key) was not given, or this kind of backup carries no proof for it.
 */
export type CheckOutcome = 'passed' | 'failed' | 'not-reached' | 'not-checked';

/** The result of one check, public data only. */
export interface CheckResult {
  /** The player's index, from 0; null for a check of the whole backup that finds fault with no one player. */
  readonly player: number | null;
  readonly check: CheckName;
  readonly outcome: CheckOutcome;
  /** Why it failed or was not checked. */
  readonly code?: ErrorCode;
  /** The first ciphertext or point that is at fault, from 0. */
  readonly index?: number;
  /** The field or the other player that is at fault. */
  readonly field?: string;
}

/** Where a failed check found the fault, for a message. */
export function faultDetails({
  player,
  index,
  field,
}: CheckResult): Readonly<Record<string, string | number>> {
  return {
    ...(player === null ? {} : { player }),
    ...(index === undefined ? {} : { index }),
    ...(field === undefined ? {} : { field }),
  };
}
