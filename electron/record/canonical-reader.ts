import { RecoveryError } from '../../shared/recovery-error.ts';
import { isWellFormed, writeCanonical, type CanonicalValue } from './canonical-json.ts';

const MAX_DEPTH = 8;
const MAX_TEXT_UNITS = 16 * 1024;
const NUMBER = /-?(?:0|[1-9][0-9]{0,15})/y;
const PLAIN_TEXT = /[^"\\]*/y;
const FORBIDDEN_NAMES: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/**
 * Reads JSON that stands in its canonical form, and nothing else: what is written in any other way is refused at the
 * byte where it departs. So the bytes of a document are known from its value, and no change to them goes unseen.
 * Source: RFC 8785; docs/record.md.
 * Fails with `record.not-canonical`, naming `offset` (bytes, from 0) and, where the reader had got so far, the `entry`
 * (from 0) and the `field`; with `record.malformed` at what is not UTF-8.
 * @param bytes the document, without anything before or after it
 */
export function readCanonical(bytes: Uint8Array): CanonicalValue {
  const reader = new CanonicalReader(decode(bytes));
  return reader.document();
}

/** One pass over one document, which knows where it is. */
class CanonicalReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  /** Names and indexes from the outermost in. */
  readonly #path: (string | number)[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  document(): CanonicalValue {
    const value = this.#value();
    if (this.#at < this.#text.length) this.#refuse();
    return value;
  }

  #value(): CanonicalValue {
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object();
      case '[':
        return this.#list();
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      case undefined:
      default:
        return this.#number();
    }
  }

  #object(): CanonicalValue {
    this.#enter();
    const fields: [string, CanonicalValue][] = [];
    if (!this.#skip('}')) {
      do {
        const start = this.#at;
        const name = this.#string();
        const [last] = fields.at(-1) ?? [];
        if ((last !== undefined && name <= last) || FORBIDDEN_NAMES.includes(name)) this.#refuse(start);
        this.#expect(':');
        this.#path.push(name);
        fields.push([name, this.#value()]);
        this.#path.pop();
      } while (this.#skip(','));
      this.#expect('}');
    }
    this.#depth--;
    return Object.fromEntries(fields);
  }

  #list(): CanonicalValue {
    this.#enter();
    const values: CanonicalValue[] = [];
    if (!this.#skip(']')) {
      do {
        this.#path.push(values.length);
        values.push(this.#value());
        this.#path.pop();
      } while (this.#skip(','));
      this.#expect(']');
    }
    this.#depth--;
    return values;
  }

  #enter(): void {
    if (++this.#depth > MAX_DEPTH) this.#refuse();
    this.#at++;
  }

  #string(): string {
    const start = this.#at;
    this.#expect('"');
    for (;;) {
      PLAIN_TEXT.lastIndex = this.#at;
      PLAIN_TEXT.test(this.#text);
      this.#at = PLAIN_TEXT.lastIndex;
      if (this.#text[this.#at] !== '\\') break;
      this.#at += 2;
    }
    this.#expect('"');
    if (this.#at - start > MAX_TEXT_UNITS) this.#refuse(start);
    return this.#sameAgain(start, () => JSON.parse(this.#text.slice(start, this.#at)) as string);
  }

  #number(): number {
    const start = this.#at;
    NUMBER.lastIndex = start;
    const [digits] = NUMBER.exec(this.#text) ?? this.#refuse();
    this.#at += digits.length;
    return this.#sameAgain(start, () => Number(digits));
  }

  /** Holds what was read against how it would be written. */
  #sameAgain<Value extends string | number>(start: number, read: () => Value): Value {
    let value: Value;
    try {
      value = read();
    } catch {
      return this.#refuse(start);
    }
    const writable = typeof value === 'string' ? isWellFormed(value) : Number.isSafeInteger(value);
    const given = this.#text.slice(start, this.#at);
    if (!writable || given === '-0') return this.#refuse(start);
    const wanted = writeCanonical(value);
    if (given === wanted) return value;
    return this.#refuse(start + firstDifference(given, wanted));
  }

  #word<Value extends boolean | null>(word: string, value: Value): Value {
    for (const letter of word) this.#expect(letter);
    return value;
  }

  #skip(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #expect(character: string): void {
    if (!this.#skip(character)) this.#refuse();
  }

  #refuse(at = this.#at): never {
    throw new RecoveryError('record.not-canonical', {
      offset: Buffer.byteLength(this.#text.slice(0, at)),
      ...placeOf(this.#path),
    });
  }
}

/** The entry and the field of a path into a record. */
function placeOf([top, entry, ...names]: readonly (string | number)[]): Record<string, string | number> {
  if (top !== 'entries' || typeof entry !== 'number') return top === undefined ? {} : { field: top };
  return names.length === 0 ? { entry } : { entry, field: names.join('.') };
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const offset = firstBadByte(bytes);
    const details = { reason: 'not UTF-8', offset, ...placeAtEnd(bytes.subarray(0, offset)) };
    throw new RecoveryError('record.malformed', details);
  }
}

/** Where in the record a document is that ends too early. */
function placeAtEnd(start: Uint8Array): Record<string, string | number> {
  try {
    readCanonical(start);
  } catch (error) {
    if (!(error instanceof RecoveryError)) throw error;
    const { entry, field } = error.details;
    return { ...(entry === undefined ? {} : { entry }), ...(field === undefined ? {} : { field }) };
  }
  return {};
}

/** Where bytes stop being UTF-8: the longest prefix that decodes, found by halving. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isUtf8Prefix(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function isUtf8Prefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
