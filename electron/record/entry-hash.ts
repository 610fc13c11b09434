import { createHash } from 'node:crypto';

import type { RecordEntry, RecordEntryBody, RecordLink } from '../../shared/record.ts';
import { writeCanonical } from './canonical-json.ts';

/** What the first entry names as the one before it. */
export const NO_ENTRY = '0'.repeat(64);

/** Stands before what is hashed, so that no hash of an entry is the hash of anything else. */
const DOMAIN = 'breakglass-record-entry-v1\n';

/** An entry before it has its hash. */
export type UnhashedEntry = RecordEntryBody & Omit<RecordLink, 'hash'>;

/**
 * The hash of an entry, which the next entry names: SHA-256 over a line of its own and the entry in canonical form,
 * without its `hash`. Source: docs/record.md, "Chain".
 * @returns lower-case hex
 */
export function entryHash(entry: UnhashedEntry | RecordEntry): string {
  const fields = Object.entries(entry).filter(([name]) => name !== 'hash');
  const canonical = writeCanonical(Object.fromEntries(fields));
  return createHash('sha256').update(DOMAIN).update(canonical, 'utf8').digest('hex');
}
