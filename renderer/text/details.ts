import type { ERROR_CODES, ErrorCode, ErrorFamily } from '../../shared/error-codes.ts';
import type { ErrorDetails } from '../../shared/recovery-error.ts';

/** What a button beside a fault does. */
export type FaultAction =
  'add-files' | 'add-folder' | 'choose-key-file' | 'change-ids' | 'derive-again' | 'check-again' | 'end';

/** One fault in words: what happened, what it means, what to do, and the button that does it, if one does. */
export interface FaultText {
  readonly title: string;
  readonly meaning: string;
  readonly next: string;
  readonly action: { readonly label: string; readonly does: FaultAction } | null;
}

/** Says one fault to a person. Every detail may be missing. */
export type FaultTeller = (details: ErrorDetails) => FaultText;

type CodeOf<Family extends ErrorFamily> = {
  [Code in ErrorCode]: (typeof ERROR_CODES)[Code] extends Family ? Code : never;
}[ErrorCode];

/** What is said of records stands in one file of its own, whatever its family. */
export type RecordCode = Extract<
  ErrorCode,
  `record.${string}` | `signature.${string}` | `signing-key.${string}` | `words.${string}`
>;

/** The words of whole families; one that misses a code of theirs does not compile. */
export type TellersOf<Family extends ErrorFamily> = Readonly<
  Record<Exclude<CodeOf<Family>, RecordCode>, FaultTeller>
>;

/** The buttons that stand beside faults. */
export const ACTIONS = {
  addFiles: { label: 'Add files', does: 'add-files' },
  addFolder: { label: 'Add folder', does: 'add-folder' },
  chooseKeyFile: { label: 'Choose another key file', does: 'choose-key-file' },
  changeIds: { label: 'Change ids', does: 'change-ids' },
  derive: { label: 'Change path', does: 'derive-again' },
  check: { label: 'Check again', does: 'check-again' },
  end: { label: 'End and wipe', does: 'end' },
} as const satisfies Record<string, FaultText['action']>;

/** What could move the cursor, or turn the direction of a line: a file's name may hold anything. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text of a file, fit to be shown. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, '?');
}

/** One detail, fit to be shown; undefined when it is missing or empty. */
export function said(details: ErrorDetails, name: string): string | undefined {
  const value = details[name];
  return value === undefined || value === '' ? undefined : printable(String(value));
}

/** ` before value after`, or nothing when there is no value. */
export function ifSaid(value: string | undefined, before: string, after = ''): string {
  return value === undefined ? '' : `${before}${value}${after}`;
}

/** The last part of a path: what a person calls the file. */
export function fileName(path: string): string {
  return printable(path.split(/[\\/]/).findLast((part) => part !== '') ?? path);
}

/** The last two parts of a path: kits of one name lie in many folders. */
export function placedName(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== '');
  return printable(parts.slice(-2).join('/') || path);
}

/** The file at the start of a sentence, by its name. */
export function theFile(details: ErrorDetails, otherwise = 'This file'): string {
  const file = said(details, 'file');
  return file === undefined ? otherwise : `“${fileName(file)}”`;
}

/** ` of player 2`, numbered from 0 as in the files, or nothing. */
export function ofPlayer(details: ErrorDetails): string {
  return ifSaid(said(details, 'player'), ' of player ');
}

/** `Player 2`, or `One player`. */
export function thePlayer(details: ErrorDetails): string {
  return ifSaid(said(details, 'player'), 'Player ') || 'One player';
}

/** ` in the field “...”`, or nothing. */
export function inField(details: ErrorDetails): string {
  return ifSaid(said(details, 'field'), ' in the field “', '”');
}

/** ` at index 4`, counted from 0 as in the files, or nothing. */
export function atIndex(details: ErrorDetails): string {
  return ifSaid(said(details, 'index'), ' at index ');
}

/** A number of bytes as people read it; undefined for what is no number. */
export function sizeOf(bytes: string | undefined): string | undefined {
  const count = Number(bytes);
  if (bytes === undefined || !Number.isFinite(count)) return undefined;
  if (count >= 2 ** 20) return `${Math.floor(count / 2 ** 20)} MiB`;
  return count >= 2 ** 10 ? `${Math.floor(count / 2 ** 10)} KiB` : `${count} bytes`;
}
