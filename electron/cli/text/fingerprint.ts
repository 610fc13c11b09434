import { headWords } from '../../engine/words/head-words.ts';

const GROUP = 4;
const GROUPS_A_LINE = 8;
const WORDS_A_LINE = 4;

/** A fingerprint in groups of four digits, eight a line, to be read aloud and compared. */
export function inFours(hex: string): readonly string[] {
  const groups = Array.from({ length: Math.ceil(hex.length / GROUP) }, (_, i) =>
    hex.slice(i * GROUP, (i + 1) * GROUP),
  );
  return linesOf(groups, GROUPS_A_LINE);
}

/** A fingerprint as words of the PGP list, four a line. */
export function inWords(hex: string): readonly string[] {
  return linesOf(headWords(hex), WORDS_A_LINE);
}

function linesOf(items: readonly string[], aLine: number): readonly string[] {
  return Array.from({ length: Math.ceil(items.length / aLine) }, (_, i) =>
    items.slice(i * aLine, (i + 1) * aLine).join(' '),
  );
}
