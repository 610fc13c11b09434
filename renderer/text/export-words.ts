import type { ExportGuard } from '../../shared/export-guards.ts';
import type { PasswordRating } from '../../shared/export-state.ts';

/** What each guard says while it is open, and once it is met. */
export const GUARD_WORDS: Readonly<Record<ExportGuard, { readonly open: string; readonly met: string }>> = {
  live: { open: 'This is a drill, which gives nothing out', met: 'Live recovery' },
  verified: { open: 'Backup not verified', met: 'Backup verified' },
  'public-key': { open: 'Key does not fit its public key', met: 'Key fits its public key' },
  'expected-address': { open: 'Expected address not confirmed', met: 'Expected address settled' },
  'typed-address': { open: 'End of the address to be typed', met: 'End of the address typed' },
  'air-gap': { open: 'Air gap open', met: 'Air gap holds, or accepted' },
  'second-person': { open: 'Second person to agree', met: 'Second person agreed' },
  'in-the-clear': { open: 'Giving it out in the clear to be accepted', met: 'In the clear accepted' },
};

/** What a rating of a password comes to, in words before colour. */
export const RATING_WORDS: Readonly<Record<PasswordRating['score'], string>> = {
  0: 'Guessed at once',
  1: 'Very weak',
  2: 'Weak',
  3: 'Fair',
  4: 'Strong',
};
