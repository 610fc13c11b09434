import type { ExportFormat } from './export-format.ts';

/** Who is there: the person at the keyboard, and a second one who has to agree. */
export interface People {
  readonly operator: string;
  readonly secondPerson: string;
  /** True once the second person agreed, by typing their own name. */
  readonly confirmed: boolean;
}

/** What can't be checked for the user, and has to be accepted in so many words. */
export type Acknowledgement = 'no-expected-address' | 'not-verifiable';

/** What is given out in the clear: a file of a clear format, or the key on the screen. */
export type InTheClear = ExportFormat | 'reveal';

/** What an estimate says of a password that was typed, and nothing of the password itself. */
export interface PasswordRating {
  /** From 0, guessed at once, to 4, not guessed. */
  readonly score: 0 | 1 | 2 | 3 | 4;
  /** Why it is weak and what helps; empty where nothing has to be said. */
  readonly advice: readonly string[];
}

/** How far the writing of a file got: the key is put into its format, then written and read back. */
export type WritingStep = 'encoding' | 'writing';

/** A file that a key was written to, as the record names it: where it went, never what it is. */
export interface FileOutput {
  readonly kind: 'file';
  /** Path, for people. */
  readonly file: string;
  readonly format: ExportFormat;
  /** Of the whole file. */
  readonly sha256Hex: string;
  readonly bytes: number;
  /** Like `m/0`: which key it is. */
  readonly path: string;
  /** False where the password was typed in another form than Unicode's composed one; null where there is none. */
  readonly passwordIsNfc: boolean | null;
}

/** A key that was shown on the screen. */
export interface ShownOutput {
  readonly kind: 'shown';
  readonly path: string;
}

/** A key that was given out. */
export type Output = FileOutput | ShownOutput;

/** What was said and chosen on the way to an export. */
export interface ExportDraft {
  readonly people: People | null;
  /** The address whose last characters were typed; null before. */
  readonly typedAddress: string | null;
  readonly acknowledged: readonly Acknowledgement[];
  readonly acceptedInTheClear: readonly InTheClear[];
  readonly format: ExportFormat;
  /** Path of the file that will be made, for people; null before one is chosen. */
  readonly destination: string | null;
  /** Of what was last typed as a new password; null before. */
  readonly rating: PasswordRating | null;
  readonly writing: WritingStep | null;
}
