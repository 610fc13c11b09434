import type { Fault } from './recovery-error.ts';
import type { SessionRecord } from './record.ts';

/**
 * What is checked of a record file.
 * - `form`: it is a record, written as this program writes one, with what its version allows and nothing else
 * - `chain`: every entry is at its place, names the one before it, and has its own hash; the head is the last hash
 * - `times`: the clock never went back
 * - `head`: it is the head that was noted
 * - `app`: the program that made it is the expected one
 * - `signature`: a signature fits the file, and is by a key that was given
 */
export const RECORD_CHECKS = ['form', 'chain', 'times', 'head', 'app', 'signature'] as const;

/** One check's name. */
export type RecordCheckName = (typeof RECORD_CHECKS)[number];

/**
 * How a check ended. `warning`: nothing is wrong with the file, and a person should know. `not-checked`: what it needs
 * was not given. `not-reached`: an earlier failure makes it meaningless.
 */
export type RecordCheckOutcome = 'passed' | 'failed' | 'warning' | 'not-checked' | 'not-reached';

/** The result of one check of a record. */
export interface RecordCheck {
  readonly check: RecordCheckName;
  readonly outcome: RecordCheckOutcome;
  /** Why it failed. */
  readonly fault: Fault | null;
  /** The entries that a warning is about, from 0. */
  readonly entries: readonly number[];
  /** The file of a signature, and who signed; null for other checks. */
  readonly signature: {
    readonly file: string;
    readonly key: string | null;
    readonly principal: string | null;
  } | null;
}

/** What the checks of a record file came to. */
export interface RecordReport {
  /** Whether no check failed. */
  readonly sound: boolean;
  /** In the order of `RECORD_CHECKS`, one `signature` for each that was given, or one that says that none was. */
  readonly checks: readonly RecordCheck[];
  /** What the file holds; null where its form failed. Not to be relied on where the chain did. */
  readonly record: SessionRecord | null;
  /** Hash of the last entry; null where the form failed. */
  readonly head: string | null;
}
