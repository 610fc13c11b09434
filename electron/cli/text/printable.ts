/** What could move the cursor, or turn the direction of a line: a file's name and content may hold anything. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The same, as far as JSON leaves it as it is. */
const UNPRINTABLE_IN_JSON = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** One line of text, fit to be shown on a terminal: what a terminal would act on becomes a question mark. */
export function printable(line: string): string {
  return line.replaceAll(UNPRINTABLE, '?');
}

/** An object as JSON on one line, the same value, fit to be shown on a terminal. Source: RFC 8259 7. */
export function printableJson(object: object): string {
  return JSON.stringify(object).replaceAll(UNPRINTABLE_IN_JSON, (character) =>
    Array.from({ length: character.length }, (_, i) => escapeUnit(character.charCodeAt(i))).join(''),
  );
}

/** One UTF-16 code unit; a character beyond the first plane is written as two. */
function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
