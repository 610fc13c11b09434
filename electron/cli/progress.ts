import type { CheckResult } from '../../shared/checks.ts';
import { tellingOfDecryptions, type RecoveryKey } from '../session/recovery-key.ts';
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

/**
 * The same recovery key, showing each decryption as it begins: one in a token can take a second and more.
 * @param players each takes one decryption when nothing is wrong, and the chain code one more
 */
export function showDecryptions(output: Output, key: RecoveryKey, players: number): RecoveryKey {
  let count = 0;
  return tellingOfDecryptions(key, () => {
    count++;
    output.progress(`Decrypting, ${count} of ${Math.max(count, players + 1)}`);
  });
}
