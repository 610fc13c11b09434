import type { RecordReport } from './record-report.ts';
import type { RecordedPerson, RecordMode } from './record.ts';

/** The forms in which a record that was checked is written as a page. */
export const RECORD_PAGE_FORMS = ['html', 'pdf'] as const;

/** One of them. */
export type RecordPageForm = (typeof RECORD_PAGE_FORMS)[number];

/** What goes with a record and is chosen beside it. */
export const RECORD_COMPANIONS = ['signatures', 'public-keys'] as const;

/** One kind of it. */
export type RecordCompanion = (typeof RECORD_COMPANIONS)[number];

/** What a record says of its session, in short. */
export interface RecordSummary {
  readonly mode: RecordMode;
  /** When the first and the last entry were written, RFC 3339 in UTC. */
  readonly from: string;
  readonly to: string;
  readonly entries: number;
  /** Whether the session came to its end in it. */
  readonly closed: boolean;
  readonly app: { readonly name: 'app' | 'cli'; readonly version: string; readonly hash: string | null };
  readonly people: readonly RecordedPerson[];
  /** What was done and how it ended, a sentence each, and whether that is well. */
  readonly outcome: readonly { readonly good: boolean; readonly text: string }[];
}

/** A record that is being checked, and what it is held against. */
export interface RecordCheckView {
  /** Path of the record. */
  readonly file: string;
  /** Paths of signature files, and of files of public keys that may have signed. */
  readonly signatures: readonly string[];
  readonly publicKeys: readonly string[];
  /** Whether words of the head were typed; how they compare is in the checks. */
  readonly headTyped: boolean;
  /** Whether no check failed, but for the program: another version's record is no changed one. */
  readonly sound: boolean;
  readonly checks: RecordReport['checks'];
  /** Null where the file is no record. */
  readonly headHex: string | null;
  readonly headWords: readonly string[];
  /** Null where the file is no record, or was changed: what it says is then not to be relied on. */
  readonly summary: RecordSummary | null;
  /** Paths of the pages that were written. */
  readonly pages: readonly string[];
}
