import type { CheckResult } from '../../shared/checks.ts';
import { ProofStopped } from '../proof-pool/pool.ts';
import type { KnownWallet } from './inventory.ts';
import type { SessionEvent } from './session-event.ts';
import { verifyWallet, type VerifyOptions } from './verify-wallet.ts';
import { judgementOf } from './wallet-view.ts';

/**
 * Verifies one wallet of a session, telling it of every check. Stopped meanwhile, the wallet waits again; on a bug too.
 * @param tell applies an event, unless the work is late
 */
export async function verifyInSession(
  { ref, wallet, label }: KnownWallet,
  ports: Pick<VerifyOptions, 'randomBytes' | 'proofs'>,
  tell: (event: SessionEvent) => void,
): Promise<void> {
  tell({ kind: 'verification-changed', wallet: ref, verification: { kind: 'running', results: [] } });
  const onCheck = (result: CheckResult): void => {
    tell({ kind: 'check-done', wallet: ref, result });
  };
  try {
    const { reports } = await verifyWallet(wallet, { ...ports, label, ersPublicKey: undefined, onCheck });
    tell({ kind: 'verification-changed', wallet: ref, verification: judgementOf(reports) });
  } catch (error) {
    tell({ kind: 'verification-changed', wallet: ref, verification: { kind: 'waiting' } });
    if (!(error instanceof ProofStopped)) throw error;
  }
}
