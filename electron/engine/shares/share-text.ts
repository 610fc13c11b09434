import { RecoveryError, type ErrorDetails } from '../../../shared/recovery-error.ts';
import { CHECK_CHARACTERS, decodeLine, encodeLine, findSlip, SHARE_ALPHABET } from './share-alphabet.ts';
import { decodeShare, encodeShare, type CustodianShare } from './share.ts';

/** Bytes in every line but the last: 32 characters, eight groups of four. */
const LINE_BYTES = 20;
const LINE_CHARACTERS = 32;
const GROUP_CHARACTERS = 4;
/** More than the largest share has. */
const MAX_LINES = 999;

/** A line that was read by itself, as it is typed. */
export interface ShareLine {
  /** From 1 on. */
  readonly line: number;
  readonly bytes: Uint8Array;
}

/**
 * Writes a share as lines that can be typed: `01: QPZR Y9X8 ... ABCDEF`, a number, groups of four characters, and six
 * check characters. Source: docs/ceremony.md, "Shares". A text can't be wiped.
 */
export function writeShareLines(share: CustodianShare): readonly string[] {
  const bytes = encodeShare(share);
  try {
    const count = Math.ceil(bytes.length / LINE_BYTES);
    return Array.from({ length: count }, (_, i) => {
      const part = bytes.subarray(i * LINE_BYTES, (i + 1) * LINE_BYTES);
      const characters = encodeLine(i + 1, part);
      const groups = characters.slice(0, -CHECK_CHARACTERS).match(/.{1,4}/g) ?? [];
      return `${numberOf(i + 1)}: ${[...groups, characters.slice(-CHECK_CHARACTERS)].join(' ')}`;
    });
  } finally {
    bytes.fill(0);
  }
}

/**
 * Reads one line as it was typed: in either case, with blanks and hyphens anywhere; 1 and I are read as L, O as 0.
 * Fails with `custodian-share.mistyped`, naming the line and, where one slip explains it, the group; and with
 * `custodian-share.malformed` (`not a share`, `character`, `line malformed`).
 * @param text begins with the line's number and a colon
 */
export function readShareLine(text: string): ShareLine {
  const [, digits, rest = ''] = /^\s*(\d{1,3})\s*:(.*)$/s.exec(text) ?? [];
  const line = Number(digits);
  if (digits === undefined || line < 1) throw malformed('not a share');
  const characters = rest
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll(/[1I]/g, 'L')
    .replaceAll('O', '0');
  const stranger = Array.from(characters).findIndex((character) => !SHARE_ALPHABET.includes(character));
  if (stranger >= 0) throw malformed('character', { line, group: groupOf(stranger) });
  const count = characters.length - CHECK_CHARACTERS;
  if (count < 2 || count > LINE_CHARACTERS) throw malformed('line malformed', { line });
  const bytes = decodeLine(line, characters);
  if (bytes !== undefined) return { line, bytes };
  const slip = findSlip(line, characters);
  // The check at the end is a group of its own, whatever stands before it.
  const last = Math.ceil(count / GROUP_CHARACTERS) + 1;
  const group = slip === undefined ? undefined : slip >= count ? last : groupOf(slip);
  throw new RecoveryError('custodian-share.mistyped', { line, ...(group === undefined ? {} : { group }) });
}

/**
 * Reads a whole share: its lines in any order, up to an empty line. A line that stands twice is let pass where both are
 * the same. Fails with what `readShareLine` and `decodeShare` fail with, and with
 * `custodian-share.malformed` (`line missing`, `line twice`).
 * @param text as typed, scanned, or kept in a file
 */
export function readShareText(text: string): CustodianShare {
  const lines = text.match(/\b\d{1,3}\s*:[^:]*?(?=\b\d{1,3}\s*:|\n\s*\n|$)/g);
  if (lines === null || lines.length > MAX_LINES) throw malformed('not a share');
  return assembleShare(lines.map(readShareLine));
}

/** Puts lines together that were read one by one. Fails as `readShareText` does. */
export function assembleShare(lines: readonly ShareLine[]): CustodianShare {
  const byNumber = new Map<number, Uint8Array>();
  for (const { line, bytes } of lines) {
    const known = byNumber.get(line);
    if (known !== undefined && Buffer.compare(known, bytes) !== 0) throw malformed('line twice', { line });
    byNumber.set(line, bytes);
  }
  const last = Math.max(...byNumber.keys());
  const parts: Uint8Array[] = [];
  for (let line = 1; line <= last; line++) {
    const bytes = byNumber.get(line);
    if (bytes === undefined) throw malformed('line missing', { line });
    if (bytes.length !== LINE_BYTES && line !== last) throw malformed('line malformed', { line });
    parts.push(bytes);
  }
  const whole = Buffer.concat(parts);
  try {
    return decodeShare(whole);
  } catch (error) {
    // A last line of full length may have had more behind it.
    const mayGoOn = parts.at(-1)?.length === LINE_BYTES;
    const isShort = error instanceof RecoveryError && error.details['reason'] === 'checksum' && mayGoOn;
    throw isShort ? malformed('line missing', { line: last + 1 }) : error;
  } finally {
    whole.fill(0);
  }
}

function groupOf(position: number): number {
  return Math.floor(position / GROUP_CHARACTERS) + 1;
}

function numberOf(line: number): string {
  return String(line).padStart(2, '0');
}

function malformed(reason: string, details: ErrorDetails = {}): RecoveryError {
  return new RecoveryError('custodian-share.malformed', { reason, ...details });
}
