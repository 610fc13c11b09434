import { Worker, type WorkerOptions } from 'node:worker_threads';

/** How often a job is given to a fresh worker after the one that had it died. */
const MAX_ATTEMPTS = 2;

/** One job, and who waits for it. */
export interface ThreadJob<Message> {
  /** What is sent to a worker; `id` comes back with every message about it. */
  readonly request: { readonly id: number };
  /** A worker begins with it, for the first time or anew. */
  readonly onBegin?: () => void;
  /** Takes a message about this job. @returns whether the job is done with it */
  readonly onMessage: (message: Message) => boolean;
  /** Nothing more comes: the pool was stopped, or workers died of this job. */
  readonly onLost: (why: 'stopped' | 'died') => void;
}

interface Pending<Message> {
  readonly job: ThreadJob<Message>;
  attempts: number;
}

/**
 * Worker threads that take one job after the other. Threads start with the first job and stay for the next ones; while
 * they have nothing to do they don't keep the process from ending. A job whose worker dies is given to another one, once.
 */
export class ThreadPool<Message extends { readonly id: number }> {
  /** How many threads there are at the most. */
  readonly size: number;
  readonly #workerFile: string | URL;
  readonly #options: WorkerOptions;
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Pending<Message>>();
  readonly #queue: Pending<Message>[] = [];

  /**
   * @param workerFile the bundled worker
   * @param size how many threads at the most
   * @param options of each thread
   */
  constructor(workerFile: string | URL, size: number, options: WorkerOptions = {}) {
    this.#workerFile = workerFile;
    this.size = size;
    this.#options = options;
  }

  /** Has a job done as soon as a thread is free. */
  add(job: ThreadJob<Message>): void {
    this.#queue.push({ job, attempts: 0 });
    this.#assign();
  }

  /** Ends every job, waiting or running, at once. The pool can be used again. */
  stop(): void {
    const pending = [...this.#queue.splice(0), ...this.#busy.values()];
    for (const worker of [...this.#busy.keys(), ...this.#idle.splice(0)]) {
      unheard(worker);
      void worker.terminate();
    }
    this.#busy.clear();
    for (const { job } of pending) job.onLost('stopped');
  }

  #assign(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.pop() ?? (this.#busy.size < this.size ? this.#start() : undefined);
      const pending = worker === undefined ? undefined : this.#queue.shift();
      if (worker === undefined || pending === undefined) return;
      pending.attempts++;
      pending.job.onBegin?.();
      this.#busy.set(worker, pending);
      worker.ref();
      worker.postMessage(pending.job.request);
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#workerFile, this.#options);
    worker.on('message', (message: Message) => {
      const job = this.#busy.get(worker)?.job;
      if (job?.request.id !== message.id || !job.onMessage(message)) return;
      this.#busy.delete(worker);
      this.#idle.push(worker);
      worker.unref();
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
      else pending.job.onLost('died');
    }
    this.#assign();
  }
}

/** Hears nothing more of a worker; an error of its own that nobody listened to would end the process. */
function unheard(worker: Worker): void {
  worker.removeAllListeners();
  worker.on('error', () => undefined);
}
