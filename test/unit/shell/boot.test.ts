import { describe, expect, it } from 'vitest';

import { boot, type BootStep } from '../../../electron/shell/boot.ts';

function start(steps: readonly BootStep[], ready: boolean) {
  const said: string[] = [];
  const boxes: string[] = [];
  const codes: number[] = [];
  const done = boot(steps, {
    isReady: () => ready,
    showError: (title, text) => boxes.push(`${title}: ${text}`),
    writeError: (line) => said.push(line),
    exit: (code) => codes.push(code),
  });
  return { done, said, boxes, codes };
}

describe('boot', () => {
  it('runs the steps in order, and those before the first wait without giving way', async () => {
    const ran: string[] = [];
    const note = (name: string): BootStep => ({ name, run: () => void ran.push(name) });
    const wait: BootStep = { name: 'wait', run: () => Promise.resolve().then(() => void ran.push('wait')) };
    const { done } = start([note('a'), note('b'), wait, note('c')], true);
    expect(ran).toEqual(['a', 'b']);
    expect(await done).toBe(true);
    expect(ran).toEqual(['a', 'b', 'wait', 'c']);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no lock');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no lock'))],
  ])('ends with code 1 when a step %s, and runs none after it', async (_name, run) => {
    const ran: string[] = [];
    const steps = [
      { name: 'sandbox', run },
      { name: 'window', run: () => void ran.push('window') },
    ];
    const { done, said, boxes, codes } = start(steps, false);
    expect(await done).toBe(false);
    expect(codes).toEqual([1]);
    expect(said.join('')).toContain('"sandbox"');
    expect(said.join('')).toContain('no lock');
    expect(boxes).toEqual([]);
    expect(ran).toEqual([]);
  });

  it('shows a box once there can be one', async () => {
    const { done, boxes } = start([{ name: 'menu', run: () => Promise.reject(new Error('x')) }], true);
    await done;
    expect(boxes.join('')).toContain('"menu"');
  });
});
