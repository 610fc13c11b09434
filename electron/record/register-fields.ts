import { parseKeyId, parseQuorumId } from '../../shared/ids.ts';
import { readKeyAlgorithm } from '../../shared/key-algorithm.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import {
  ENVIRONMENTS,
  type Environment,
  type RegisterDraft,
  type RegisterField,
  type RegisterRow,
} from '../../shared/register.ts';

const MAX_ADDRESSES = 20;
const MAX_ADDRESS = 200;
const MAX_BUCKET = 200;
const MAX_NOTE = 2000;
/** What no field holds: control characters but tab and line breaks, and halves of characters, which no file keeps. */
const UNWRITABLE = /[^\P{Cc}\t\r\n]|\p{Cs}/u;

/** Says that a field can't be read as it is. */
export type RefuseField = (field: RegisterField) => never;

/**
 * Reads the fields of a row, the same for every form in which rows come. Blanks around a field don't count.
 * Source: docs/kits.md, "Register".
 * @param draft the fields as they were written; empty ones where they are missing
 * @param further columns of the custodian's own; empty cells are dropped
 * @param refuse called with the field that can't be read
 */
export function readRegisterRow(
  draft: RegisterDraft,
  further: Readonly<Record<string, string>>,
  refuse: RefuseField,
): RegisterRow {
  const read = <Value>(field: RegisterField, parse: (text: string) => Value | undefined): Value => {
    const value = orUndefined(() => parse(draft[field].trim()));
    return value === undefined ? refuse(field) : value;
  };
  return {
    keyId: read('key_id', parseKeyId),
    quorumId: read('quorum_id', parseQuorumId),
    keyAlgorithm: read('key_algorithm', readKeyAlgorithm),
    addresses: read('address', readAddresses),
    environment: read('environment', readEnvironment).value,
    bucket: read('bucket', (text) => (isOneLine(text) && text.length <= MAX_BUCKET ? text : undefined)),
    note: read('note', (text) => (isText(text) && text.length <= MAX_NOTE ? text : undefined)),
    further: Object.fromEntries(
      Object.entries(further)
        .map(([name, text]): [string, string] => [name, text.trim()])
        .filter(([, text]) => text !== ''),
    ),
  };
}

/** The fields of a row as text, which `readRegisterRow` reads as the same row. */
export function draftOf(row: RegisterRow): RegisterDraft {
  return {
    key_id: row.keyId,
    quorum_id: row.quorumId,
    key_algorithm: row.keyAlgorithm,
    address: row.addresses.join(' '),
    environment: row.environment ?? '',
    bucket: row.bucket,
    note: row.note,
  };
}

/**
 * What a recovery is compared with: the addresses of a row, with blanks between them, of which one has to be the
 * wallet's; undefined where the row has none.
 */
export function expectedAddressOf(row: RegisterRow | undefined): string | undefined {
  return row === undefined || row.addresses.length === 0 ? undefined : row.addresses.join(' ');
}

/** Whether a text can be written to a file and read again as it was. */
export function isText(text: string): boolean {
  return !UNWRITABLE.test(text);
}

function isOneLine(text: string): boolean {
  return isText(text) && !/[\t\r\n]/.test(text);
}

function readAddresses(text: string): readonly string[] | undefined {
  const addresses = [...new Set(text.split(/[\s;]+/).filter((address) => address !== ''))];
  const good = isText(text) && addresses.every((address) => address.length <= MAX_ADDRESS);
  return good && addresses.length <= MAX_ADDRESSES ? addresses : undefined;
}

/** Boxed, since nothing said is an answer too. */
function readEnvironment(text: string): { readonly value: Environment | undefined } | undefined {
  const value = ENVIRONMENTS.find((name) => name === text.toLowerCase());
  return value === undefined && text !== '' ? undefined : { value };
}

function orUndefined<Value>(read: () => Value | undefined): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RecoveryError) return undefined;
    throw error;
  }
}
