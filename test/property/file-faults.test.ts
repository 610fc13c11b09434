import type * as FileSystem from 'node:fs';
import type * as FilePromises from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { RecoveryError } from '../../shared/recovery-error.ts';
import { checkDestination } from '../../electron/files/destination.ts';
import { discover } from '../../electron/files/discover.ts';
import { partFilesIn, PART_PREFIX, removePartFile } from '../../electron/files/part-file.ts';
import { PartJournal } from '../../electron/files/part-journal.ts';
import { readCapped } from '../../electron/files/read-capped.ts';
import { withFile } from '../../electron/files/with-file.ts';
import { writeExclusive } from '../../electron/files/write-exclusive.ts';
import { makeFolder } from '../fixtures/folders.ts';

/** Every call of the file system fails once, in every work with files: what is told is a fault, and no half file stays. */

/** Counts the calls of the system, and lets the n-th fail. */
const plan = { failAt: 0, code: '', calls: [] as string[] };

/** What answers by a promise fails by one. */
const ASYNC = /^(?:stat|opendir|open|handle\..*)$/;

/** Short reads are answers, not errors. */
const SHORT = 'short read';

vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof FileSystem>();
  const names = [
    'openSync',
    'writeFileSync',
    'fsyncSync',
    'closeSync',
    'fstatSync',
    'linkSync',
    'renameSync',
  ] as const;
  const more = ['unlinkSync', 'lstatSync', 'statSync', 'readdirSync', 'readFileSync', 'mkdirSync'] as const;
  const faulty: Record<string, unknown> = {};
  for (const name of [...names, ...more]) faulty[name] = failing(name, original[name] as () => unknown);
  const native = failing('realpathSync', original.realpathSync.native);
  return { ...original, ...faulty, realpathSync: Object.assign(native, { native }) };
});

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof FilePromises>();
  return {
    ...original,
    stat: failing('stat', original.stat),
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

function failing<Work extends (...args: never[]) => unknown>(name: string, real: Work): Work {
  return ((...args: never[]): unknown => {
    plan.calls.push(name);
    if (plan.calls.length !== plan.failAt) return real(...args);
    if (plan.code !== SHORT) {
      // A handle that could not be closed is gone all the same.
      if (/close/i.test(name)) void real(...args);
      const error = Object.assign(new Error(`${plan.code}: secret bytes`), { code: plan.code });
      if (ASYNC.test(name)) return Promise.reject(error);
      throw error;
    }
    return name === 'handle.read' ? { bytesRead: 0 } : real(...args);
  }) as Work;
}

afterEach(() => {
  plan.failAt = 0;
});

const CONTENT = new TextEncoder().encode('0011223344\n');
const KIT_FOLDER = '0b5f8c1e-1f6d-4a52-9a0e-3c1d6f0f9a11';
const PART = `${PART_PREFIX}0123456789abcdef`;

interface FileWork {
  readonly name: string;
  readonly run: (folder: string) => unknown;
  /** What has to hold afterwards, whatever failed. */
  readonly holds?: (folder: string, done: boolean, original: typeof FileSystem) => void;
}

const WORKS: readonly FileWork[] = [
  {
    name: 'a new file is written',
    run: (folder) => writeExclusive(join(folder, 'new'), CONTENT),
    holds: (folder, done, fs) => {
      const names = fs.readdirSync(folder);
      if (done) expect(names).toContain('new');
      if (names.includes('new'))
        expect(new Uint8Array(fs.readFileSync(join(folder, 'new')))).toEqual(CONTENT);
    },
  },
  { name: 'a file is read', run: (folder) => readCapped(join(folder, 'in/a.txt')) },
  { name: 'a file is lent', run: (folder) => withFile(join(folder, 'in/a.txt'), 100, () => 1) },
  {
    name: 'a folder is searched',
    run: async (folder) => {
      for await (const files of discover([join(folder, 'in'), join(folder, 'in/a.txt')]))
        expect(files).not.toEqual([]);
    },
  },
  {
    name: 'a destination is looked at',
    run: (folder) =>
      checkDestination(join(folder, 'out/key'), {
        kitFiles: [join(folder, 'in/a.txt')],
        keyFile: join(folder, 'key/recovery.der'),
        ownFolders: [join(folder, 'own')],
      }),
  },
  {
    name: 'an unfinished file is noted, found and forgotten',
    run: (folder) => {
      const journal = new PartJournal(join(folder, 'own/unfinished.json'));
      journal.begin(join(folder, 'in', PART));
      journal.find().forEach(removePartFile);
      journal.forgetGone();
    },
  },
  {
    name: 'an unfinished file is removed',
    run: (folder) => {
      partFilesIn(join(folder, 'in')).forEach(removePartFile);
    },
  },
];

const FAULTS = ['ENOSPC', 'EIO', 'EACCES', SHORT];

describe.each(WORKS)('$name', ({ run, holds }) => {
  it.each(FAULTS)('%s at any call', async (code) => {
    const original = await vi.importActual<typeof FileSystem>('node:fs');
    const told: string[] = [];
    for (let failAt = 1; ; failAt++) {
      const folder = makeFolder({
        'in/a.txt': 'content',
        [`in/${KIT_FOLDER}/recovery_shard-0.txt`]: 'content',
        [`in/${PART}`]: 'half a key',
        'key/recovery.der': 'key',
        'own/x': '',
        'out/x': '',
      });
      Object.assign(plan, { failAt, code, calls: [] });
      let done = true;
      try {
        await run(folder);
      } catch (error) {
        done = false;
        const where = `${code} at call ${failAt}, ${plan.calls[failAt - 1] ?? 'none'}`;
        expect(error, where).toBeInstanceOf(RecoveryError);
        expect(JSON.stringify((error as RecoveryError).toFault()), where).not.toContain('secret bytes');
        told.push((error as RecoveryError).code);
      }
      const reached = plan.calls.length >= failAt;
      plan.failAt = 0;
      holds?.(folder, done, original);
      if (!reached) break;
    }
    expect(new Set(told).size).toBeLessThan(6);
  });
});
