import { RecoveryError } from '../../shared/recovery-error.ts';
import type { KeyWish, TokenWish } from './select.ts';

/** What a PKCS#11 URI says, as far as it is of use here. */
export interface Pkcs11Uri {
  readonly token: TokenWish;
  readonly key: KeyWish;
  /** Path of the module. */
  readonly modulePath: string | undefined;
  /** The module's name without what a platform puts around it: no folder, no `lib`, no suffix. */
  readonly moduleName: string | undefined;
  /** Path of a file whose first line is the PIN. */
  readonly pinFile: string | undefined;
}

const MAX_LENGTH = 8192;

const PATH_ATTRIBUTES = [
  ...['token', 'manufacturer', 'serial', 'model'],
  ...['object', 'type', 'id', 'slot-id'],
];
/** Attributes of the library and of the slot's reader, which say nothing of token or key. Read, and refused. */
const NOT_USED = [
  'library-manufacturer',
  'library-description',
  'library-version',
  'slot-manufacturer',
  'slot-description',
];
const QUERY_ATTRIBUTES = ['module-path', 'module-name', 'pin-source', 'pin-value'];

/** Characters that may stand for themselves in a value of the path, the query's `/?|` aside. Source: RFC 7512 2.3. */
const PATH_VALUE = /^(?:[A-Za-z0-9\-._~:[\]@!$'()*+,=&]|%[0-9A-Fa-f]{2})*$/;
const QUERY_VALUE = /^(?:[A-Za-z0-9\-._~:[\]@!$'()*+,=/?|]|%[0-9A-Fa-f]{2})*$/;

/**
 * Reads a PKCS#11 URI strictly: what is not known is refused, and so is a PIN in it, which other processes can see.
 * Source: RFC 7512 2.3, 2.4.
 * Fails with `pkcs11-uri.malformed`, whose `reason` says what is wrong and whose `attribute` says where, never with a
 * value.
 */
export function parsePkcs11Uri(text: string): Pkcs11Uri {
  if (text.length > MAX_LENGTH) throw malformed('too long');
  if (!/^pkcs11:/i.test(text)) throw malformed('scheme');
  const [path = '', query, ...more] = text.slice('pkcs11:'.length).split('?');
  const inPath = readAttributes(path, ';', PATH_ATTRIBUTES, PATH_VALUE);
  const inQuery = readAttributes([query ?? '', ...more].join('?'), '&', QUERY_ATTRIBUTES, QUERY_VALUE);
  if (inQuery.has('pin-value')) throw malformed('pin-value', 'pin-value');
  const type = textOf(inPath, 'type');
  if (type !== undefined && type !== 'private') throw malformed('type', 'type');
  return {
    token: {
      label: textOf(inPath, 'token'),
      serial: textOf(inPath, 'serial'),
      manufacturer: textOf(inPath, 'manufacturer'),
      model: textOf(inPath, 'model'),
      slotId: slotIdOf(inPath),
    },
    key: { label: textOf(inPath, 'object'), idHex: inPath.get('id')?.toString('hex') },
    modulePath: textOf(inQuery, 'module-path'),
    moduleName: textOf(inQuery, 'module-name'),
    pinFile: pinFileOf(inQuery),
  };
}

function readAttributes(
  text: string,
  separator: string,
  known: readonly string[],
  valueForm: RegExp,
): ReadonlyMap<string, Buffer> {
  const values = new Map<string, Buffer>();
  if (text === '') return values;
  for (const attribute of text.split(separator)) {
    const equals = attribute.indexOf('=');
    const name = equals < 0 ? '' : attribute.slice(0, equals);
    if (NOT_USED.includes(name)) throw malformed('not used', name);
    if (!known.includes(name)) throw malformed('unknown attribute');
    if (values.has(name)) throw malformed('twice', name);
    const value = attribute.slice(equals + 1);
    if (!valueForm.test(value)) throw malformed('value', name);
    values.set(name, percentDecoded(value));
  }
  return values;
}

function percentDecoded(value: string): Buffer {
  const bytes = value.match(/%..|[^%]/g) ?? [];
  return Buffer.from(
    bytes.map((part) => (part.length === 3 ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0))),
  );
}

function textOf(values: ReadonlyMap<string, Buffer>, name: string): string | undefined {
  const bytes = values.get(name);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformed('value', name);
  }
}

function slotIdOf(values: ReadonlyMap<string, Buffer>): bigint | undefined {
  const text = textOf(values, 'slot-id');
  if (text === undefined) return undefined;
  if (!/^[0-9]{1,20}$/.test(text)) throw malformed('value', 'slot-id');
  return BigInt(text);
}

/** A command to run, as `|prog`, and an address are refused: only a file is read. Source: RFC 7512 2.4. */
function pinFileOf(values: ReadonlyMap<string, Buffer>): string | undefined {
  const source = textOf(values, 'pin-source');
  if (source === undefined) return undefined;
  const file = /^file:(?:\/\/)?(\/.*)$/is.exec(source)?.[1] ?? source;
  if (file === '' || file.startsWith('|') || /^[a-z][a-z0-9+.-]+:/i.test(file)) {
    throw malformed('pin-source', 'pin-source');
  }
  return file;
}

function malformed(reason: string, attribute?: string): RecoveryError {
  return new RecoveryError('pkcs11-uri.malformed', {
    reason,
    ...(attribute === undefined ? {} : { attribute }),
  });
}
