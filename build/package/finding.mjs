/**
 * What one check of a release came to.
 * @typedef {object} Finding
 * @property {'ok' | 'failed' | 'not checked'} outcome
 * @property {string} check
 * @property {string} says
 */

/**
 * @param {string} check
 * @param {string} says
 * @returns {Finding}
 */
export const ok = (check, says) => ({ outcome: 'ok', check, says });

/**
 * @param {string} check
 * @param {string} says
 * @returns {Finding}
 */
export const failed = (check, says) => ({ outcome: 'failed', check, says });

/**
 * @param {string} check
 * @param {string} says
 * @returns {Finding}
 */
export const notChecked = (check, says) => ({ outcome: 'not checked', check, says });

/** Names that are told at once, and characters of each: enough to see what it is, and too few to draw a screen. */
const [NAMES, CHARACTERS] = [10, 100];

/**
 * @param {readonly string[]} names from a release, so anything at all
 * @returns {string}
 */
export function listed(names) {
  const told = names
    .slice(0, NAMES)
    .map((name) => (name.length > CHARACTERS ? `${name.slice(0, CHARACTERS)}…` : name));
  const more = names.length - told.length;
  return told.join(', ') + (more > 0 ? `, and ${more} more` : '');
}

/** Controls, format characters such as those that turn the direction, separators of lines, and spaces but a single one. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}|(?<= ) /gu;

/**
 * A text as it may be written to a terminal: what could move the cursor, or hide, turn or push away what stands beside
 * it, becomes its number.
 * @param {string} text
 * @returns {string} with `<U+001B>` for an escape
 */
export function printable(text) {
  return text.replace(UNPRINTABLE, (character) => {
    const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `<U+${hex}>`;
  });
}
