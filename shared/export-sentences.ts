import type { InTheClear } from './export-state.ts';

/** The sentence that has to be typed before a key is given out in the clear. Each danger has its own. */
export function sentenceFor(what: InTheClear): string {
  if (what === 'reveal') return 'I accept that whoever sees this screen has the key';
  if (what === 'xprv') return 'I accept that this file gives away every key of the wallet';
  return 'I accept that whoever has this file has the key';
}

/** The most characters of a name. */
export const MAX_NAME = 100;

/** How many characters at the end of an address have to be typed. */
export const TYPED_CHARACTERS = 6;
