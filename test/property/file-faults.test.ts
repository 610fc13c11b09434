import type * as FileSystem from 'node:fs';
import type * as FilePromises from 'node:fs/promises';

import { afterEach, describe, expect, it, vi } from 'vitest';

import type * as DeriveKey from '../../electron/engine/rsa/derive-key.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import { FILE_WORKS, type FailedCall } from '../fixtures/file-works.ts';
import { makeFolder } from '../fixtures/folders.ts';

/** Every call of the file system fails once, in every work with files: what is told is a fault, and no half file stays. */

/** Counts the calls of the system, and lets the n-th fail, or all from there on. */
const plan = {
  failAt: 0,
  code: '',
  lasting: false,
  calls: [] as FailedCall[],
  open: new Map<number, string>(),
};

/** What answers by a promise fails by one. */
const ASYNC = /^(?:stat|lstat|readdir|opendir|open|handle\..*)$/;

/** Short reads are answers, not errors. */
const SHORT = 'short read';

vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof FileSystem>();
  const names = [
    ...(['openSync', 'writeFileSync', 'fsyncSync', 'closeSync', 'fstatSync', 'linkSync'] as const),
    ...(['renameSync', 'unlinkSync', 'lstatSync', 'statSync', 'readdirSync', 'readFileSync'] as const),
    ...(['mkdirSync', 'readSync', 'writeSync', 'ftruncateSync', 'rmSync'] as const),
  ];
  const faulty: Record<string, unknown> = {};
  for (const name of names) faulty[name] = failing(name, original[name] as () => unknown);
  // What flushing costs is no matter here, and some ten thousand times it is minutes.
  faulty['fsyncSync'] = failing('fsyncSync', () => undefined);
  const native = failing('realpathSync', original.realpathSync.native);
  return { ...original, ...faulty, realpathSync: Object.assign(native, { native }) };
});

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof FilePromises>();
  return {
    ...original,
    stat: failing('stat', original.stat),
    lstat: failing('lstat', original.lstat),
    readdir: failing('readdir', original.readdir as () => unknown),
    opendir: failing('opendir', original.opendir),
    open: failing('open', async (...args: Parameters<typeof original.open>) => {
      const handle = await original.open(...args);
      handle.stat = failing('handle.stat', handle.stat.bind(handle));
      handle.read = failing('handle.read', handle.read.bind(handle));
      const close = handle.close.bind(handle);
      handle.close = failing('handle.close', close);
      return handle;
    }),
  };
});

/** What a password costs is no matter of the file system, and hundreds of runs would pay it. */
vi.mock('../../electron/engine/rsa/derive-key.ts', async (importOriginal) => {
  const original = await importOriginal<typeof DeriveKey>();
  return {
    ...original,
    deriveKey: ((derivation, ...rest) =>
      original.deriveKey(
        { ...derivation, iterations: 1 } as typeof derivation,
        ...rest,
      )) as typeof original.deriveKey,
  };
});

function failing<Work extends (...args: never[]) => unknown>(name: string, real: Work): Work {
  return ((...args: never[]): unknown => {
    const [first] = args as readonly unknown[];
    const path = typeof first === 'number' ? (plan.open.get(first) ?? '') : String(first);
    plan.calls.push({ name, path });
    if (name === 'closeSync') plan.open.delete(Number(first));
    const { failAt, calls, lasting } = plan;
    if (calls.length === failAt || (lasting && failAt > 0 && calls.length > failAt)) {
      if (plan.code === SHORT) return shortened(name, real, args);
      // A handle that could not be closed is gone all the same.
      if (/close/i.test(name)) void real(...args);
      if (plan.code !== 'EACCES') halfWritten(name, real, args);
      const error = Object.assign(new Error(`${plan.code}: secret bytes`), { code: plan.code });
      if (ASYNC.test(name)) return Promise.reject(error);
      throw error;
    }
    const answer = real(...args);
    if (name === 'openSync') plan.open.set(Number(answer), path);
    return answer;
  }) as Work;
}

/** A medium is full, or breaks, after it has taken a part of what it was given. */
function halfWritten(name: string, real: (...args: never[]) => unknown, args: readonly unknown[]): void {
  const [target, content, ...rest] = args as readonly [unknown, string | Uint8Array, ...unknown[]];
  if (name === 'writeSync') shortened(name, real, args);
  if (name !== 'writeFileSync') return;
  const half = content.slice(0, Math.ceil(content.length / 2));
  real(...([target, half, ...rest] as never[]));
}

/** What a read answers that ends before the file does, and a write that takes only a part of what it is given. */
function shortened(name: string, real: (...args: never[]) => unknown, args: readonly unknown[]): unknown {
  if (name === 'handle.read') return { bytesRead: 0 };
  if (name === 'readSync') return 0;
  if (name === 'writeSync') {
    const [handle, bytes, offset, length, position] = args as [number, Buffer, number, number, number];
    return real(...([handle, bytes, offset, Math.ceil(length / 2), position] as never[]));
  }
  const answer = real(...(args as never[]));
  if (name === 'openSync') plan.open.set(Number(answer), String(args[0]));
  if (name !== 'readFileSync') return answer;
  const whole = answer as string | Buffer;
  return typeof whole === 'string'
    ? whole.slice(0, whole.length / 2)
    : whole.subarray(0, Math.floor(whole.length / 2));
}

afterEach(() => {
  plan.failAt = 0;
});

const FAULTS = [
  ...['ENOSPC', 'EIO', 'EACCES', SHORT].map((code) => ({ code, lasting: false, how: 'at any call' })),
  // A stick that is pulled out: cleaning up fails too.
  { code: 'EIO', lasting: true, how: 'from any call on' },
];

describe.each(FILE_WORKS)('$name', { timeout: 120_000 }, ({ files, prepare, run, holds }) => {
  it.each(FAULTS)('$code $how', async ({ code, lasting, how }) => {
    const fs = await vi.importActual<typeof FileSystem>('node:fs');
    const told: string[] = [];
    for (let failAt = 1; ; failAt++) {
      const folder = fs.realpathSync.native(makeFolder(files));
      await prepare?.(folder);
      Object.assign(plan, { failAt, code, lasting, calls: [], open: new Map() });
      let [value, fault]: [unknown, RecoveryError | undefined] = [undefined, undefined];
      const where = (): string => {
        const { name, path } = plan.calls[failAt - 1] ?? { name: 'none', path: '' };
        return `${code} ${how}: ${failAt}, ${name} ${path}`;
      };
      try {
        value = await run(folder);
      } catch (error) {
        expect(error, where()).toBeInstanceOf(RecoveryError);
        fault = error as RecoveryError;
        expect(JSON.stringify(fault.toFault()), where()).not.toContain('secret bytes');
        told.push(fault.code);
      }
      const failed = plan.calls[failAt - 1];
      plan.failAt = 0;
      expect([...plan.open.values()], `${where()}: handles that were left open`).toEqual([]);
      await holds?.({ folder, value, fault, failed, lasting, fs, where: where() });
      if (failed === undefined) {
        expect(fault, 'a run without a fault of the system').toBeUndefined();
        break;
      }
    }
    expect(new Set(told).size).toBeLessThan(6);
  });
});
