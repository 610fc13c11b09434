import { RecoveryError } from '../../shared/recovery-error.ts';
import { REGISTER_FIELDS, type RegisterDraft, type RegisterRow } from '../../shared/register.ts';
import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '../engine/bytes/json.ts';
import { draftOf, isText, readRegisterRow } from './register-fields.ts';

const FORMAT = 'breakglass-register';
const VERSION = 1;

/** As in CSV; a row of all known fields and a few more is well below. */
const MAX_CHARACTERS = 16 * 1024 * 1024;
const MAX_ROWS = 200_000;
const MAX_VALUES = 4_000_000;
const MAX_FIELDS = 64;

/** Reads the rows of a register in JSON. Fails with `register.malformed`, naming row, from 1, and field. */
export function readJsonRegister(text: string): readonly RegisterRow[] {
  if (text.length > MAX_CHARACTERS) throw malformed({ reason: 'too large' });
  const document = parseDocument(text);
  const wallets = document['wallets'];
  if (document['format'] !== FORMAT || document['version'] !== VERSION || !Array.isArray(wallets)) {
    throw malformed({ reason: 'not a register in JSON' });
  }
  const odd = Object.keys(document).find((key) => !['format', 'version', 'wallets'].includes(key));
  if (odd !== undefined) throw malformed({ column: odd, reason: 'not known here' });
  const seen = new Set<string>();
  return (wallets as readonly JsonValue[]).map((value, i) => {
    const row = readRow(value, i + 1);
    if (seen.has(row.keyId)) throw malformed({ row: i + 1, column: 'key_id', reason: 'listed twice' });
    seen.add(row.keyId);
    return row;
  });
}

/** Writes the rows of a register as JSON, one a line; empty fields are left out. Source: docs/kits.md, "Register". */
export function writeJsonRegister(rows: readonly RegisterRow[]): string {
  const lines = rows.map((row) => {
    const fields = Object.entries({ ...draftOf(row), ...row.further }).filter(([, text]) => text !== '');
    return JSON.stringify({ ...Object.fromEntries(fields), address: row.addresses });
  });
  const wallets = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n]`;
  return `{"format":"${FORMAT}","version":${VERSION},"wallets":${wallets}}\n`;
}

function parseDocument(text: string): JsonObject {
  let value: JsonValue;
  try {
    value = parseJson(text, { entries: MAX_ROWS, values: MAX_VALUES });
  } catch (error) {
    if (!(error instanceof RecoveryError)) throw error;
    throw malformed({
      reason: error.code === 'json.too-large' ? 'too many rows' : `not JSON (${error.code})`,
    });
  }
  if (!isJsonObject(value)) throw malformed({ reason: 'not a register in JSON' });
  return value;
}

function readRow(value: JsonValue, row: number): RegisterRow {
  const refuse = (column: string, reason = 'not understood'): never => {
    throw malformed({ row, column, reason });
  };
  if (!isJsonObject(value)) throw malformed({ row, reason: 'not an object' });
  const entries = Object.entries(value);
  if (entries.length > MAX_FIELDS) throw malformed({ row, reason: 'too many columns' });
  const texts = new Map<string, string>();
  for (const [name, content] of entries) {
    const text = name === 'address' ? addressText(content) : content;
    if (typeof text !== 'string' || name.trim() !== name || name === '' || !isText(name)) refuse(name);
    // A known column in other letters would be a column of its own here, and the known one in CSV.
    const folded = name.toLowerCase();
    if (folded !== name && (REGISTER_FIELDS as readonly string[]).includes(folded))
      refuse(name, 'name not allowed');
    texts.set(name, text as string);
  }
  const draft = Object.fromEntries(
    REGISTER_FIELDS.map((field) => [field, texts.get(field) ?? '']),
  ) as RegisterDraft;
  const further = [...texts].filter(([name]) => !(REGISTER_FIELDS as readonly string[]).includes(name));
  const odd = further.find(([, text]) => !isText(text));
  if (odd !== undefined) refuse(odd[0]);
  return readRegisterRow(draft, Object.fromEntries(further), refuse);
}

/** Addresses are an array in JSON; one address may also stand by itself. */
function addressText(value: JsonValue): JsonValue {
  if (!Array.isArray(value)) return value;
  const addresses = value as readonly JsonValue[];
  const good = addresses.every((address) => typeof address === 'string' && /^[^\s;]+$/.test(address));
  return good ? (addresses as readonly string[]).join(' ') : null;
}

function malformed(details: Readonly<Record<string, string | number>>): RecoveryError {
  return new RecoveryError('register.malformed', details);
}
