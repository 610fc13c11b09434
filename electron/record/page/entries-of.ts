import type { RecordBodies, RecordEntry, RecordKind, RecordLink } from '../../../shared/record.ts';

/** An entry of one kind. */
export type EntryOf<Kind extends RecordKind> = { readonly kind: Kind } & RecordBodies[Kind] & RecordLink;

/** The entries of one kind, in their order. */
export function entriesOf<Kind extends RecordKind>(
  entries: readonly RecordEntry[],
  kind: Kind,
): readonly EntryOf<Kind>[] {
  return entries.filter((entry): entry is RecordEntry & EntryOf<Kind> => entry.kind === kind);
}
