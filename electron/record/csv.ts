import { RecoveryError } from '../../shared/recovery-error.ts';

/** The largest file, in characters: a hundred bytes for each of the most rows would not fill it twice. */
const MAX_CHARACTERS = 16 * 1024 * 1024;
const MAX_COLUMNS = 64;
const MAX_ROWS = 200_000;

/** One row of a CSV file, with the line that it starts on, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads comma-separated values strictly: quoted cells may hold commas, line breaks and doubled quotes, and nothing
 * else may stand beside a quote. Empty lines are passed over. Source: RFC 4180 2.
 * Fails with `register.malformed`, naming line and column, also beyond 16 MiB, 64 columns or 200,000 rows.
 */
export function parseCsv(text: string): readonly CsvRow[] {
  if (text.length > MAX_CHARACTERS)
    throw new RecoveryError('register.malformed', { line: 1, reason: 'too large' });
  const rows: CsvRow[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const start = line;
    const cells: string[] = [];
    for (;;) {
      if (cells.length === MAX_COLUMNS)
        throw new RecoveryError('register.malformed', { line: start, reason: 'too many columns' });
      const cell = readCell(text, at, start, cells.length + 1);
      cells.push(cell.value);
      line += cell.lineBreaks;
      at = cell.end;
      if (text[at] !== ',') break;
      at++;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line++;
    if (cells.length === 1 && cells[0] === '') continue;
    if (rows.length === MAX_ROWS)
      throw new RecoveryError('register.malformed', { line: start, reason: 'too many rows' });
    rows.push({ line: start, cells });
  }
  return rows;
}

interface Cell {
  readonly value: string;
  readonly end: number;
  readonly lineBreaks: number;
}

function readCell(text: string, at: number, line: number, column: number): Cell {
  if (text[at] !== '"') {
    const value = /[^,\r\n]*/y;
    value.lastIndex = at;
    const [plain = ''] = value.exec(text) ?? [];
    if (plain.includes('"'))
      throw new RecoveryError('register.malformed', { line, column, reason: 'stray quote' });
    return { value: plain, end: at + plain.length, lineBreaks: 0 };
  }
  const end = endOfQuoted(text, at);
  if (end === undefined)
    throw new RecoveryError('register.malformed', { line, column, reason: 'open quote' });
  const inner = text.slice(at + 1, end - 1);
  return { value: inner.replaceAll('""', '"'), end, lineBreaks: inner.split('\n').length - 1 };
}

/** Just after the quote that closes the one at `start`; undefined where none does, or more stands beside it. */
function endOfQuoted(text: string, start: number): number | undefined {
  let quote = text.indexOf('"', start + 1);
  while (quote >= 0 && text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
  const after = text[quote + 1];
  return quote >= 0 && (after === undefined || [',', '\r', '\n'].includes(after)) ? quote + 1 : undefined;
}
