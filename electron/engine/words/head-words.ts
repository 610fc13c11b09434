import { RecoveryError } from '../../../shared/recovery-error.ts';
import { parseHex, toHex } from '../bytes/hex.ts';
import { EVEN_WORDS, ODD_WORDS } from './pgp-words.ts';

/**
 * Writes bytes as words that can be read aloud, one a byte: two syllables at even places, three at odd ones, so that a
 * word that is missing, doubled or swapped with its neighbour is heard. Source: PGP word list; docs/record.md, "Words".
 * Fails with `text.malformed` when the text is not hex.
 * @param hex of a record's head or a key's fingerprint, any length
 */
export function headWords(hex: string): readonly string[] {
  return Array.from(parseHex(hex, 'fingerprint'), (byte, i) => listAt(i)[byte] ?? '');
}

/**
 * Reads words as `headWords` writes them, in either case, with blanks, commas, hyphens or line breaks between.
 * Fails with `words.malformed`, naming the place of the first word that is at fault, from 1, and the reason:
 * `unknown` (in neither list), `order` (in the other list: a word before it is missing, doubled or swapped), `few` or
 * `many` (with how many there are).
 * @param text what a person typed
 * @param count how many words there must be; 32 for a head
 * @returns lower-case hex
 */
export function parseHeadWords(text: string, count = 32): string {
  const words = text.split(/[\s,;-]+/).filter((word) => word !== '');
  const bytes = words.slice(0, count).map((word, i) => {
    const byte = VALUES[i % 2 === 0 ? 'even' : 'odd'].get(word.toLowerCase());
    if (byte !== undefined) return byte;
    const known = VALUES[i % 2 === 0 ? 'odd' : 'even'].has(word.toLowerCase());
    throw new RecoveryError('words.malformed', { place: i + 1, word, reason: known ? 'order' : 'unknown' });
  });
  if (words.length !== count) {
    const reason = words.length < count ? 'few' : 'many';
    throw new RecoveryError('words.malformed', { reason, words: words.length, count });
  }
  return toHex(Uint8Array.from(bytes));
}

const VALUES = { even: valuesOf(EVEN_WORDS), odd: valuesOf(ODD_WORDS) } as const;

function listAt(place: number): readonly string[] {
  return place % 2 === 0 ? EVEN_WORDS : ODD_WORDS;
}

function valuesOf(words: readonly string[]): ReadonlyMap<string, number> {
  return new Map(words.map((word, byte) => [word.toLowerCase(), byte]));
}
