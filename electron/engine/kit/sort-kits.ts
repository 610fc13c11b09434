import type { KeyId } from '../../../shared/ids.ts';
import { RecoveryError, type Fault } from '../../../shared/recovery-error.ts';
import { groupByWallet, sortIntoWallets, type NamedKit, type Wallet } from './wallet.ts';

/** A fault that concerns files rather than a wallet. */
export interface LoadFault {
  readonly files: readonly string[];
  readonly keyId: KeyId | undefined;
  readonly fault: Fault;
}

/** Faults that only say that a file is no kit, as a stranger in a folder may. */
const STRANGER: readonly string[] = ['kit.not-understood', 'file.empty', 'file.too-large'];

/** Whether a file that could not be read as a kit is none of ours, and no bad kit. */
export function isStranger(mustBeKit: boolean, { code }: Fault): boolean {
  return !mustBeKit && STRANGER.includes(code);
}

/** Sorts the kits of a folder into wallets; files that contradict each other are told, and spoil no other wallet. */
export function sortKits(kits: readonly NamedKit[]): {
  readonly wallets: readonly Wallet[];
  readonly contradictions: readonly LoadFault[];
} {
  const wallets: Wallet[] = [];
  const contradictions: LoadFault[] = [];
  for (const group of groupByWallet(kits)) {
    try {
      wallets.push(...sortIntoWallets(group));
    } catch (error) {
      if (!(error instanceof RecoveryError)) throw error;
      const files = group.map(({ file }) => file);
      contradictions.push({ files, keyId: group[0].keyId, fault: error.toFault() });
    }
  }
  return { wallets, contradictions };
}
