import type { CheckResult } from '../../shared/checks.ts';
import type { WalletRef } from '../../shared/session-state.ts';
import type { RandomBytes } from '../engine/bytes/random.ts';
import { ProofStopped, type ProofPool } from '../proof-pool/pool.ts';
import type { KnownWallet } from './inventory.ts';
import type { PartPorts } from './part-ports.ts';
import { isBeforeUnlock, isRebuilding } from './reduce.ts';
import type { SessionEvent } from './session-event.ts';
import { verifyWallet } from './verify-wallet.ts';
import { judgementOf } from './wallet-view.ts';

/** What verifying works with: the session that it is a part of, and the pool that checks proofs. */
export interface VerifierPorts extends Pick<PartPorts, 'state' | 'apply'> {
  readonly randomBytes: RandomBytes;
  readonly proofs: ProofPool;
  /** Fails with `key-id.not-found`. */
  readonly known: (wallet: WalletRef) => KnownWallet;
}

/** The part of a session that verifies its wallets, in one run at a time. */
export class Verifier {
  readonly #ports: VerifierPorts;
  /** The number of the run; what comes back with another one is late. */
  #run = 0;

  constructor(ports: VerifierPorts) {
    this.#ports = ports;
  }

  /** Verifies wallets, one after the other, the players of each side by side. */
  async verify(wallets: readonly WalletRef[]): Promise<void> {
    if (!isBeforeUnlock(this.#ports.state().stage)) return;
    const isNow = this.nextRun();
    for (const wallet of wallets) {
      if (!isNow()) return;
      await this.#verifyOne(this.#ports.known(wallet), (event) => {
        if (isNow()) this.#ports.apply(event);
      });
    }
  }

  /** Stops verifying at once; what was not finished waits again. The proof of a key that is being rebuilt goes on. */
  stop(): void {
    if (!isRebuilding(this.#ports.state().stage)) this.nextRun();
  }

  /** Stops every proof; a wallet that was not finished waits again. Answers with whether no later run has begun. */
  nextRun(): () => boolean {
    const run = ++this.#run;
    this.#ports.proofs.stop();
    const { stage } = this.#ports.state();
    for (const { ref, verification } of 'loaded' in stage ? stage.loaded.wallets : []) {
      if (verification.kind !== 'running') continue;
      this.#ports.apply({ kind: 'verification-changed', wallet: ref, verification: { kind: 'waiting' } });
    }
    return () => run === this.#run;
  }

  /** Tells of every check. Stopped meanwhile, the wallet waits again; on a bug too. */
  async #verifyOne({ ref, wallet, label }: KnownWallet, tell: (event: SessionEvent) => void): Promise<void> {
    const { randomBytes, proofs } = this.#ports;
    const onCheck = (result: CheckResult): void => {
      tell({ kind: 'check-done', wallet: ref, result });
    };
    tell({ kind: 'verification-changed', wallet: ref, verification: { kind: 'running', results: [] } });
    try {
      const options = { randomBytes, proofs, label, ersPublicKey: undefined, onCheck };
      const { reports } = await verifyWallet(wallet, options);
      tell({ kind: 'verification-changed', wallet: ref, verification: judgementOf(reports) });
    } catch (error) {
      tell({ kind: 'verification-changed', wallet: ref, verification: { kind: 'waiting' } });
      if (!(error instanceof ProofStopped)) throw error;
    }
  }
}
