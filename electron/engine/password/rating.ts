import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';

import type { PasswordRating } from '../../../shared/export-state.ts';
import type { SecretBytes } from '../bytes/secret-bytes.ts';
import { passwordText } from './new-password.ts';

/** Longer passwords take the estimator long, and no longer change what it says. */
const MAX_CHARACTERS = 128;

/**
 * From how many guesses on each score is given. The estimator's own scale is for logins, where a server counts the
 * tries and 10^10 guesses are many; here whoever has the file tries as fast as they can pay for.
 * Source: docs/passwords.md, "Strength".
 */
const GUESSES_LOG10 = [8, 11, 14, 18] as const;

/** Where the estimator thinks well of what is too weak for a file, it has no advice. */
const ADVICE = 'Make it longer: add words that have nothing to do with each other.';

let estimator: ZxcvbnFactory | undefined;

/**
 * Estimates how soon a password is guessed by whoever has the file, by lists of words, names and known passwords, and by patterns of the hand.
 * An estimate, not a promise: a sentence from a book scores well. Fails with `password.unavailable`.
 */
export function ratePassword(password: SecretBytes): PasswordRating {
  // Its lists take a fifth of a second to unpack: not before somebody types a new password.
  estimator ??= new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
    maxLength: MAX_CHARACTERS,
    // More of them take seconds for some texts, and the window stands still meanwhile.
    l33tMaxSubstitutions: 10,
  });
  try {
    const { guessesLog10, feedback } = estimator.check(passwordText(password));
    const score = scoreOf(guessesLog10);
    const said = [feedback.warning, ...feedback.suggestions].filter(isSaid);
    return { score, advice: score >= 3 ? [] : said.length > 0 ? said : [ADVICE] };
  } finally {
    // It keeps the last password that it was asked about.
    estimator.check('');
  }
}

function scoreOf(guessesLog10: number): PasswordRating['score'] {
  const reached = GUESSES_LOG10.filter((bound) => guessesLog10 >= bound).length;
  return SCORES[reached] ?? 0;
}

const SCORES = [0, 1, 2, 3, 4] as const;

function isSaid(text: string | null | undefined): text is string {
  return typeof text === 'string' && text !== '';
}
