import { isDeepStrictEqual } from 'node:util';

import type { KeyId } from '../../shared/ids.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import type { RegisterRow } from '../../shared/register.ts';
import { readCsvRegister, writeCsvRegister } from './register-csv.ts';
import { readJsonRegister, writeJsonRegister } from './register-json.ts';

/** The offline record of all wallets, by key id, in the order of the file. */
export type Register = ReadonlyMap<KeyId, RegisterRow>;

/**
 * Reads a register from CSV or from JSON, whichever the text is: CSV with the columns `key_id`, `quorum_id`,
 * `key_algorithm`, `address` and maybe more, in any order. Source: docs/kits.md, "Register".
 * Fails with `register.malformed`, naming line or row, and column.
 * @param content the file, UTF-8 with or without a byte-order mark
 */
export function parseRegister(content: Uint8Array): Register {
  const text = decode(content);
  const rows = looksLikeJson(text) ? readJsonRegister(text) : readCsvRegister(text);
  return new Map(rows.map((row) => [row.keyId, row]));
}

/**
 * Writes a register as CSV, which `parseRegister` reads as the same register, and which no spreadsheet takes for
 * formulas. Source: docs/kits.md, "Register".
 * Fails with `register.malformed` where it is larger than a register may be.
 * @returns UTF-8, CRLF at the ends of lines, RFC 4180
 */
export function writeRegisterCsv(register: Register): Uint8Array {
  return readBack(register, writeCsvRegister([...register.values()]));
}

/**
 * Writes a register as JSON, which `parseRegister` reads as the same register. Source: docs/kits.md, "Register".
 * Fails with `register.malformed` where it is larger than a register may be.
 * @returns UTF-8, a row a line
 */
export function writeRegisterJson(register: Register): Uint8Array {
  return readBack(register, writeJsonRegister([...register.values()]));
}

/** Whether a text is a register in JSON rather than in CSV, as far as its first character tells. */
function looksLikeJson(text: string): boolean {
  return text.trimStart().startsWith('{');
}

/** What can't be read again is not given out: the caps of reading hold for writing too. */
function readBack(register: Register, text: string): Uint8Array {
  const content = new TextEncoder().encode(text);
  const again = parseRegister(content);
  if (!isDeepStrictEqual([...again.values()], [...register.values()])) {
    throw new Error('a register reads back differently');
  }
  return content;
}

function decode(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new RecoveryError('register.malformed', { line: 1, reason: 'not UTF-8 text' });
  }
}
