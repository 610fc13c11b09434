import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { SecretBytes } from '../../../electron/engine/bytes/secret-bytes.ts';
import { DroppedFiles, TOKEN_LIFE_MS } from '../../../electron/shell/dropped-files.ts';
import { IDLE_LIMIT_MS, SessionEnd } from '../../../electron/shell/end.ts';
import { monotonicMs } from '../../../electron/shell/monotonic.ts';
import { RevealWindow } from '../../../electron/shell/reveal-window.ts';
import { REVEAL_MS } from '../../../shared/reveal.ts';
import { projectRoot } from '../../project-root.ts';
import { LOADED } from './fakes.ts';

/** What somebody does to the wall clock; time itself goes on as it does. */
const JUMPS = [
  ['not at all', 0],
  ['a year forward', 365 * 86_400_000],
  ['a year back', -365 * 86_400_000],
] as const;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const set = (byMs: number): void => {
  vi.setSystemTime(Date.now() + byMs);
};

describe.each(JUMPS)('a clock that is set %s', (_how, byMs) => {
  it('ends an idle session after the same time', () => {
    const ended: string[] = [];
    let poll = (): void => undefined;
    new SessionEnd({
      session: { state: LOADED, onChange: () => undefined, end: (reason) => void ended.push(reason) },
      restart: () => undefined,
      elapsedMs: monotonicMs,
      every: (work) => {
        poll = work;
      },
    });
    vi.advanceTimersByTime(1000);
    set(byMs);
    poll();
    vi.advanceTimersByTime(IDLE_LIMIT_MS - 1001);
    poll();
    expect(ended).toEqual([]);
    vi.advanceTimersByTime(1);
    poll();
    expect(ended).toEqual(['idle']);
  });

  it('shows a secret for the same time, and counts it down alike', async () => {
    const window = new RevealWindow({
      open: () => ({ contents: {}, destroy: () => undefined }),
      clipboard: { place: () => Promise.resolve() },
      elapsedMs: monotonicMs,
      after: (work, delayMs) => {
        const timer = setTimeout(work, delayMs);
        return () => {
          clearTimeout(timer);
        };
      },
    });
    await window.show({
      facts: { title: 'Private key', about: '', warning: '', forms: ['hex'] },
      textOf: () => new SecretBytes(new Uint8Array(1)),
      wipe: () => undefined,
    });
    set(byMs);
    vi.advanceTimersByTime(10_000);
    expect(await window.answer({ do: 'look', form: null })).toMatchObject({
      facts: { millisecondsLeft: REVEAL_MS - 10_000 },
    });
    vi.advanceTimersByTime(REVEAL_MS - 10_001);
    expect(window.page).toBeDefined();
    vi.advanceTimersByTime(1);
    expect(window.page).toBeUndefined();
  });

  it('takes dropped files for the same time', () => {
    let drawn = 0;
    const files = new DroppedFiles((length) => new Uint8Array(length).fill(++drawn), monotonicMs);
    const [early, late] = [files.offer(['/a']), files.offer(['/b'])];
    set(byMs);
    vi.advanceTimersByTime(TOKEN_LIFE_MS - 1);
    expect(files.take(early)).toEqual(['/a']);
    vi.advanceTimersByTime(1);
    expect(() => files.take(late)).toThrow();
  });
});

it('a secret whose time is over is not answered, were the timer late', async () => {
  const wiped: boolean[] = [];
  const window = new RevealWindow({
    open: () => ({ contents: {}, destroy: () => undefined }),
    clipboard: { place: () => Promise.resolve() },
    elapsedMs: monotonicMs,
    after: () => () => undefined,
  });
  await window.show({
    facts: { title: 'Private key', about: '', warning: '', forms: ['hex'] },
    textOf: () => new SecretBytes(new Uint8Array(1)),
    wipe: () => void wiped.push(true),
  });
  vi.advanceTimersByTime(REVEAL_MS);
  await expect(window.answer({ do: 'read', form: 'hex' })).rejects.toMatchObject({ code: 'ipc.untrusted' });
  expect([window.page, wiped]).toEqual([undefined, [true]]);
});

it('the app gives the wall clock to its record, and to nothing else', () => {
  const shell = readFileSync(join(projectRoot, 'electron/shell/shell.ts'), 'utf8');
  expect([...shell.matchAll(/^.*\bDate\b.*$/gm)].map(([line]) => line.trim())).toEqual(['nowMs: Date.now,']);
  expect(shell).toMatch(/recording: \{\s+nowMs: Date\.now,/);
});
