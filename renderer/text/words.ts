import type { CheckName } from '../../shared/checks.ts';
import type { EndReason, Mode, WalletView } from '../../shared/session-state.ts';
import type { CellState } from '../parts/check-cells.ts';

/** What the band across every screen says of the mode. */
export const MODE_WORDS: Readonly<Record<Mode, { readonly name: string; readonly says: string }>> = {
  live: { name: 'LIVE RECOVERY', says: 'A real key. Whoever holds it can spend everything in the wallet.' },
  drill: { name: 'DRILL', says: 'A rehearsal. Nothing leaves this session.' },
  bucket: { name: 'BUCKET CHECK', says: 'Every wallet, one after the other. No key is shown or written.' },
  ceremony: {
    name: 'KEY CEREMONY',
    says: 'A recovery key is made, in front of witnesses. Backups will be encrypted to it.',
  },
};

/** What each check finds true when it passes. */
export const CHECK_WORDS: Readonly<Record<CheckName, string>> = {
  agreement: 'Players’ data agree',
  players: 'Enough players',
  'public-key': 'Kit’s public key fits',
  sharing: 'Shares make the key',
  shape: 'Nothing missing',
  encoding: 'Points and numbers valid',
  challenge: 'Proof matches the data',
  openings: 'Ciphertexts open to values',
  values: 'Values fit the share',
};

/** How a check stands, in words. */
export const CELL_WORDS: Readonly<Record<CellState, string>> = {
  waiting: 'waiting',
  running: 'running',
  passed: 'passed',
  failed: 'failed',
  'not-reached': 'not reached',
  'not-checked': 'not checked',
};

/** Why the session ended. */
export const END_WORDS: Readonly<Record<EndReason, string>> = {
  user: 'You ended it.',
  idle: 'It was left alone for too long.',
  'screen-lock': 'The screen was locked.',
  quit: 'Breakglass was closed.',
};

/** `2 of 3`: how many shares make the key, of how many players. */
export function quorumOf({ threshold, players }: WalletView): string {
  return `${threshold + 1} of ${players.length}`;
}

/** `1 wallet`, `12 wallets`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** The heading of the screen that opens the recovery key, wherever it is. */
export const UNLOCK_TITLE = 'Open the recovery key';

/** What that screen says of it. */
export const UNLOCK_LEAD =
  'It must be the key that this backup is encrypted to. It is compared before anything is decrypted, and a key from a file stays in memory only.';

/** What each container of a recovery key is, for people. */
const KEY_KINDS: readonly (readonly [RegExp, string])[] = [
  [/^pke1$/, 'PKE1, encrypted with a password'],
  [/^encrypted-/, 'RSA private key, encrypted with a password'],
  [/^pkcs[18]-/, 'RSA private key, not encrypted'],
  [/^public-key$/, 'public key'],
  [/^certificate$/, 'certificate'],
  [/^other-private-key$/, 'private key of another kind'],
  [/^unsupported-container$/, 'container that is not read here'],
  [/^unknown-binary$/, 'binary file; it may be encrypted'],
];

/** What a key file is, in words, with the name of its container. */
export function keyKindWords(kind: string): string {
  const [, words] = KEY_KINDS.find(([pattern]) => pattern.test(kind)) ?? [];
  return words ?? 'not recognised';
}
