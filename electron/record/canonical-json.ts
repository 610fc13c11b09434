/** What a record is made of: no fractions, no numbers beyond 2^53, so that every reader takes it the same. */
export type CanonicalValue =
  null | boolean | number | string | readonly CanonicalValue[] | { readonly [field: string]: CanonicalValue };

/**
 * Writes a value in its one canonical form: no blanks, names sorted by their UTF-16 units, the shortest escapes.
 * Throws, as a bug, at a number that is no safe integer and at text that is not well-formed.
 * Source: RFC 8785 3.2, for the values that a record may hold.
 */
export function writeCanonical(value: CanonicalValue): string {
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value === 'string') return writeText(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (isList(value)) return `[${value.map(writeCanonical).join(',')}]`;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${writeText(name)}:${writeCanonical(field)}`).join(',')}}`;
}

/** Says whether a value is an array; `Array.isArray` does not tell a read-only one from the rest. */
export function isList(value: CanonicalValue): value is readonly CanonicalValue[] {
  return Array.isArray(value);
}

/** Says whether a text can be written as UTF-8: no half of a surrogate pair stands alone. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function writeNumber(value: number): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new Error('a record holds safe integers');
  return String(value);
}

/** `JSON.stringify` escapes exactly what RFC 8785 3.2.2.2 escapes, as ECMAScript defines both. */
function writeText(text: string): string {
  if (!isWellFormed(text)) throw new Error('a record holds well-formed text');
  return JSON.stringify(text);
}
