import { describe, expect, it, vi } from 'vitest';

import { CLIPBOARD_MS, REVEAL_MS, type RevealForm } from '../../../shared/reveal.ts';
import { SecretBytes } from '../../../electron/engine/bytes/secret-bytes.ts';
import type { Revealed } from '../../../electron/session/revealed.ts';
import { ClipboardGuard } from '../../../electron/shell/clipboard-guard.ts';
import { registerReveal } from '../../../electron/shell/reveal-calls.ts';
import { RevealWindow } from '../../../electron/shell/reveal-window.ts';
import { pageUrl } from '../../../electron/shell/scheme.ts';
import type { Caller, IpcHost } from '../../../electron/shell/ipc.ts';
import { HandClock, quietRefusals } from './fakes.ts';

const SECRET = 'aa55';

function revealed(): Revealed & { readonly wiped: () => boolean } {
  let isWiped = false;
  return {
    facts: { title: 'Private key', about: 'm/0', warning: 'careful', forms: ['hex'] },
    textOf: () => new SecretBytes(new TextEncoder().encode(SECRET)),
    wipe: () => {
      isWiped = true;
    },
    wiped: () => isWiped,
  };
}

/** A window that is none, its clipboard and its clock. */
function room() {
  const clock = new HandClock();
  const frames: { readonly contents: object; destroyed: boolean; readonly lost: () => void }[] = [];
  let clipboard = 'something else';
  const after = (work: () => void, delayMs: number): (() => void) => {
    let isStopped = false;
    clock.after(() => {
      if (!isStopped) work();
    }, delayMs);
    return () => {
      isStopped = true;
    };
  };
  const guard = new ClipboardGuard({
    readText: () => Promise.resolve(clipboard),
    writeText: (text) => {
      clipboard = text;
      return Promise.resolve();
    },
    clear: () => {
      clipboard = '';
    },
    after,
  });
  const window = new RevealWindow({
    open: (lost) => {
      const frame = { contents: {}, destroyed: false, lost };
      frames.push(frame);
      return {
        contents: frame.contents,
        destroy: () => {
          frame.destroyed = true;
        },
      };
    },
    clipboard: guard,
    elapsedMs: clock.now,
    after,
  });
  return {
    clock,
    frames,
    guard,
    window,
    clipboard: () => clipboard,
    paste: (text: string) => (clipboard = text),
  };
}

