import { RECORD_FORMAT, RECORD_VERSION, type RecordEntry, type SessionRecord } from '../../shared/record.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import { isList, type CanonicalValue } from './canonical-json.ts';
import { readCanonical } from './canonical-reader.ts';
import { checkChain } from './chain.ts';
import { MAX_ENTRIES, readEntry } from './entry-shapes.ts';
import { objectOf, oneOf, sha256, type Reader } from './shape.ts';

/** The largest record file: as many entries as there may be, with five hundred bytes for each and more to spare. */
export const MAX_RECORD_BYTES = 128 * 1024 * 1024;

const LINE_FEED = 0x0a;
/** Canonical form sorts the names, so that every record starts with these bytes. */
const START = new TextEncoder().encode('{"entries":[{');

/**
 * Reads a record file and holds it against its own chain: what it answers with is what was recorded, entry by entry,
 * or a chain that was made anew from its first changed entry on, which only the head or a signature tells apart.
 * Source: docs/record.md.
 * Fails with `record.malformed`, `record.not-canonical` and `record.chain-broken`; their details name `entry` (from 0)
 * and `field` where these are known, else `offset` in bytes, and `expected` and `found` hashes.
 * @param bytes the whole file
 */
export function parseRecord(bytes: Uint8Array): SessionRecord {
  const record = readRecordForm(bytes);
  checkChain(record);
  return record;
}

/**
 * The first half of `parseRecord`: the form alone, not the chain.
 * Fails with `record.malformed` and `record.not-canonical`.
 */
export function readRecordForm(bytes: Uint8Array): SessionRecord {
  if (bytes.length > MAX_RECORD_BYTES) throw new RecoveryError('record.malformed', { reason: 'too large' });
  const differs = START.findIndex((byte, i) => bytes[i] !== byte);
  if (differs >= 0) throw new RecoveryError('record.malformed', { reason: 'no record', offset: differs });
  if (bytes.at(-1) !== LINE_FEED) {
    throw new RecoveryError('record.not-canonical', { offset: bytes.length - 1, reason: 'end' });
  }
  return readRoot(readCanonical(bytes.subarray(0, -1)), '');
}

const readRoot = objectOf<SessionRecord>({
  format: oneOf([RECORD_FORMAT]),
  version: (value, field) => {
    if (value === RECORD_VERSION) return RECORD_VERSION;
    throw new RecoveryError('record.malformed', { field, reason: 'another version' });
  },
  entries: readEntries,
  head: sha256,
});

function readEntries(value: CanonicalValue, field: string): readonly RecordEntry[] {
  if (!isList(value) || value.length === 0 || value.length > MAX_ENTRIES) {
    throw new RecoveryError('record.malformed', { field, reason: 'a list in range' });
  }
  return value.map((item, entry) => {
    const read = named(entry, readEntry, item);
    const first = entry === 0;
    const last = entry === value.length - 1;
    if ((read.kind === 'opened') !== first || (read.kind === 'closed' && !last)) {
      throw new RecoveryError('record.malformed', { entry, field: 'kind', reason: 'out of place' });
    }
    return read;
  });
}

function named<Value>(entry: number, read: Reader<Value>, item: CanonicalValue): Value {
  try {
    return read(item, '');
  } catch (error) {
    throw error instanceof RecoveryError ? error.within({ entry }) : error;
  }
}
