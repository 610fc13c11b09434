import type { SessionRecord } from '../../shared/record.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import { entryHash, NO_ENTRY } from './entry-hash.ts';

/**
 * Goes through the chain: each entry has its place, names the entry before it, and has the hash of what it says; the
 * head is the last of these. Source: docs/record.md, "Chain".
 * Fails with `record.chain-broken`, naming the first `entry` at fault (from 0), its `field` (`index`, `previous`,
 * `hash` or, of the whole record, `head`), and what was `expected` and `found`.
 */
export function checkChain({ entries, head }: SessionRecord): void {
  let previous = NO_ENTRY;
  entries.forEach((entry, position) => {
    hold(position, 'index', position, entry.index);
    hold(position, 'previous', previous, entry.previous);
    hold(position, 'hash', entryHash(entry), entry.hash);
    previous = entry.hash;
  });
  hold(undefined, 'head', previous, head);
}

/** Where the clock went back: the entries whose time is before that of the entry before them, from 0. */
export function clockJumps({ entries }: SessionRecord): readonly number[] {
  // The times are of one fixed form, which sorts as text.
  return entries.flatMap(({ time }, i) => (time < (entries[i - 1]?.time ?? '') ? [i] : []));
}

function hold<Value extends string | number>(
  entry: number | undefined,
  field: string,
  expected: Value,
  found: Value,
): void {
  if (expected === found) return;
  const place = entry === undefined ? {} : { entry };
  throw new RecoveryError('record.chain-broken', { ...place, field, expected, found });
}
