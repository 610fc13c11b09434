import { bech32m } from '@scure/base';

/** The letters and digits of shares, in upper case: without 1, B, I and O. Source: BIP-173. */
export const SHARE_ALPHABET = 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L';

/** Check characters at the end of a line. Source: BIP-350. */
export const CHECK_CHARACTERS = 6;

/** What the check of a line covers besides its characters: that it is a share's, and which line. */
const PREFIX = 'share';
/** Beyond what a line can have: the limit of BIP-173 is checked by lengths of our own. */
const NO_LIMIT = 200;

/** Writes bytes in the alphabet, five bits a character, without a check. */
export function toBase32Words(bytes: Uint8Array): string {
  return bech32m
    .toWords(bytes)
    .map((word) => SHARE_ALPHABET.charAt(word))
    .join('');
}

/**
 * Writes the characters and the check of one line. The check finds up to four wrong characters for sure, and others
 * but for one chance in a thousand million; it covers the line's number too. Source: BIP-350.
 */
export function encodeLine(line: number, bytes: Uint8Array): string {
  const prefix = prefixOf(line);
  return bech32m
    .encode(prefix, bech32m.toWords(bytes), NO_LIMIT)
    .slice(prefix.length + 1)
    .toUpperCase();
}

/** Reads one line, its check included; undefined where that does not fit. */
export function decodeLine(line: number, characters: string): Uint8Array | undefined {
  const read = bech32m.decodeUnsafe(`${prefixOf(line)}1${characters.toLowerCase()}`, NO_LIMIT);
  if (read === undefined) return undefined;
  return bech32m.fromWordsUnsafe(read.words) ?? undefined;
}

/**
 * Finds the one character that, changed, would make the line right; undefined when there is no such place or more
 * than one. It says where to look and never puts anything right: a guess is not what the page says. Source: BIP-173.
 * @returns the position, from 0 on
 */
export function findSlip(line: number, characters: string): number | undefined {
  const places = Array.from({ length: characters.length }, (_, at) => at).filter((at) =>
    SHARE_ALPHABET.split('').some(
      (other) => decodeLine(line, characters.slice(0, at) + other + characters.slice(at + 1)) !== undefined,
    ),
  );
  return places.length === 1 ? places[0] : undefined;
}

function prefixOf(line: number): string {
  return `${PREFIX}${String(line)}`;
}
