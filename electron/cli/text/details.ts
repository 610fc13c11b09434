import type { ERROR_CODES, ErrorCode, ErrorFamily } from '../../../shared/error-codes.ts';
import type { ErrorDetails } from '../../../shared/recovery-error.ts';
import { printable } from './printable.ts';

/** Says one fault to a person: what happened, then what to do. Every detail may be missing. */
export type Sentence = (details: ErrorDetails) => string;

type CodeOf<Family extends ErrorFamily> = {
  [Code in ErrorCode]: (typeof ERROR_CODES)[Code] extends Family ? Code : never;
}[ErrorCode];

/** What is said of records stands in one file of its own, whatever its family. */
export type RecordCode = Extract<
  ErrorCode,
  `record.${string}` | `signature.${string}` | `signing-key.${string}` | `words.${string}`
>;

/** The sentences of whole families; one that misses a code of theirs does not compile. */
export type SentencesOf<Family extends ErrorFamily> = Readonly<
  Record<Exclude<CodeOf<Family>, RecordCode>, Sentence>
>;

/** One detail, fit to be shown on a terminal; undefined when it is missing or empty. */
export function said(details: ErrorDetails, name: string): string | undefined {
  const value = details[name];
  return value === undefined || value === '' ? undefined : printable(String(value));
}

/** ` before value after`, or nothing when there is no value. */
export function ifSaid(value: string | undefined, before: string, after = ''): string {
  return value === undefined ? '' : `${before}${value}${after}`;
}

/** The file at the start of a sentence. */
export function theFile(details: ErrorDetails): string {
  return `The file${ifSaid(said(details, 'file'), ' "', '"')}`;
}

/** ` in the file "..."`, or nothing. */
export function inFile(details: ErrorDetails): string {
  return ifSaid(said(details, 'file'), ' in the file "', '"');
}

/** ` in the field "..."`, or nothing. */
export function inField(details: ErrorDetails): string {
  return ifSaid(said(details, 'field'), ' in the field "', '"');
}

/** ` at index ...`, counted from 0 as in the files, or nothing. */
export function atIndex(details: ErrorDetails): string {
  return ifSaid(said(details, 'index'), ' at index ');
}

/** `player 2`, numbered from 0 as in the files, or `one player`. */
export function playerOf(details: ErrorDetails): string {
  return ifSaid(said(details, 'player'), 'player ') || 'one player';
}

/** ` of player 2`, or nothing. */
export function ofPlayer(details: ErrorDetails): string {
  return ifSaid(said(details, 'player'), ' of player ');
}

/** The same text with its first letter in upper case. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A number of bytes as people read it; undefined for what is no number. */
export function sizeOf(bytes: string | undefined): string | undefined {
  const count = Number(bytes);
  if (bytes === undefined || !Number.isFinite(count)) return undefined;
  const [unit, size] =
    count >= 2 ** 20 ? ['MiB', 2 ** 20] : count >= 2 ** 10 ? ['KiB', 2 ** 10] : ['bytes', 1];
  return `${Math.floor(count / size)} ${unit}`;
}
