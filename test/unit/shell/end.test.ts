import { describe, expect, it } from 'vitest';

import { IDLE_LIMIT_MS, SessionEnd, isWorking } from '../../../electron/shell/end.ts';
import type { EndReason, SessionState } from '../../../shared/session-state.ts';
import { HandClock, LOADED, PREPARE, at } from './fakes.ts';

const LOADING = at({
  kind: 'load',
  loading: true,
  loaded: { files: [], wallets: [], register: null, registerWarnings: [] },
});

function ending(first: SessionState) {
  const clock = new HandClock();
  const ended: EndReason[] = [];
  const restarts: number[] = [];
  const listeners: ((state: SessionState) => void)[] = [];
  let state = first;
  const session = {
    get state() {
      return state;
    },
    onChange: (listener: (now: SessionState) => void) => void listeners.push(listener),
    end: (reason: EndReason) => {
      ended.push(reason);
      state = at({ kind: 'done', reason, left: { kind: 'load' } });
    },
  };
  const end = new SessionEnd({
    session,
    restart: () => void restarts.push(clock.nowMs),
    elapsedMs: clock.now,
    every: clock.every,
  });
  const change = (to: SessionState): void => {
    state = to;
    for (const listener of listeners) listener(to);
  };
  return { clock, ended, restarts, end, change };
}

describe('idleness', () => {
  it('is ten minutes', () => {
    expect(IDLE_LIMIT_MS).toBe(600_000);
  });

  it('wipes and restarts, and not a moment earlier', () => {
    const { clock, ended, restarts } = ending(LOADED);
    clock.pass(IDLE_LIMIT_MS - 1);
    expect(ended).toEqual([]);
    clock.pass(1001);
    expect(ended).toEqual(['idle']);
    expect(restarts).toHaveLength(1);
  });

  it('leaves the tools beside the path alone, also when the screen locks', () => {
    for (const stage of [
      { kind: 'register', open: null },
      { kind: 'record-check', check: null },
    ] as const) {
      const { clock, ended, restarts, end } = ending(at(stage));
      clock.pass(IDLE_LIMIT_MS * 2);
      end.abandoned('screen-lock');
      expect([ended, restarts]).toEqual([[], []]);
    }
  });

  it('is over with every touch', () => {
    const { clock, ended, end } = ending(LOADED);
    clock.pass(IDLE_LIMIT_MS - 1);
    end.touch();
    clock.pass(IDLE_LIMIT_MS - 1);
    expect(ended).toEqual([]);
  });

  it('does not count while work runs, and counts from its last word on', () => {
    const { clock, ended, change } = ending(LOADED);
    clock.pass(IDLE_LIMIT_MS - 1);
    change(LOADING);
    clock.pass(IDLE_LIMIT_MS - 1);
    expect(ended).toEqual([]);
    change(LOADED);
    clock.pass(1001);
    expect(ended).toEqual(['idle']);
  });

  it('leaves a session alone in which nothing was loaded', () => {
    const { clock, ended, restarts } = ending(PREPARE);
    clock.pass(3 * IDLE_LIMIT_MS);
    expect([ended, restarts]).toEqual([[], []]);
  });

  it('restarts what has ended, without ending it twice', () => {
    const { clock, ended, restarts } = ending(at({ kind: 'done', reason: 'user', left: { kind: 'load' } }));
    clock.pass(IDLE_LIMIT_MS + 1000);
    expect(ended).toEqual([]);
    expect(restarts).toHaveLength(1);
  });
});

describe('the other ends', () => {
  it('by the user: wipe, then restart when asked again', () => {
    const { ended, restarts, end } = ending(LOADED);
    end.byUser();
    expect([ended, restarts.length]).toEqual([['user'], 0]);
    end.byUser();
    expect([ended, restarts.length]).toEqual([['user'], 1]);
  });

  it('a locked screen: wipe and restart', () => {
    const { ended, restarts, end } = ending(LOADED);
    end.abandoned('screen-lock');
    expect([ended, restarts.length]).toEqual([['screen-lock'], 1]);
  });

  it('quitting: wipe, no restart', () => {
    const { ended, restarts, end } = ending(LOADED);
    end.quitting();
    end.quitting();
    expect([ended, restarts.length]).toEqual([['quit'], 0]);
  });
});

it('work is told from waiting', () => {
  expect([PREPARE, LOADED, LOADING].map(isWorking)).toEqual([false, false, true]);
});
