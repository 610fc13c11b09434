import { isRunning } from '../../shared/bucket-desk.ts';
import { isCeremonyWorking } from '../../shared/ceremony.ts';
import type { EndReason, SessionState } from '../../shared/session-state.ts';
import type { SessionPort } from './session-port.ts';

/** How long a session stays open with nobody there and no work running. */
export const IDLE_LIMIT_MS = 10 * 60 * 1000;

/** How often it is looked whether anybody is there. */
const IDLE_POLL_MS = 1000;

/** What ending a session reaches. */
export interface EndPorts {
  readonly session: Pick<SessionPort, 'state' | 'end' | 'onChange'>;
  /** Starts the process anew: only the end of a process ends every copy of a secret. */
  readonly restart: () => void;
  /** Milliseconds of a clock that nobody can set. */
  readonly elapsedMs: () => number;
  /** Calls back again and again. */
  readonly every: (work: () => void, intervalMs: number) => void;
}

/**
 * Ends the session when the user says so, when nobody is there, when the screen locks, the machine sleeps or the app
 * quits: wipes, then restarts the process. A session in which nothing was loaded yet is left alone.
 */
export class SessionEnd {
  readonly #ports: EndPorts;
  #lastActivityMs: number;

  constructor(ports: EndPorts) {
    this.#ports = ports;
    this.#lastActivityMs = ports.elapsedMs();
    ports.session.onChange((state) => {
      if (isWorking(state)) this.touch();
    });
    ports.every(() => {
      this.#checkIdle();
    }, IDLE_POLL_MS);
  }

  /** Somebody is there, or work is going on. */
  touch(): void {
    this.#lastActivityMs = this.#ports.elapsedMs();
  }

  /** The user's own end: wipes and shows so; asked again, restarts. */
  byUser(): void {
    const { session, restart } = this.#ports;
    if (session.state.stage.kind === 'done') restart();
    else session.end('user');
  }

  /** Nobody may be there any more: wipes and restarts at once. */
  abandoned(reason: Extract<EndReason, 'idle' | 'screen-lock'>): void {
    const { session, restart } = this.#ports;
    if (holdsNothing(session.state)) return;
    try {
      if (session.state.stage.kind !== 'done') session.end(reason);
    } finally {
      restart();
    }
  }

  /** The app is about to end: wipes. */
  quitting(): void {
    const { session } = this.#ports;
    if (session.state.stage.kind !== 'done') session.end('quit');
  }

  #checkIdle(): void {
    const idleMs = this.#ports.elapsedMs() - this.#lastActivityMs;
    if (idleMs < IDLE_LIMIT_MS) return;
    this.touch();
    this.abandoned('idle');
  }
}

/** Whether there is nothing that somebody else could take: before the path, and at the tools beside it. */
function holdsNothing({ stage: { kind } }: SessionState): boolean {
  return kind === 'prepare' || kind === 'register' || kind === 'record-check';
}

/** Whether the app works by itself, so that nobody has to touch anything. */
export function isWorking({ stage }: SessionState): boolean {
  switch (stage.kind) {
    case 'load':
      return (
        stage.loading || stage.loaded.wallets.some(({ verification }) => verification.kind === 'running')
      );
    case 'verify':
      return stage.loaded.wallets.some(({ verification }) => verification.kind === 'running');
    case 'reconstruct':
      return stage.running;
    case 'unlock':
      return stage.opening;
    case 'export':
      return stage.draft.writing !== null;
    case 'rehearsal':
      return stage.making;
    case 'bucket':
      return isRunning(stage.bucket);
    case 'bucket-unlock':
      return stage.opening;
    case 'register':
      return stage.open?.comparison.kind === 'running';
    case 'ceremony':
      return isCeremonyWorking(stage.ceremony);
    case 'record-check':
    case 'prepare':
    case 'addresses':
    case 'done':
      return false;
  }
}
