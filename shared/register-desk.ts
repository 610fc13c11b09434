import type { KeyId } from './ids.ts';
import type { RegisterDraft, RegisterFinding } from './register.ts';
import type { Warning } from './warning.ts';

/** The most rows, or findings, that are shown at once; the rest is asked for by page. */
export const REGISTER_ROWS_AT_ONCE = 50;

/** The forms in which a register is written. */
export const REGISTER_FORMS = ['csv', 'json'] as const;

/** One of them. */
export type RegisterForm = (typeof REGISTER_FORMS)[number];

/** One row as the page shows it and puts it into a form. */
export interface RegisterRowView {
  readonly draft: RegisterDraft;
  /** What stands in columns that are the custodian's own. */
  readonly further: Readonly<Record<string, string>>;
}

/** How a register compares with the files of a bucket. */
export type RegisterComparison =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly wallets: number }
  /** Before all files were read: nothing can be said of what is missing, so nothing is said. */
  | { readonly kind: 'stopped'; readonly wallets: number }
  | {
      readonly kind: 'done';
      /** How many wallets the bucket holds. */
      readonly wallets: number;
      /** Links, pipes and folders too deep that were not looked into. */
      readonly passedOver: number;
      /** How many findings there are, and how many of them are faults. */
      readonly found: number;
      readonly faults: number;
      /** From 0. */
      readonly page: number;
      /** Those of this page. */
      readonly findings: readonly RegisterFinding[];
    };

/** A register on the desk: one page of its rows, and what is to be known of the whole. */
export interface OpenRegister {
  /** Path of the file that it was read from or written to last; null for one that was started empty. */
  readonly file: string | null;
  /** Whether it differs from that file, or a row is typed that is not sent yet. */
  readonly unsaved: boolean;
  readonly total: number;
  readonly filter: string;
  /** How many rows fit the filter. */
  readonly found: number;
  /** From 0. */
  readonly page: number;
  /** Those of this page. */
  readonly rows: readonly RegisterRowView[];
  readonly warnings: readonly Warning[];
  /** The row that was removed last, while it can be put back. */
  readonly removed: KeyId | null;
  readonly comparison: RegisterComparison;
}
