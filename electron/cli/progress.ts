import type { CheckResult } from '../../shared/checks.ts';
import type { Output } from './output.ts';
import type { WalletIdentity } from './wallet-line.ts';

/** Shows which check of which wallet was done last. */
export function showChecks(output: Output, { keyId, files }: WalletIdentity): (result: CheckResult) => void {
  const wallet = keyId ?? files[0] ?? 'the backup';
  return ({ player, check }) => {
    output.progress(`Verifying ${wallet}: ${player === null ? '' : `player ${player}, `}${check}`);
  };
}

/** Shows whose share was rebuilt last. */
export function showShares(output: Output): (player: number) => void {
  return (player) => {
    output.progress(`Rebuilt the share of player ${player}`);
  };
}
