import { describe, expect, it } from 'vitest';

import { DroppedFiles, TOKEN_LIFE_MS } from '../../../electron/shell/dropped-files.ts';
import { MAX_PATHS } from '../../../electron/shell/request-reader.ts';
import { HandClock } from './fakes.ts';

function dropped() {
  const clock = new HandClock();
  let drawn = 0;
  const files = new DroppedFiles((length) => new Uint8Array(length).fill(++drawn), clock.now);
  return { clock, files };
}

const refused = expect.objectContaining({ code: 'ipc.malformed' }) as unknown;
function faultOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('dropped files', () => {
  it('are had once for their token', () => {
    const { files } = dropped();
    const token = files.offer(['/media/usb/a', '/media/usb/b']);
    expect(token).toMatch(/^[0-9a-f]{32}$/);
    expect(files.take(token)).toEqual(['/media/usb/a', '/media/usb/b']);
    expect(faultOf(() => files.take(token))).toEqual(refused);
  });

  it('are forgotten after a minute', () => {
    const { clock, files } = dropped();
    const token = files.offer(['/a']);
    clock.pass(TOKEN_LIFE_MS);
    expect(faultOf(() => files.take(token))).toEqual(refused);
  });

  it('are kept apart, and not without end', () => {
    const { files } = dropped();
    const tokens = Array.from({ length: 17 }, (_, i) => files.offer([`/${String(i)}`]));
    expect(faultOf(() => files.take(tokens[0]!))).toEqual(refused);
    expect(files.take(tokens[1]!)).toEqual(['/1']);
    expect(files.take(tokens[16]!)).toEqual(['/16']);
  });

  it.each([
    ['no list', '/a'],
    ['a relative path', ['a/b']],
    ['an empty path', ['']],
    ['a path with a NUL', ['/a\0b']],
    ['a number', [1]],
    ['too long a path', [`/${'a'.repeat(5000)}`]],
    ['too many paths', Array.from({ length: MAX_PATHS + 1 }, () => '/a')],
  ])('are refused: %s', (_name, value) => {
    expect(faultOf(() => dropped().files.offer(value))).toEqual(refused);
  });
});
