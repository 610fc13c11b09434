import {
  RECORD_FORMAT,
  RECORD_VERSION,
  type RecordEntry,
  type RecordEntryBody,
  type SessionRecord,
} from '../../shared/record.ts';
import { isList, writeCanonical, type CanonicalValue } from './canonical-json.ts';
import { entryHash, NO_ENTRY, type UnhashedEntry } from './entry-hash.ts';
import { readEntry } from './entry-shapes.ts';
import { MAX_TEXT } from './shape.ts';

/** What a recorder needs from outside. */
interface RecorderInputs {
  /** Milliseconds since 1970: what the entries' times are. */
  readonly nowMs: () => number;
}

/**
 * Keeps the record of one session, entry by entry; an entry that was added is never changed. Source: docs/record.md.
 */
export class Recorder {
  readonly #nowMs: () => number;
  readonly #entries: RecordEntry[] = [];

  constructor({ nowMs }: RecorderInputs) {
    this.#nowMs = nowMs;
  }

  /**
   * Adds an entry with the time of now. Text from outside, such as a file's name, is cut at 2000 characters and made
   * well-formed. Throws, as a bug, at a body that the format does not allow, a first one that is not `opened` or a
   * later one that is, and at anything after `closed`.
   */
  add(body: RecordEntryBody): void {
    const last = this.#entries.at(-1);
    if ((body.kind === 'opened') !== (last === undefined)) throw new Error('a record starts once');
    if (last?.kind === 'closed') throw new Error('the record is closed');
    const unhashed = {
      ...(tidy(body) as RecordEntryBody),
      index: this.#entries.length,
      time: new Date(this.#nowMs()).toISOString(),
      previous: last?.hash ?? NO_ENTRY,
    } as UnhashedEntry;
    this.#entries.push(checked({ ...unhashed, hash: entryHash(unhashed) }));
  }

  /** What was added so far. */
  get entries(): readonly RecordEntry[] {
    return [...this.#entries];
  }

  /** Hash of the last entry, lower-case hex; null before the first. */
  get head(): string | null {
    return this.#entries.at(-1)?.hash ?? null;
  }

  /** The record as it stands. Throws, as a bug, before the first entry. */
  record(): SessionRecord {
    const { head } = this;
    if (head === null) throw new Error('the record has no entry');
    return { format: RECORD_FORMAT, version: RECORD_VERSION, entries: this.entries, head };
  }

  /** The record file as it stands, to be written as it is. Throws, as a bug, before the first entry. */
  file(): Uint8Array {
    return writeRecord(this.record());
  }
}

/**
 * Writes a record as its file: the canonical form and a line feed, UTF-8. Source: docs/record.md, "File".
 * @param record whose entries are chained
 */
export function writeRecord(record: SessionRecord): Uint8Array {
  // Canonical values are what records are made of; the types of the entries are closer.
  const canonical = writeCanonical(record as unknown as CanonicalValue);
  return new TextEncoder().encode(`${canonical}\n`);
}

/** The entry as a reader would take it: what the recorder writes, the verifier accepts. */
function checked(entry: UnhashedEntry & { readonly hash: string }): RecordEntry {
  try {
    return deepFrozen(readEntry(entry as unknown as CanonicalValue, ''));
  } catch (error) {
    throw new Error(`an entry of the kind ${entry.kind} is not as the format wants it`, { cause: error });
  }
}

/** Texts come from file systems, tokens and people: no half characters, and none too long for a reader. */
function tidy(value: unknown): unknown {
  if (typeof value === 'string') {
    const wellFormed = value.replaceAll(/\p{Surrogate}/gu, '\ufffd');
    return wellFormed.length > MAX_TEXT ? cut(wellFormed) : wellFormed;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value as CanonicalValue)) return (value as readonly unknown[]).map(tidy);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, tidy(item)]));
}

/** Cut between characters, with a mark that says so. */
function cut(text: string): string {
  return `${text.slice(0, MAX_TEXT - 1).replace(/\p{Surrogate}$/u, '')}…`;
}

function deepFrozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFrozen);
    Object.freeze(value);
  }
  return value;
}
