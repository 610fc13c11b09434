import { NO_RECORD } from '../../../shared/record-view.ts';
import type { SessionState } from '../../../shared/session-state.ts';
import { Refusals } from '../../../electron/shell/refusals.ts';

/** A session as it is at the start. */
export const PREPARE: SessionState = {
  mode: null,
  airGap: { interfaces: [], holds: true, overridden: false },
  stage: { kind: 'prepare' },
  machine: null,
  unfinished: [],
  rehearsal: null,
  record: NO_RECORD,
  outputs: [],
  written: [],
  fault: null,
};

/** A session with nothing but this stage. */
export const at = (stage: SessionState['stage']): SessionState => ({ ...PREPARE, stage });

/** A session in which something was loaded. */
export const LOADED: SessionState = at({
  kind: 'load',
  loading: false,
  loaded: { files: [], wallets: [], register: null, registerWarnings: [] },
});

/** Counts without a word on stderr; `lines` has what would have been said. */
export function quietRefusals(): { readonly refusals: Refusals; readonly lines: string[] } {
  const lines: string[] = [];
  return { refusals: new Refusals((line) => lines.push(line)), lines };
}

/** A clock that goes by hand, with what was asked to be done again and again, or later. */
export class HandClock {
  nowMs = 1_000_000;
  readonly #works: { readonly work: () => void; readonly everyMs: number; nextMs: number; once: boolean }[] =
    [];

  readonly now = (): number => this.nowMs;

  readonly every = (work: () => void, everyMs: number): (() => void) => {
    const entry = { work, everyMs, nextMs: this.nowMs + everyMs, once: false };
    this.#works.push(entry);
    return () => {
      entry.nextMs = Number.POSITIVE_INFINITY;
    };
  };

  readonly after = (work: () => void, delayMs: number): void => {
    this.#works.push({ work, everyMs: Number.POSITIVE_INFINITY, nextMs: this.nowMs + delayMs, once: true });
  };

  pass(ms: number): void {
    const end = this.nowMs + ms;
    for (;;) {
      const next = this.#works.filter(({ nextMs }) => nextMs <= end).sort((a, b) => a.nextMs - b.nextMs)[0];
      if (next === undefined) break;
      this.nowMs = next.nextMs;
      next.nextMs += next.everyMs;
      next.work();
    }
    this.nowMs = end;
  }
}

/** Something that can be prevented, as Electron's events are. */
export function event<More extends object>(more: More) {
  const it = {
    ...more,
    prevented: false,
    preventDefault: () => {
      it.prevented = true;
    },
  };
  return it;
}
