import { assertNever } from '../../shared/assert-never.ts';
import type { WalletView } from '../../shared/session-state.ts';
import { printable } from '../text/details.ts';
import { faultText } from '../text/faults.ts';
import type { IconName } from './icon.tsx';
import type { Tone } from './note.tsx';

/** How many wallets of a long list are drawn at once. */
export const ROWS_AT_ONCE = 50;

/** How a wallet stands in the list, in a word or two. */
export interface WalletStanding {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly words: string;
}

/** How the verification of a wallet stands. */
export function standingOf(wallet: WalletView): WalletStanding {
  const { verification } = wallet;
  switch (verification.kind) {
    case 'waiting':
      return { tone: 'plain', icon: 'waiting', words: 'not verified yet' };
    case 'running':
      return { tone: 'plain', icon: 'running', words: 'verifying' };
    case 'judged':
      switch (verification.verdict) {
        case 'valid':
          return { tone: 'ok', icon: 'check', words: 'good' };
        case 'invalid':
          return { tone: 'bad', icon: 'cross', words: 'not good' };
        case 'unverifiable':
          return { tone: 'warn', icon: 'open', words: 'not fully checked' };
        default:
          return assertNever(verification.verdict);
      }
    default:
      return assertNever(verification);
  }
}

/** What has to be entered before the wallet can be checked in full, in words; null when nothing is missing. */
export function missingOf({ labelKnown, convention, keyId, quorumId }: WalletView): string | null {
  if (labelKnown) return null;
  if (convention === 'none') return 'label needed';
  if (keyId === null) return quorumId === null ? 'key id and quorum id needed' : 'key id needed';
  return 'quorum id needed';
}

/** The wallets of which an id, a file, the algorithm or a state contains every word of the filter. */
export function filterWallets(wallets: readonly WalletView[], filter: string): readonly WalletView[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return wallets;
  return wallets.filter((wallet) => {
    const { keyId, quorumId, keyAlgorithm, curve, files } = wallet;
    const said = [
      keyId,
      quorumId,
      keyAlgorithm,
      curve,
      ...files,
      standingOf(wallet).words,
      missingOf(wallet),
    ];
    const text = said.join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The name of a wallet in a list: its key id, or else its first file. */
export function walletName({ keyId, files }: WalletView): string {
  return keyId ?? printable(files[0] ?? 'Wallet without a name');
}

/** Why the wallet is not good, in one line; null when there is nothing to say. */
export function reasonOf({ verification }: WalletView): string | null {
  return verification.kind === 'judged' && verification.fault !== null
    ? faultText(verification.fault).title
    : null;
}