describe('the window that shows a secret', () => {
  it('shows it, counts down, and lends what it wipes again', async () => {
    const { window, clock } = room();
    const secret = revealed();
    await window.show(secret);
    clock.pass(10_000);
    const looked = await window.answer({ do: 'look', form: null });
    expect(looked).toMatchObject({
      did: 'look',
      facts: { title: 'Private key', millisecondsLeft: REVEAL_MS - 10_000 },
    });
    const read = await window.answer({ do: 'read', form: 'hex' });
    if (read.did !== 'read') throw new Error('not read');
    expect(new TextDecoder().decode(read.textBytes)).toBe(SECRET);
    window.close();
    expect([...read.textBytes]).toEqual([0, 0, 0, 0]);
    expect(secret.wiped()).toBe(true);
  });

  it.each<readonly [string, (tools: ReturnType<typeof room>) => void]>([
    [
      'after a minute',
      ({ clock }) => {
        clock.pass(REVEAL_MS);
      },
    ],
    [
      'when it loses the focus, or is led elsewhere',
      ({ frames }) => {
        frames[0]!.lost();
      },
    ],
    [
      'when the session goes on',
      ({ window }) => {
        window.close();
      },
    ],
  ])('closes %s, and is gone', async (_name, end) => {
    const tools = room();
    const secret = revealed();
    await tools.window.show(secret);
    end(tools);
    expect(tools.frames[0]!.destroyed).toBe(true);
    expect(secret.wiped()).toBe(true);
    expect(tools.window.page).toBeUndefined();
    await expect(tools.window.answer({ do: 'read', form: 'hex' })).rejects.toMatchObject({
      code: 'ipc.untrusted',
    });
  });

  it('a second one closes the first, whose end no longer counts', async () => {
    const { window, frames } = room();
    const [first, second] = [revealed(), revealed()];
    await window.show(first);
    await window.show(second);
    expect([frames[0]!.destroyed, frames[1]!.destroyed, first.wiped(), second.wiped()]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    frames[0]!.lost();
    expect(window.page).toBe(frames[1]!.contents);
  });

  it('gives no form that this secret has not', async () => {
    const { window } = room();
    await window.show(revealed());
    await expect(window.answer({ do: 'read', form: 'wif' as RevealForm })).rejects.toMatchObject({
      code: 'ipc.malformed',
    });
  });
});

describe('its one call', () => {
  it('is answered to its own page in its own window, and to nobody else', async () => {
    const { window, frames } = room();
    await window.show(revealed());
    const handlers = new Map<string, (caller: Caller, ...args: unknown[]) => Promise<unknown>>();
    const host: IpcHost = { handle: (channel, listener) => void handlers.set(channel, listener) };
    const { refusals } = quietRefusals();
    registerReveal(host, window, { refusals, onCall: vi.fn(), onBug: vi.fn() });
    const [ask] = [...handlers.values()];
    const own = { sender: frames[0]!.contents, senderFrame: { url: pageUrl('reveal'), parent: null } };
    const request = { do: 'look', form: null };
    expect([...handlers.keys()]).toEqual(['reveal.ask']);
    expect(await ask!(own, request)).toMatchObject({ ok: true });
    for (const caller of [
      { ...own, sender: {} },
      { ...own, senderFrame: { url: pageUrl('bundle'), parent: null } },
      { ...own, senderFrame: { url: pageUrl('reveal'), parent: {} } },
      { ...own, senderFrame: null },
    ]) {
      expect(await ask!(caller, request)).toMatchObject({ ok: false, fault: { code: 'ipc.untrusted' } });
    }
    for (const bad of [
      null,
      {},
      { do: 'read', form: null },
      { do: 'look', form: 'hex' },
      { do: 'read', form: '/etc' },
      { ...request, more: 1 },
    ]) {
      expect(await ask!(own, bad), JSON.stringify(bad)).toMatchObject({
        ok: false,
        fault: { code: 'ipc.malformed' },
      });
    }
  });
});

describe('the clipboard', () => {
  const place = async (tools: ReturnType<typeof room>): Promise<void> => {
    await tools.window.show(revealed());
    await tools.window.answer({ do: 'copy', form: 'hex' });
    expect(tools.clipboard()).toBe(SECRET);
  };

  it('is cleared after half a minute, also when the window is gone', async () => {
    const tools = room();
    await place(tools);
    tools.window.close();
    tools.clock.pass(CLIPBOARD_MS);
    await vi.waitFor(() => {
      expect(tools.clipboard()).toBe('');
    });
    expect(tools.guard.holds).toBe(false);
  });

  it('is cleared when the app ends', async () => {
    const tools = room();
    await place(tools);
    expect(tools.guard.holds).toBe(true);
    await tools.guard.takeOff();
    expect(tools.clipboard()).toBe('');
  });

  it('is left alone where somebody has put something else there', async () => {
    const tools = room();
    await place(tools);
    tools.paste('theirs');
    await tools.guard.takeOff();
    expect(tools.clipboard()).toBe('theirs');
  });

  it('is cleared where it does not answer', async () => {
    const clock = new HandClock();
    let cleared = 0;
    const guard = new ClipboardGuard({
      readText: () => new Promise(() => undefined),
      writeText: () => Promise.resolve(),
      clear: () => {
        cleared++;
      },
      after: (work, delayMs) => {
        clock.after(work, delayMs);
        return () => undefined;
      },
    });
    await guard.place(new SecretBytes(new TextEncoder().encode(SECRET)));
    const done = guard.takeOff();
    clock.pass(1000);
    await done;
    expect(cleared).toBe(1);
  });

  it('is cleared without a look by an end that can’t wait, and never when nothing was placed', async () => {
    const tools = room();
    tools.guard.takeOffNow();
    expect(tools.clipboard()).toBe('something else');
    await place(tools);
    tools.guard.takeOffNow();
    expect(tools.clipboard()).toBe('');
  });
});
