import type {
  CeremonyDice,
  CeremonyFiles,
  CeremonyKey,
  CeremonyPerson,
  CeremonyShares,
} from '../../../shared/ceremony.ts';
import type { PasswordRating } from '../../../shared/export-state.ts';

/** What can happen in a key ceremony; `reduceCeremony` says what it changes, `ceremonyEntries` what of it is kept. */
export type CeremonyEvent =
  | { readonly kind: 'people-named'; readonly people: readonly CeremonyPerson[] }
  | { readonly kind: 'dice-typed'; readonly dice: CeremonyDice | null }
  | { readonly kind: 'randomness-chosen'; readonly dice: CeremonyDice | null }
  | { readonly kind: 'key-making' }
  | { readonly kind: 'key-made'; readonly key: CeremonyKey }
  | { readonly kind: 'fingerprint-confirmed'; readonly name: string }
  | { readonly kind: 'folder-chosen'; readonly folder: string | null }
  | { readonly kind: 'password-rated'; readonly rating: PasswordRating }
  | { readonly kind: 'sealing' }
  | { readonly kind: 'testing' }
  /** Written, read back and tried; the private key in memory is gone. */
  | { readonly kind: 'files-written'; readonly files: CeremonyFiles }
  /** The pair, or its files, did not work: the key was wiped and the files removed. */
  | { readonly kind: 'test-failed' }
  | { readonly kind: 'splitting' }
  | { readonly kind: 'shares-made'; readonly shares: CeremonyShares }
  | { readonly kind: 'combining' }
  | { readonly kind: 'combined'; readonly indexes: readonly number[]; readonly passed: boolean }
  /** Shares were tried, or none are wanted; the password in memory is gone. */
  | { readonly kind: 'shares-done' }
  | { readonly kind: 'agreed'; readonly name: string };
