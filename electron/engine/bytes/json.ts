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

const FORBIDDEN_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Reads JSON text that may be hostile: nesting is measured before anything is built, then every array and object
 * is held against a cap, and keys that could reach a prototype are refused. Source: RFC 8259.
 * Fails with `json.malformed`, `json.truncated` (it ends inside of an object or array), `json.too-deep`, `json.too-large`, `json.forbidden-key`.
 * @param text the whole document
 */
export function parseJson(text: string): JsonValue {
  const { deepest, left } = nestingOf(text);
  if (deepest > MAX_DEPTH) throw new RecoveryError('json.too-deep', { limit: MAX_DEPTH });
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    throw new RecoveryError(left > 0 ? 'json.truncated' : 'json.malformed');
  }
  assertHarmless(value);
  return value;
}

/** Says whether a JSON value is an object, not an array and not null. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How deep objects and arrays are nested, and how many are still open where the text ends. */
function nestingOf(text: string): { readonly deepest: number; readonly left: number } {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i);
    if (character === QUOTE) i = endOfString(text, i);
    else if (character === 0x7b || character === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (character === 0x7d || character === 0x5d) depth--;
  }
  return { deepest, left: depth };
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

function assertHarmless(value: JsonValue): void {
  if (typeof value !== 'object' || value === null) return;
  const children = Object.values(value);
  if (children.length > MAX_ENTRIES) throw new RecoveryError('json.too-large', { limit: MAX_ENTRIES });
  if (isJsonObject(value)) {
    const forbidden = Object.keys(value).find((key) => FORBIDDEN_KEYS.includes(key));
    if (forbidden !== undefined) throw new RecoveryError('json.forbidden-key', { key: forbidden });
  }
  children.forEach(assertHarmless);
}
