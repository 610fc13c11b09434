import { RecoveryError } from '../../../shared/recovery-error.ts';

/** A JSON value as `parseJson` gives it. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object without prototype keys. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

const MAX_DEPTH = 16;
/** Entries of one array or object; the longest that the formats know is 80. */
const MAX_ENTRIES = 1024;
/** Values of the whole document; a backup of 255 players has some 70,000. */
const MAX_VALUES = 200_000;

/** How much of JSON there may be. */
export interface JsonLimits {
  /** Entries of one array or object. */
  readonly entries: number;
  /** Values of the whole document. */
  readonly values: number;
}

const LIMITS: JsonLimits = { entries: MAX_ENTRIES, values: MAX_VALUES };

const FORBIDDEN_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Reads JSON text that may be hostile: nesting and lengths are held against caps before anything is built, and
 * keys that could reach a prototype are refused. Source: RFC 8259.
 * Fails with `json.malformed`, `json.truncated` (it ends inside of an object or array), `json.too-deep`,
 * `json.too-large`, `json.forbidden-key`.
 * @param text the whole document
 * @param limits other caps than those of kits, for a document of another kind
 */
export function parseJson(text: string, limits: JsonLimits = LIMITS): JsonValue {
  const openAtEnd = measure(text, limits);
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    throw new RecoveryError(openAtEnd > 0 ? 'json.truncated' : 'json.malformed');
  }
  refuseForbiddenKeys(value);
  return value;
}

/** Says whether a JSON value is an object, not an array and not null. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Holds nesting, the length of every array and object, and the number of all values against their caps, from the
 * text alone.
 * @returns how many of them are still open where the text ends
 */
function measure(text: string, limits: JsonLimits): number {
  /** How many commas each open array or object has had, from the outermost in. */
  const commas: number[] = [];
  let values = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case QUOTE:
        i = endOfString(text, i);
        break;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        values++;
        if (commas.push(0) > MAX_DEPTH) throw new RecoveryError('json.too-deep', { limit: MAX_DEPTH });
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        commas.pop();
        break;
      case COMMA: {
        const count = (commas.pop() ?? 0) + 1;
        if (count >= limits.entries) throw new RecoveryError('json.too-large', { limit: limits.entries });
        commas.push(count);
        values++;
        break;
      }
      default:
    }
    if (values > limits.values) throw new RecoveryError('json.too-large', { limit: limits.values });
  }
  return commas.length;
}

/** Where the string that starts at `start` ends; most of a backup is inside strings, so they are skipped fast. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}

function refuseForbiddenKeys(value: JsonValue): void {
  if (typeof value !== 'object' || value === null) return;
  if (isJsonObject(value)) {
    const forbidden = Object.keys(value).find((key) => FORBIDDEN_KEYS.includes(key));
    if (forbidden !== undefined) throw new RecoveryError('json.forbidden-key', { key: forbidden });
  }
  Object.values(value).forEach(refuseForbiddenKeys);
}
