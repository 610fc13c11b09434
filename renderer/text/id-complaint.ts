import { isUuid } from '../../shared/ids.ts';

/** The form that an id has, for a hint. */
export const ID_FORM = '36 characters, like 123e4567-e89b-12d3-a456-426614174000';

/**
 * What is wrong with an id that was typed, and how to mend it; null for a good one, or for none at all.
 * @param text as typed
 */
export function idComplaint(text: string): string | null {
  const id = text.trim();
  if (id === '' || isUuid(id)) return null;
  const stray = /[^0-9a-f-]/i.exec(id)?.[0];
  if (stray !== undefined) {
    return `“${stray}” can’t stand in an id: it has the digits 0 to 9, the letters a to f, and hyphens.`;
  }
  if (!id.includes('-')) return 'The hyphens are missing. Copy the id whole, with its hyphens.';
  if (id.length < 36) return `${36 - id.length} more to come: an id has 36 characters.`;
  if (id.length > 36) return `${id.length - 36} too many: an id has 36 characters.`;
  return `The hyphens are not in their places: ${ID_FORM}.`;
}

/** How a label may be written down. */
export type LabelEncoding = 'text' | 'hex' | 'base64';

/** What is wrong with a label that was typed; null for a good one, or an empty one. */
export function labelComplaint(encoding: LabelEncoding, text: string): string | null {
  switch (encoding) {
    case 'text':
      return null;
    case 'hex':
      return /^(?:[0-9a-f]{2})*$/i.test(text.trim())
        ? null
        : 'Hex has pairs of the digits 0 to 9 and the letters a to f.';
    case 'base64':
      return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.trim())
        ? null
        : 'Base64 has groups of four letters or digits, with = at the end to fill up.';
  }
}
