import type { CheckResult } from '../../shared/checks.ts';
import type { ProvenPart } from '../engine/ers/backup.ts';
import type { JobOpening, ProofJob, ProofMessage } from './job.ts';
import { ThreadPool } from './thread-pool.ts';

/** Why a job ended without a result: the caller stopped the pool. */
export class ProofStopped extends Error {
  override readonly name = 'ProofStopped';
}

/** Worker threads that check players' parts. */
export class ProofPool {
  readonly #threads: ThreadPool<ProofMessage>;
  #nextId = 0;

  /**
   * @param workerFile the bundled `worker.ts`
   * @param size how many threads at the most
   */
  constructor(workerFile: string, size: number) {
    this.#threads = new ThreadPool(workerFile, size);
  }

  /**
   * Checks one part. Rejects with `ProofStopped` when the pool is stopped meanwhile, and with an error of ours when
   * workers die of this part.
   * @param onResult told of each check as it is done
   */
  check(part: ProvenPart, opening: JobOpening, onResult: (result: CheckResult) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const request: ProofJob = { id: this.#nextId++, part, opening };
      // Results that came from the present attempt, and the most that came from any; only further ones are told.
      let came = 0;
      let told = 0;
      this.#threads.add({
        request,
        onBegin: () => {
          came = 0;
        },
        onMessage: (message) => {
          if (message.kind === 'done') {
            resolve();
            return true;
          }
          if (++came > told) {
            told = came;
            onResult(message.result);
          }
          return false;
        },
        onLost: (why) => {
          reject(why === 'stopped' ? new ProofStopped() : new Error('a proof worker died twice of one part'));
        },
      });
    });
  }

  /** Ends every job, waiting or running, at once. The pool can be used again. */
  stop(): void {
    this.#threads.stop();
  }
}
