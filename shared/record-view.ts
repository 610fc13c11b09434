import type { RecordStage } from './record.ts';

/** A form in which the record of a session is kept: the record itself, and pages of it for people. */
export const RECORD_FORMS = ['json', 'html', 'pdf'] as const;

/** One of them. */
export type RecordForm = (typeof RECORD_FORMS)[number];

/** A file that the record, or its signature, was written to. */
export interface SavedRecord {
  readonly form: RecordForm | 'signature' | 'public-key';
  /** Path, for people. */
  readonly file: string;
}

/** The key that was chosen to sign the record with. */
export interface SigningKeyView {
  /** Path, for people. */
  readonly file: string;
  readonly needsPassword: boolean;
}

/** How long one stage took. */
export interface StageTime {
  readonly stage: RecordStage;
  readonly durationMs: number;
}

/** The record of the session as it stands: public data, of which the page shows the head. */
export interface RecordView {
  readonly entries: number;
  /** Hash of the last entry, which stands for all before it; null before the first. */
  readonly headHex: string | null;
  /** The same in words to be read aloud and written down: 32 of the PGP word list. */
  readonly headWords: readonly string[];
  /** Whether the last entry was written: nothing is added after it. */
  readonly closed: boolean;
  /** Path of the copy that the program keeps by itself, once the session has ended. */
  readonly kept: string | null;
  /** The stages that were left so far, in order. */
  readonly stages: readonly StageTime[];
  readonly saved: readonly SavedRecord[];
  readonly signingKey: SigningKeyView | null;
}

/** The record of a session of which nothing was kept yet. */
export const NO_RECORD: RecordView = {
  entries: 0,
  headHex: null,
  headWords: [],
  closed: false,
  kept: null,
  stages: [],
  saved: [],
  signingKey: null,
};
