import { REGISTER_ROWS_AT_ONCE, type RegisterRowView } from '../../shared/register-desk.ts';
import type { RegisterRow } from '../../shared/register.ts';
import { draftOf } from '../record/register-fields.ts';
import type { Register } from '../record/register.ts';

/** One page of a list: what is shown of it, and where that lies. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** From 0; the last one where a page beyond it was asked for. */
  readonly page: number;
}

/** Cuts one page out of a list. */
export function pageOf<Item>(list: readonly Item[], page: number): Page<Item> {
  const last = Math.max(0, Math.ceil(list.length / REGISTER_ROWS_AT_ONCE) - 1);
  const shown = Math.min(page, last);
  const start = shown * REGISTER_ROWS_AT_ONCE;
  return { items: list.slice(start, start + REGISTER_ROWS_AT_ONCE), page: shown };
}

/** The rows that fit a filter: each of its words stands somewhere in the row, in either case. */
export function filterRows(register: Register, filter: string): readonly RegisterRow[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const rows = [...register.values()];
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = [...Object.values(draftOf(row)), ...Object.values(row.further)].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** A row as the page shows it. */
export function rowView(row: RegisterRow): RegisterRowView {
  return { draft: draftOf(row), further: row.further };
}
