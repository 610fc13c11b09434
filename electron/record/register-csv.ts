import { RecoveryError } from '../../shared/recovery-error.ts';
import {
  REGISTER_FIELDS,
  type RegisterDraft,
  type RegisterField,
  type RegisterRow,
} from '../../shared/register.ts';
import { parseCsv, type CsvRow } from './csv.ts';
import { draftOf, isText, readRegisterRow } from './register-fields.ts';

/** The columns without which a file is no register; older registers have no others. */
const NEEDED: readonly RegisterField[] = ['key_id', 'quorum_id', 'key_algorithm', 'address'];

/** Names that reach into an object's prototype. */
const FORBIDDEN: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/**
 * What a spreadsheet would run as a formula, also in full width, with the apostrophes that were put before it. Source:
 * OWASP, "CSV Injection".
 */
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** Where the columns of a file are. */
interface Header {
  readonly width: number;
  readonly known: ReadonlyMap<RegisterField, number>;
  /** Columns of the custodian's own, by their names as they are written. */
  readonly further: ReadonlyMap<string, number>;
}

/** Reads the rows of a register in CSV. Fails with `register.malformed`, naming line and column. */
export function readCsvRegister(text: string): readonly RegisterRow[] {
  const [first, ...rows] = parseCsv(text);
  if (first === undefined) throw new RecoveryError('register.malformed', { line: 1, reason: 'empty' });
  const header = readHeader(first);
  const seen = new Set<string>();
  return rows.map((row) => {
    const entry = readRow(row, header);
    if (seen.has(entry.keyId)) {
      throw new RecoveryError('register.malformed', {
        line: row.line,
        column: 'key_id',
        reason: 'listed twice',
      });
    }
    seen.add(entry.keyId);
    return entry;
  });
}

/** Writes the rows of a register as CSV, the columns of the custodian's own after the known ones. Source: RFC 4180. */
export function writeCsvRegister(rows: readonly RegisterRow[]): string {
  const further = [...new Set(rows.flatMap((row) => Object.keys(row.further)))];
  const lines = [
    [...REGISTER_FIELDS, ...further],
    ...rows.map((row) => {
      const draft = draftOf(row);
      const own = (name: string): string =>
        Object.hasOwn(row.further, name) ? (row.further[name] ?? '') : '';
      return [...REGISTER_FIELDS.map((field) => draft[field]), ...further.map(own)];
    }),
  ];
  return lines.map((cells) => `${cells.map(writeCell).join(',')}\r\n`).join('');
}

function readHeader({ line, cells }: CsvRow): Header {
  const names = cells.map((cell) => uncovered(cell.trim()));
  const folded = names.map((name) => name.toLowerCase());
  const refuse = (column: string, reason: string): never => {
    throw new RecoveryError('register.malformed', { line, column, reason });
  };
  const known = new Map<RegisterField, number>();
  for (const field of REGISTER_FIELDS) {
    const position = folded.indexOf(field);
    const needed = NEEDED.includes(field);
    if ((position < 0 && needed) || folded.lastIndexOf(field) !== position)
      refuse(field, 'needed once in the header');
    if (position >= 0) known.set(field, position);
  }
  const further = new Map<string, number>();
  for (const [position, name] of names.entries()) {
    if (name === '' || known.has(folded[position] as RegisterField)) continue;
    if (FORBIDDEN.includes(name) || !isText(name)) refuse(name, 'name not allowed');
    if (further.has(name)) refuse(name, 'twice in the header');
    further.set(name, position);
  }
  return { width: cells.length, known, further };
}

function readRow({ line, cells }: CsvRow, { width, known, further }: Header): RegisterRow {
  const refuse = (column: string | number, reason: string): never => {
    throw new RecoveryError('register.malformed', { line, column, reason });
  };
  if (cells.length !== width) {
    throw new RecoveryError('register.malformed', {
      line,
      reason: 'another number of cells than the header',
    });
  }
  const cellAt = (position: number | undefined): string => uncovered((cells[position ?? -1] ?? '').trim());
  const named = new Set([...known.values(), ...further.values()]);
  // Spreadsheets leave empty columns behind; what stands in one without a name would be lost when it is written.
  const nameless = cells.findIndex((cell, position) => !named.has(position) && cell.trim() !== '');
  if (nameless >= 0) refuse(nameless + 1, 'no name in the header');
  const draft = Object.fromEntries(
    REGISTER_FIELDS.map((field) => [field, cellAt(known.get(field))]),
  ) as RegisterDraft;
  const own = Object.fromEntries([...further].map(([name, position]) => [name, cellAt(position)]));
  const odd = Object.entries(own).find(([, text]) => !isText(text));
  if (odd !== undefined) refuse(odd[0], 'not understood');
  return readRegisterRow(draft, own, (field) => refuse(field, 'not understood'));
}

/** A cell that a spreadsheet would run gets an apostrophe before it, which makes it text there. */
function writeCell(text: string): string {
  const covered = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(covered) ? `"${covered.replaceAll('"', '""')}"` : covered;
}

/** Takes that one apostrophe off again: what was written is what is read, however many it begins with. */
function uncovered(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
