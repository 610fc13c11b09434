import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';

import { parseOptions } from '../../../electron/cli/options.ts';
import { PASSWORD_OPTIONS, PasswordSource } from '../../../electron/cli/password.ts';
import { faultOfAsync } from '../../fixtures/faults.ts';

/** A source that reads standard input, and the buffers that it was given. */
function sourceOf(chunks: readonly Buffer[], error?: Error): PasswordSource {
  async function* input(): AsyncGenerator<Buffer> {
    for (const chunk of chunks) yield await Promise.resolve(chunk);
    if (error !== undefined) throw error;
  }
  const stdin = Readable.from(input());
  const options = parseOptions(['--password-stdin'], PASSWORD_OPTIONS, false);
  return new PasswordSource(options, { stdin, stdout: process.stdout, stderr: process.stderr });
}

const isWiped = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/** Every large buffer that is made while something runs. */
async function buffersOf(work: () => Promise<unknown>): Promise<readonly Uint8Array[]> {
  const made: Uint8Array[] = [];
  const original = globalThis.Uint8Array;
  globalThis.Uint8Array = new Proxy(original, {
    construct(target, args: [number], newTarget): Uint8Array {
      const bytes = Reflect.construct(
        target,
        args,
        newTarget === globalThis.Uint8Array ? target : newTarget,
      ) as Uint8Array;
      if (args[0] === 64 * 1024) made.push(bytes);
      return bytes;
    },
  });
  try {
    await work();
  } finally {
    globalThis.Uint8Array = original;
  }
  return made;
}

describe('a password from standard input', () => {
  it('is read whole, and the chunks are wiped', async () => {
    const chunks = [Buffer.from('corr'), Buffer.from('ect horse\nmore')];
    const password = await sourceOf(chunks).existing('x');
    expect(password.use((bytes) => Buffer.from(bytes).toString())).toBe('correct horse');
    expect(chunks.every(isWiped)).toBe(true);
  });

  it('that is too long is wiped, the chunk that is too much as well', async () => {
    const chunks = [Buffer.alloc(60_000, 7), Buffer.alloc(6_000, 7)];
    const made = await buffersOf(async () => {
      const fault = await faultOfAsync(() => sourceOf(chunks).existing('x'));
      expect(fault).toEqual({ code: 'password.unavailable', details: { reason: 'too long' } });
    });
    expect(chunks.map(isWiped)).toEqual([true, true]);
    expect(made.map(isWiped)).toEqual([true]);
  });

  it('that breaks off is wiped', async () => {
    const chunks = [Buffer.alloc(100, 7)];
    const made = await buffersOf(async () => {
      await expect(sourceOf(chunks, new Error('gone')).existing('x')).rejects.toThrow('gone');
    });
    expect(chunks.map(isWiped)).toEqual([true]);
    expect(made.map(isWiped)).toEqual([true]);
  });
});
