import { Worker } from 'node:worker_threads';

import type { KnownRow, WalletAnswer, WalletFile, WalletFinding, WalletJob } from './wallet-job.ts';

/** How often a job is given to a fresh worker after the one that had it died. */
const MAX_ATTEMPTS = 2;

/** A kit that is made to fill the memory ends its worker and not the program. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 512 };

interface PendingJob {
  readonly job: WalletJob;
  readonly resolve: (findings: readonly WalletFinding[]) => void;
  readonly reject: (error: Error) => void;
  attempts: number;
}

/** Why a folder got no answer: the caller stopped the pool. */
export class WalletsStopped extends Error {
  override readonly name = 'WalletsStopped';
}

/** Why a folder got no answer: it ended every worker that it was given to. */
export class WorkerDied extends Error {
  override readonly name = 'WorkerDied';
}

/**
 * Worker threads that check whole wallets: parsing costs as much as it saves when it is left to one thread. Threads start
 * with the first job and stay for the next ones; while they have nothing to do they don't keep the process from ending.
 */
export class WalletPool {
  /** How many threads there are at the most. */
  readonly size: number;
  readonly #workerFile: string | URL;
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, PendingJob>();
  readonly #queue: PendingJob[] = [];
  #nextId = 0;

  /**
   * @param workerFile the bundled `wallet-worker.ts`
   * @param size how many threads at the most
   */
  constructor(workerFile: string | URL, size: number) {
    this.#workerFile = workerFile;
    this.size = size;
  }

  /**
   * Checks the files of one folder, which are copied and stay the caller's. Rejects with `WalletsStopped` when the pool
   * is stopped meanwhile, and with `WorkerDied` when two workers died of it.
   */
  judge(files: readonly WalletFile[], rows: readonly KnownRow[]): Promise<readonly WalletFinding[]> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ job: { id: this.#nextId++, files, rows }, resolve, reject, attempts: 0 });
      this.#assign();
    });
  }

  /** Ends every job, waiting or running, at once. The pool can be used again. */
  stop(): void {
    const pending = [...this.#queue.splice(0), ...this.#busy.values()];
    for (const worker of [...this.#busy.keys(), ...this.#idle.splice(0)]) {
      unheard(worker);
      void worker.terminate();
    }
    this.#busy.clear();
    for (const { reject } of pending) reject(new WalletsStopped());
  }

  #assign(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.pop() ?? (this.#busy.size < this.size ? this.#start() : undefined);
      const pending = worker === undefined ? undefined : this.#queue.shift();
      if (worker === undefined || pending === undefined) return;
      pending.attempts++;
      this.#busy.set(worker, pending);
      worker.ref();
      worker.postMessage(pending.job);
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#workerFile, { resourceLimits: RESOURCE_LIMITS });
    worker.on('message', ({ id, findings }: WalletAnswer) => {
      const pending = this.#busy.get(worker);
      if (pending?.job.id !== id) return;
      this.#busy.delete(worker);
      this.#idle.push(worker);
      worker.unref();
      pending.resolve(findings);
      this.#assign();
    });
    const lost = (): void => {
      this.#lose(worker);
    };
    worker.once('error', lost);
    worker.once('exit', lost);
    return worker;
  }

  #lose(worker: Worker): void {
    unheard(worker);
    const pending = this.#busy.get(worker);
    this.#busy.delete(worker);
    const place = this.#idle.indexOf(worker);
    if (place >= 0) this.#idle.splice(place, 1);
    if (pending !== undefined) {
      if (pending.attempts < MAX_ATTEMPTS) this.#queue.unshift(pending);
      else pending.reject(new WorkerDied());
    }
    this.#assign();
  }
}

/** Hears nothing more of a worker; an error of its own that nobody listened to would end the process. */
function unheard(worker: Worker): void {
  worker.removeAllListeners();
  worker.on('error', () => undefined);
}
