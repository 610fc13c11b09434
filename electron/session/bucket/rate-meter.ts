/** Over how long the rate is taken: long enough to be steady, short enough to follow a change. */
const WINDOW_MS = 20_000;
const MIN_SAMPLES = 3;

/** Measures how many wallets are done a second, lately, and the time that passed, pauses left out. */
export class RateMeter {
  readonly #nowMs: () => number;
  readonly #times: number[] = [];
  #startMs: number;
  #pausedAtMs: number | undefined;

  /** @param nowMs a clock that never goes back */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#startMs = nowMs();
  }

  /** Counts one wallet. */
  count(): void {
    const now = this.#now();
    this.#times.push(now);
    while (this.#times.length > MIN_SAMPLES && now - (this.#times[0] ?? now) > WINDOW_MS) this.#times.shift();
  }

  pause(): void {
    this.#pausedAtMs ??= this.#nowMs();
  }

  resume(): void {
    if (this.#pausedAtMs === undefined) return;
    this.#startMs += this.#nowMs() - this.#pausedAtMs;
    this.#pausedAtMs = undefined;
  }

  get elapsedMs(): number {
    return this.#now();
  }

  /** Wallets a second; null until a few are done. */
  get perSecond(): number | null {
    const [first] = this.#times;
    const last = this.#times.at(-1);
    if (first === undefined || last === undefined || this.#times.length < MIN_SAMPLES || last <= first)
      return null;
    return ((this.#times.length - 1) * 1000) / (last - first);
  }

  /** Since the start, without pauses. */
  #now(): number {
    return (this.#pausedAtMs ?? this.#nowMs()) - this.#startMs;
  }
}
