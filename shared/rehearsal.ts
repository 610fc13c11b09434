import type { ErrorCode } from './error-codes.ts';
import type { KeyAlgorithm } from './key-algorithm.ts';

/** What can be wrong with a rehearsal kit on purpose, so that its message has been seen before the day. */
export const REHEARSAL_FAULTS = ['none', 'wrong-quorum-id', 'damaged-shard', 'wrong-key'] as const;

/** One of them. */
export type RehearsalFault = (typeof REHEARSAL_FAULTS)[number];

/** What Breakglass has to say of each; null where the recovery has to succeed. */
export const EXPECTED_CODES = {
  none: null,
  'wrong-quorum-id': 'label.mismatch',
  'damaged-shard': 'proof.challenge-rejected',
  'wrong-key': 'rsa-key.mismatch',
} as const satisfies Readonly<Record<RehearsalFault, ErrorCode | null>>;

/** The most players of a rehearsal kit; custody platforms have three. */
export const MAX_REHEARSAL_PLAYERS = 20;

/** The most recovery keys that a rehearsal wallet is backed up to. */
export const MAX_REHEARSAL_KEYS = 4;

/** What a rehearsal kit is to be. */
export interface RehearsalPlan {
  /** From 2 up. */
  readonly players: number;
  /** One less than the shares that make the key: from 1 to one less than the players. */
  readonly threshold: number;
  /** One wallet is made for each. */
  readonly keyAlgorithms: readonly KeyAlgorithm[];
  /** How many recovery keys each wallet is backed up to. */
  readonly recoveryKeys: number;
  readonly fault: RehearsalFault;
}

/** A rehearsal kit that was made, as the page may see it. */
export interface Rehearsal extends RehearsalPlan {
  /** Path of the new folder that holds it. */
  readonly folder: string;
  /** Names of the private key files in it, of which one opens the wallets. */
  readonly keyFiles: readonly string[];
}
