/** The least time between two messages to the page. */
export const PUSH_INTERVAL_MS = 30;

/** Timers, so that tests need no time. */
export interface Timers {
  readonly after: (work: () => void, delayMs: number) => unknown;
}

/**
 * Sends the state to the page when it changes: at once, then at most once an interval, the newest state always last.
 * A verification of many wallets changes it a thousand times a second.
 */
export class StatePusher {
  readonly #send: () => void;
  readonly #timers: Timers;
  #waiting = false;
  #changed = false;

  /**
   * @param send sends the state as it is then
   * @param timers what delays
   */
  constructor(send: () => void, timers: Timers) {
    this.#send = send;
    this.#timers = timers;
  }

  /** The state has changed. */
  changed(): void {
    if (this.#waiting) {
      this.#changed = true;
      return;
    }
    this.#send();
    this.#waiting = true;
    this.#timers.after(() => {
      this.#waiting = false;
      if (!this.#changed) return;
      this.#changed = false;
      this.changed();
    }, PUSH_INTERVAL_MS);
  }
}
