import { ThreadPool } from './thread-pool.ts';
import type { KnownRow, WalletAnswer, WalletFile, WalletFinding, WalletJob } from './wallet-job.ts';

/** A kit that is made to fill the memory ends its worker and not the program. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 512 };

/** Why a folder got no answer: the caller stopped the pool. */
export class WalletsStopped extends Error {
  override readonly name = 'WalletsStopped';
}

/** Why a folder got no answer: it ended every worker that it was given to. */
export class WorkerDied extends Error {
  override readonly name = 'WorkerDied';
}

/** Worker threads that check whole wallets: parsing costs as much as it saves when it is left to one thread. */
export class WalletPool {
  readonly #threads: ThreadPool<WalletAnswer>;
  #nextId = 0;

  /**
   * @param workerFile the bundled `wallet-worker.ts`
   * @param size how many threads at the most
   */
  constructor(workerFile: string | URL, size: number) {
    this.#threads = new ThreadPool(workerFile, size, { resourceLimits: RESOURCE_LIMITS });
  }

  /** How many threads there are at the most. */
  get size(): number {
    return this.#threads.size;
  }

  /**
   * Checks the files of one folder, which are copied and stay the caller's. Rejects with `WalletsStopped` when the pool
   * is stopped meanwhile, and with `WorkerDied` when two workers died of it.
   */
  judge(files: readonly WalletFile[], rows: readonly KnownRow[]): Promise<readonly WalletFinding[]> {
    return new Promise((resolve, reject) => {
      const request: WalletJob = { id: this.#nextId++, files, rows };
      this.#threads.add({
        request,
        onMessage: ({ findings }) => {
          resolve(findings);
          return true;
        },
        onLost: (why) => {
          reject(why === 'stopped' ? new WalletsStopped() : new WorkerDied());
        },
      });
    });
  }

  /** Ends every job, waiting or running, at once. The pool can be used again. */
  stop(): void {
    this.#threads.stop();
  }
}
