import { parseKeyId, parseQuorumId, type KeyId, type QuorumId } from '../../shared/ids.ts';
import { readKeyAlgorithm, type KeyAlgorithm } from '../../shared/key-algorithm.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import { parseCsv, type CsvRow } from './csv.ts';

/** What the custodian keeps offline of one wallet. Source: docs/kits.md, "Register". */
export interface RegisterRow {
  readonly keyId: KeyId;
  readonly quorumId: QuorumId;
  readonly keyAlgorithm: KeyAlgorithm;
  /** An address that the wallet is known to have; undefined where the cell is empty. */
  readonly address: string | undefined;
}

/** The offline record of all wallets, by key id. */
export type Register = ReadonlyMap<KeyId, RegisterRow>;

const COLUMNS = ['key_id', 'quorum_id', 'key_algorithm', 'address'] as const;
type Column = (typeof COLUMNS)[number];

/**
 * Reads a register from CSV with the columns `key_id`, `quorum_id`, `key_algorithm`, `address`, in any order;
 * further columns are for the reader's own use. Source: docs/kits.md, "Register".
 * Fails with `register.malformed`, naming line and column.
 * @param content the file, UTF-8 with or without a byte-order mark
 */
export function parseRegister(content: Uint8Array): Register {
  const [header, ...rows] = parseCsv(decode(content));
  if (header === undefined) throw new RecoveryError('register.malformed', { line: 1, reason: 'empty' });
  const columns = readHeader(header);
  const register = new Map<KeyId, RegisterRow>();
  for (const row of rows) {
    const entry = readRow(row, columns, header.cells.length);
    if (register.has(entry.keyId)) {
      throw new RecoveryError('register.malformed', {
        line: row.line,
        column: 'key_id',
        reason: 'listed twice',
      });
    }
    register.set(entry.keyId, entry);
  }
  return register;
}

function decode(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new RecoveryError('register.malformed', { line: 1, reason: 'not UTF-8 text' });
  }
}

function readHeader({ line, cells }: CsvRow): ReadonlyMap<Column, number> {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  return new Map(
    COLUMNS.map((column) => {
      const position = names.indexOf(column);
      if (position < 0 || names.lastIndexOf(column) !== position) {
        throw new RecoveryError('register.malformed', { line, column, reason: 'needed once in the header' });
      }
      return [column, position];
    }),
  );
}

function readRow(row: CsvRow, columns: ReadonlyMap<Column, number>, width: number): RegisterRow {
  const { line } = row;
  if (row.cells.length !== width) {
    throw new RecoveryError('register.malformed', {
      line,
      reason: 'another number of cells than the header',
    });
  }
  const cell = (column: Column): string => (row.cells[columns.get(column) ?? -1] ?? '').trim();
  const read = <Value>(column: Column, parse: (text: string) => Value | undefined): Value => {
    const value = orUndefined(() => parse(cell(column)));
    if (value === undefined)
      throw new RecoveryError('register.malformed', { line, column, reason: 'not understood' });
    return value;
  };
  return {
    keyId: read('key_id', parseKeyId),
    quorumId: read('quorum_id', parseQuorumId),
    keyAlgorithm: read('key_algorithm', readKeyAlgorithm),
    address: cell('address') === '' ? undefined : cell('address'),
  };
}

function orUndefined<Value>(read: () => Value | undefined): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RecoveryError) return undefined;
    throw error;
  }
}
