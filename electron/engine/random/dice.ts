import { DICE_ROLLS } from '../../../shared/ceremony.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { isBlank } from '../rsa/secret-text.ts';

/** The fewest rolls that are taken: 129 bits. */
export const MIN_DICE_ROLLS = DICE_ROLLS.least;

/** As many rolls as fill the 256 bits that a stream of dice can carry. */
export const FULL_DICE_ROLLS = DICE_ROLLS.full;

/** The most rolls that are taken. */
export const MAX_DICE_ROLLS = DICE_ROLLS.most;

const SIDES = 6;
const ASCII_ONE = 0x31;
const LINE_FEED = 0x0a;
/** A fair die is above it once in a thousand times: chi-square of five degrees of freedom. */
const UNEVEN_CHI_SQUARE = 20.515;

/** What may be said of rolls of a six-sided die in public. */
export interface DiceRating {
  readonly count: number;
  /** `count` times log2(6), if the die is fair. */
  readonly entropyBits: number;
  /** Whether the six faces are as uneven as a fair die's once in a thousand times: a loaded die, or made-up rolls. */
  readonly isUneven: boolean;
}

/** The rolls of a six-sided die. */
export interface DiceRolls extends DiceRating {
  /** The digits 1 to 6 in ASCII, in the order they were typed, without blanks. */
  readonly digits: SecretBytes;
}

/**
 * Reads typed rolls of a six-sided die; blanks and line breaks don't matter. Source: docs/ceremony.md, "Dice".
 * Fails with `dice.malformed`, naming roll, line and column from 1 on, and `dice.count`.
 * @param text ASCII; the caller wipes it
 */
export function readDice(text: Uint8Array): DiceRolls {
  const digits = new Uint8Array(MAX_DICE_ROLLS);
  try {
    const count = collect(text, digits);
    if (count < MIN_DICE_ROLLS) throw wrongCount(count);
    const rolls = digits.subarray(0, count);
    return { digits: new SecretBytes(rolls), ...ratingOf(rolls) };
  } finally {
    digits.fill(0);
  }
}

/**
 * Counts and weighs rolls that are still being typed: any number up to the most, and uneven only once there are
 * enough to say so. Fails with `dice.malformed`, and with `dice.count` for too many.
 * @param text ASCII; the caller wipes it
 */
export function rateDice(text: Uint8Array): DiceRating {
  const digits = new Uint8Array(MAX_DICE_ROLLS);
  try {
    const count = collect(text, digits);
    const rating = ratingOf(digits.subarray(0, count));
    return { ...rating, isUneven: rating.isUneven && count >= MIN_DICE_ROLLS };
  } finally {
    digits.fill(0);
  }
}

function ratingOf(rolls: Uint8Array): DiceRating {
  return {
    count: rolls.length,
    entropyBits: rolls.length * Math.log2(SIDES),
    isUneven: chiSquare(rolls) > UNEVEN_CHI_SQUARE,
  };
}

/** Copies the rolls, and says how many there are. */
function collect(text: Uint8Array, digits: Uint8Array): number {
  let count = 0;
  let line = 1;
  let lineStart = 0;
  text.forEach((byte, offset) => {
    if (byte === LINE_FEED) {
      line += 1;
      lineStart = offset + 1;
    }
    if (isBlank(byte)) return;
    if (byte < ASCII_ONE || byte >= ASCII_ONE + SIDES) {
      throw new RecoveryError('dice.malformed', { roll: count + 1, line, column: offset - lineStart + 1 });
    }
    if (count < digits.length) digits[count] = byte;
    count += 1;
  });
  if (count > digits.length) throw wrongCount(count);
  return count;
}

/** How far the counts of the six faces are from even. Source: Pearson's test; it weighs no order. */
function chiSquare(rolls: Uint8Array): number {
  const counts = new Array<number>(SIDES).fill(0);
  for (const digit of rolls) counts[digit - ASCII_ONE] = (counts[digit - ASCII_ONE] ?? 0) + 1;
  const expected = rolls.length / SIDES;
  return counts.reduce((sum, each) => sum + (each - expected) ** 2 / expected, 0);
}

function wrongCount(count: number): RecoveryError {
  return new RecoveryError('dice.count', { count, minimum: MIN_DICE_ROLLS, maximum: MAX_DICE_ROLLS });
}
