import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';

import type { PasswordRating } from '../../../shared/export-state.ts';
import type { SecretBytes } from '../bytes/secret-bytes.ts';
import { passwordText } from './new-password.ts';

/** Longer passwords take the estimator long, and no longer change what it says. */
const MAX_CHARACTERS = 128;

let estimator: ZxcvbnFactory | undefined;

/**
 * Estimates how soon a password is guessed, by lists of words, names and known passwords, and by patterns of the hand.
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
    const { score, feedback } = estimator.check(passwordText(password));
    return { score, advice: [feedback.warning, ...feedback.suggestions].filter(isSaid) };
  } finally {
    // It keeps the last password that it was asked about.
    estimator.check('');
  }
}

function isSaid(text: string | null | undefined): text is string {
  return typeof text === 'string' && text !== '';
}
