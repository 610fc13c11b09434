import type { CheckName, CheckOutcome } from '../../../shared/checks.ts';

/** What each check finds true when it passes, in a few plain words. */
export const CHECK_NAMES: Readonly<Record<CheckName, string>> = {
  agreement: "players' data agree",
  players: 'enough players',
  'public-key': "kit's public key fits",
  sharing: 'shares make the key',
  shape: 'nothing missing',
  encoding: 'points and numbers valid',
  challenge: 'proof matches the data',
  openings: 'ciphertexts open to their values',
  values: 'values fit the share',
};

/** How a check ended, in words. */
export const OUTCOME_WORDS: Readonly<Record<CheckOutcome, string>> = {
  passed: 'passed',
  failed: 'failed',
  'not-reached': 'not reached',
  'not-checked': 'not checked',
};
