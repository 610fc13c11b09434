import { createHash } from 'node:crypto';

import { encodeLine } from '../../electron/engine/shares/share-alphabet.ts';
import { encodeShare, type CustodianShare } from '../../electron/engine/shares/share.ts';
import { writeShareLines } from '../../electron/engine/shares/share-text.ts';
import { entryHash, NO_ENTRY } from '../../electron/record/entry-hash.ts';
import type { Dice } from './dice.ts';
import { mutate, mutateJson, toJson } from './mutate.ts';

const utf8 = new TextEncoder();

/** Records and shares carry sums over what they say; here what they say is changed, and summed as it should be. */

/** A record with a hostile value somewhere, in canonical form and chained anew; or one whose bytes are changed. */
export function hostileRecord(record: Uint8Array, dice: Dice): Uint8Array {
  if (dice.oneIn(3)) return mutate(record, dice);
  const changed = mutateJson(JSON.parse(Buffer.from(record).toString()), dice);
  const value = JSON.parse(toJson(changed) || 'null') as unknown;
  return utf8.encode(`${JSON.stringify(sorted(dice.oneIn(3) ? value : chained(value)))}\n`);
}

function chained(root: unknown): unknown {
  const { entries } = (root ?? {}) as { readonly entries?: unknown };
  if (!Array.isArray(entries)) return root;
  let previous: unknown = NO_ENTRY;
  const linked = entries.map((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
    const named = { ...entry, previous };
    try {
      previous = entryHash(named as never);
    } catch {
      // A number or a text that no record holds: its place is refused before its hash is.
    }
    return { ...named, hash: previous };
  });
  return { ...(root as object), entries: linked, head: previous };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([name, field]) => [name, sorted(field)]));
}

const CHECKSUM_BYTES = 4;
const LINE_BYTES = 20;

/** The bytes of a share with a hostile header or point, and the checksum over them. */
export function hostileShareBytes(share: CustodianShare, dice: Dice): Uint8Array {
  const body = mutate(encodeShare(share).subarray(0, -CHECKSUM_BYTES), dice);
  const sum = createHash('sha256').update(body).digest().subarray(0, CHECKSUM_BYTES);
  return Buffer.concat([body, sum]);
}

/** The text of a share: typed with slips, or of hostile bytes whose every line has its check. */
export function hostileShareText(share: CustodianShare, dice: Dice): string {
  if (dice.oneIn(2)) {
    return Buffer.from(mutate(utf8.encode(writeShareLines(share).join('\n')), dice)).toString();
  }
  const bytes = hostileShareBytes(share, dice);
  const lines = Array.from({ length: Math.ceil(bytes.length / LINE_BYTES) }, (_, i) => {
    const part = bytes.subarray(i * LINE_BYTES, (i + 1) * LINE_BYTES);
    return `${String(i + 1).padStart(2, '0')}: ${encodeLine(i + 1, part)}`;
  });
  return lines.join('\n');
}
