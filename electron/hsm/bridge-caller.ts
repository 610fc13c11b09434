import { RecoveryError } from '../../shared/recovery-error.ts';
import type { BridgeExit, BridgeProcess, StartBridge } from './bridge-process.ts';
import { ckrFault } from './ckr.ts';
import { readAnswer, type BridgeAnswer } from './protocol/answers.ts';
import type { BridgeRequest } from './protocol/requests.ts';

/** A call under way. */
interface PendingCall {
  readonly id: number;
  readonly kind: BridgeRequest['kind'];
  readonly resolve: (answer: BridgeAnswer) => void;
  readonly reject: (error: RecoveryError) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * One bridge process and the calls to it, one at a time. It is gone for good when the process ends, a call takes too
 * long or an answer can't be read; every later call then fails with the same fault.
 */
export class BridgeCaller {
  readonly #process: BridgeProcess;
  readonly #deadlineMs: number;
  #queue: Promise<unknown> = Promise.resolve();
  #pending: PendingCall | undefined;
  #nextId = 0;
  #end: RecoveryError | undefined;

  /**
   * @param start starts the process
   * @param deadlineMs how long one call may take
   */
  constructor(start: StartBridge, deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
    this.#process = start();
    this.#process.onMessage((message) => {
      this.#hear(message);
    });
    this.#process.onExit((exit) => {
      this.#finish(crash(this.#pending?.kind, exit));
    });
  }

  /** Whether the bridge is gone. */
  get ended(): boolean {
    return this.#end !== undefined;
  }

  /**
   * Asks for one thing. A fault of the token is an answer; what ends the bridge is an error.
   * Fails with `hsm.module-failed` (while loading), `hsm.module-crashed`, `hsm.timeout`, `hsm.bad-answer`, `hsm.absent`.
   * @param request bytes in it are the caller's to wipe when this has settled
   */
  call(request: BridgeRequest): Promise<BridgeAnswer> {
    const answer = this.#queue.then(() => this.#call(request));
    this.#queue = answer.catch(() => undefined);
    return answer;
  }

  /**
   * Asks for one thing whose answer is of one kind; for another request than `load`.
   * Fails with what `call` and `ckrFault` fail with. A token that is gone ends the bridge: its module gives nothing but
   * errors until it is finalised.
   */
  async ask<Kind extends BridgeAnswer['kind']>(
    request: BridgeRequest,
    kind: Kind,
  ): Promise<Extract<BridgeAnswer, { kind: Kind }>> {
    const answer = await this.call(request);
    if (answer.kind === kind) return answer as Extract<BridgeAnswer, { kind: Kind }>;
    if (answer.kind === 'ckr') throw this.fault(answer.ckr, answer.call);
    throw this.#end ?? this.badAnswer(request.kind);
  }

  /** The fault of a failed call; one that says that the token is gone ends the bridge. */
  fault(ckr: number, call: string): RecoveryError {
    const error = ckrFault(ckr, call);
    if (error.code === 'hsm.device-removed') this.end(error);
    return error;
  }

  /** Ends a process that answers what can't be an answer, and gives the fault. */
  badAnswer(kind: BridgeRequest['kind'] | undefined): RecoveryError {
    const error = new RecoveryError('hsm.bad-answer', { step: kind ?? '' });
    this.#finish(error);
    return error;
  }

  /** Ends the process at once; what is under way, and every later call, fails with this. */
  end(error: RecoveryError): void {
    this.#finish(error);
  }

  #call(request: BridgeRequest): Promise<BridgeAnswer> {
    const { kind } = request;
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) {
        reject(this.#end);
        return;
      }
      const timer = setTimeout(() => {
        const seconds = Math.round(this.#deadlineMs / 100) / 10;
        this.#finish(new RecoveryError('hsm.timeout', { seconds, step: kind }));
      }, this.#deadlineMs);
      const id = this.#nextId++;
      this.#pending = { id, kind, resolve, reject, timer };
      this.#process.send({ id, ...request });
    });
  }

  #hear(message: unknown): void {
    const pending = this.#pending;
    const answer = readAnswer(message);
    if (pending === undefined || answer?.id !== pending.id) {
      wipeBlock(answer);
      this.badAnswer(pending?.kind);
      return;
    }
    if (answer.kind === 'absent') {
      this.#finish(new RecoveryError('hsm.absent', { reason: answer.reason }));
      return;
    }
    clearTimeout(pending.timer);
    this.#pending = undefined;
    pending.resolve(answer);
  }

  #finish(error: RecoveryError): void {
    if (this.#end !== undefined) return;
    this.#end = error;
    this.#process.kill();
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending === undefined) return;
    clearTimeout(pending.timer);
    pending.reject(error);
  }
}

function crash(kind: BridgeRequest['kind'] | undefined, { code, signal }: BridgeExit): RecoveryError {
  const how = signal ?? (code === null ? '' : `exit code ${code}`);
  return kind === 'load'
    ? new RecoveryError('hsm.module-failed', { reason: 'crashed', how })
    : new RecoveryError('hsm.module-crashed', { how, step: kind ?? '' });
}

function wipeBlock(answer: BridgeAnswer | undefined): void {
  if (answer?.kind === 'block') answer.block.fill(0);
}
