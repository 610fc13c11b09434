import { Worker } from 'node:worker_threads';

import type { CheckResult } from '../../shared/checks.ts';
import type { ProvenPart } from '../engine/ers/backup.ts';
import type { JobOpening, ProofJob, ProofMessage } from './job.ts';

/** How often a job is given to a fresh worker after the one that had it died. */
const MAX_ATTEMPTS = 2;

interface PendingJob {
  readonly job: ProofJob;
  readonly onResult: (result: CheckResult) => void;
  readonly settle: (error: Error | undefined) => void;
  attempts: number;
  /** Results that came from the present attempt, and the most that came from any; only further ones are told. */
  came: number;
  told: number;
}

/** Why a job ended without a result: the caller stopped the pool. */
export class ProofStopped extends Error {
  override readonly name = 'ProofStopped';
}

/**
 * Worker threads that check players' parts. Threads start with the first job and stay for the next ones; while they
 * have nothing to do they don't keep the process from ending.
 */
export class ProofPool {
  readonly #workerFile: string;
  readonly #size: number;
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, PendingJob>();
  readonly #queue: PendingJob[] = [];
  #nextId = 0;

  /**
   * @param workerFile the bundled `worker.ts`
   * @param size how many threads at the most
   */
  constructor(workerFile: string, size: number) {
    this.#workerFile = workerFile;
    this.#size = size;
  }

  /**
   * Checks one part. Rejects with `ProofStopped` when the pool is stopped meanwhile, and with an error of ours when
   * workers die of this part.
   * @param onResult told of each check as it is done
   */
  check(part: ProvenPart, opening: JobOpening, onResult: (result: CheckResult) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({
        job: { id: this.#nextId++, part, opening },
        onResult,
        settle: (error) => {
          if (error === undefined) resolve();
          else reject(error);
        },
        attempts: 0,
        came: 0,
        told: 0,
      });
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
    for (const { settle } of pending) settle(new ProofStopped());
  }

  #assign(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.pop() ?? (this.#busy.size < this.#size ? this.#start() : undefined);
      if (worker === undefined) return;
      const pending = this.#queue.shift();
      if (pending === undefined) return;
      pending.attempts++;
      pending.came = 0;
      this.#busy.set(worker, pending);
      worker.ref();
      worker.postMessage(pending.job);
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#workerFile);
    worker.on('message', (message: ProofMessage) => {
      const pending = this.#busy.get(worker);
      if (pending?.job.id !== message.id) return;
      if (message.kind === 'result') {
        if (++pending.came <= pending.told) return;
        pending.told = pending.came;
        pending.onResult(message.result);
        return;
      }
      this.#busy.delete(worker);
      this.#idle.push(worker);
      worker.unref();
      pending.settle(undefined);
      this.#assign();
    });
    worker.once('error', () => {
      this.#lose(worker);
    });
    worker.once('exit', () => {
      this.#lose(worker);
    });
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
      else pending.settle(new Error('a proof worker died twice of one part'));
    }
    this.#assign();
  }
}

/** Hears nothing more of a worker; an error of its own that nobody listened to would end the process. */
function unheard(worker: Worker): void {
  worker.removeAllListeners();
  worker.on('error', () => undefined);
}
