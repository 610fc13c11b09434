import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { CheckResult } from '../../../shared/checks.ts';
import { checkPart, type PartCheckContext } from '../../../electron/engine/ers/part-checks.ts';
import { rememberingPointReader } from '../../../electron/engine/ers/part-points.ts';
import type { ProvenPart } from '../../../electron/engine/ers/backup.ts';
import type { JobOpening } from '../../../electron/proof-pool/job.ts';
import { ProofPool, ProofStopped } from '../../../electron/proof-pool/pool.ts';
import { flipBit, LABEL, makeBackup, replaceAt, withPart, type MadeBackup } from '../../fixtures/backups.ts';
import { ended } from '../../fixtures/cli.ts';
import { makeRsaKey } from '../../fixtures/rsa.ts';
import { projectRoot } from '../../project-root.ts';
import { systemRandom } from '../../random.ts';

const folder = mkdtempSync(join(tmpdir(), 'breakglass-pool-'));
const workerFile = join(folder, 'worker.cjs');
let made: MadeBackup;
let edwards: MadeBackup;
let opening: JobOpening;
const pools: ProofPool[] = [];

beforeAll(async () => {
  await bundle('worker.cjs', 'electron/proof-pool/worker.ts');
  await bundle('pool.cjs', 'electron/proof-pool/pool.ts');
  const key = makeRsaKey();
  made = makeBackup({ key });
  edwards = makeBackup({ key, curve: 'ED-25519' });
  opening = { ersPublicKeySpki: key.publicKey.spkiDer, label: LABEL };
});
afterEach(() => {
  for (const pool of pools.splice(0)) pool.stop();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** As build/app/bundle.mjs does it. */
async function bundle(name: string, entry: string): Promise<void> {
  await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: name, format: 'cjs', codeSplitting: false } },
    },
  });
}

/** A pool that is stopped when the test ends. */
function openPool(size: number, file = workerFile): ProofPool {
  const pool = new ProofPool(file, size);
  pools.push(pool);
  return pool;
}

/** Writes a worker of a few lines; `attempt` counts the workers that were started before this one. */
function writeWorker(name: string, onJob: string): string {
  const count = join(folder, `${name}.count`);
  const file = join(folder, `${name}.cjs`);
  writeFileSync(count, '');
  writeFileSync(
    file,
    `const { parentPort, threadId } = require('node:worker_threads');
const { appendFileSync, readFileSync } = require('node:fs');
const attempt = readFileSync(${JSON.stringify(count)}, 'utf8').length;
appendFileSync(${JSON.stringify(count)}, '.');
const say = (id, check) => parentPort.postMessage({ kind: 'result', id, result: { player: 0, check, outcome: 'passed' } });
const done = (id) => parentPort.postMessage({ kind: 'done', id });
parentPort.on('message', ({ id, part }) => {
${onJob}
});
`,
  );
  return file;
}

/** What the pool says of a part. */
async function poolResults(
  pool: ProofPool,
  part: ProvenPart,
  given: JobOpening = opening,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  await pool.check(part, given, (result) => results.push(result));
  return results;
}

/** What checking it here says. */
const resultsHere = (part: ProvenPart, given?: PartCheckContext['opening']): readonly CheckResult[] => [
  ...checkPart(part, {
    opening: given ?? { publicKey: made.key.publicKey, label: LABEL },
    readPoint: rememberingPointReader(),
    randomBytes: systemRandom,
  }),
];

describe('results', () => {
  it('of good parts of both curves are those of checking them here, in their order', async () => {
    const pool = openPool(2);
    const parts = [...made.backup.parts, ...edwards.backup.parts];
    const all = await Promise.all(parts.map((part) => poolResults(pool, part)));
    expect(all).toEqual(parts.map((part) => resultsHere(part)));
    expect(all.flat().every(({ outcome }) => outcome === 'passed')).toBe(true);
    expect(all.flat()).toHaveLength(6 * 5);
  });

  it('of bad parts, and without a label, are the same too', async () => {
    const pool = openPool(1);
    const changes: readonly ((part: ProvenPart) => Partial<ProvenPart>)[] = [
      ({ openedValues }) => ({ openedValues: openedValues.slice(1) }),
      ({ ciphertexts, openedIndices }) => {
        const index = openedIndices[7]!;
        return { ciphertexts: replaceAt(ciphertexts, index, flipBit(ciphertexts[index]!)) };
      },
      ({ openedValues }) => ({ openedValues: replaceAt(openedValues, 3, flipBit(openedValues[3]!)) }),
      ({ valuePoints }) => ({ valuePoints: replaceAt(valuePoints, 2, new Uint8Array(65)) }),
    ];
    for (const change of changes) {
      const part = withPart(made.backup, 1, change).parts[1]!;
      const results = await poolResults(pool, part);
      expect(results).toEqual(resultsHere(part));
      expect(results.some(({ outcome }) => outcome === 'failed')).toBe(true);
    }
    const part = made.backup.parts[0]!;
    const missing = { missing: 'label.unknown' } as const;
    expect(await poolResults(pool, part, missing)).toEqual(resultsHere(part, missing));
  });

  it('what was given is still there afterwards', async () => {
    const part = made.backup.parts[0]!;
    const before = structuredClone(part);
    await poolResults(openPool(1), part);
    expect(part).toEqual(before);
  });
});

describe('many jobs', () => {
  it('wait for a thread, and no more threads than allowed are started', async () => {
    const pool = openPool(2, writeWorker('slow', `setTimeout(() => { say(id, threadId); done(id); }, 20);`));
    const threadOf = async (): Promise<unknown> =>
      (await poolResults(pool, made.backup.parts[0]!)).map(({ check }) => check);
    const first = await Promise.all(Array.from({ length: 6 }, threadOf));
    expect(new Set(first.flat()).size).toBe(2);
    const later = await Promise.all([threadOf(), threadOf(), threadOf()]);
    expect(new Set([...first, ...later].flat()).size).toBe(2);
  });

  it('are done in the order in which they were given', async () => {
    const pool = openPool(1, writeWorker('orderly', `say(id, id); done(id);`));
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 5 }, async (_, i) => {
        expect((await poolResults(pool, made.backup.parts[0]!)).map(({ check }) => check)).toEqual([i]);
        order.push(i);
      }),
    );
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('stopping', () => {
  it('rejects what runs and what waits, at once; nothing is told any more, and the pool works again', async () => {
    const pool = openPool(1);
    const told: CheckResult[] = [];
    const jobs = made.backup.parts.map((part) => pool.check(part, opening, (result) => told.push(result)));
    pool.stop();
    const ends = await Promise.allSettled(jobs);
    for (const end of ends) {
      expect(end.status === 'rejected' && end.reason).toBeInstanceOf(ProofStopped);
    }
    const before = told.length;
    const part = made.backup.parts[2]!;
    expect(await poolResults(pool, part)).toEqual(resultsHere(part));
    expect(told).toHaveLength(before);
  });

  it('while results come', async () => {
    const pool = openPool(1, writeWorker('talker', `setInterval(() => say(id, 'shape'), 1);`));
    let told = 0;
    const job = new Promise<unknown>((resolve) => {
      pool
        .check(made.backup.parts[0]!, opening, () => {
          if (++told === 3) pool.stop();
        })
        .catch(resolve);
    });
    expect(await job).toBeInstanceOf(ProofStopped);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(told).toBe(3);
  });

  it('with nothing to do, or twice, is nothing', async () => {
    const pool = openPool(1);
    pool.stop();
    pool.stop();
    const part = made.backup.parts[0]!;
    await poolResults(pool, part);
    pool.stop();
    pool.stop();
    expect(await poolResults(pool, part)).toHaveLength(5);
  });
});

describe('a worker that dies', () => {
  it.each([
    ['throws', `throw new Error('dead');`],
    ['leaves', `process.exit(1);`],
  ])('(it %s) is replaced and its job done again, each result told once', async (name, death) => {
    const file = writeWorker(
      `once-${name}`,
      `say(id, 'shape'); say(id, 'encoding');
       if (attempt === 0) { setTimeout(() => { ${death} }, 30); return; }
       say(id, 'challenge'); done(id);`,
    );
    const results = await poolResults(openPool(1, file), made.backup.parts[0]!);
    expect(results.map(({ check }) => check)).toEqual(['shape', 'encoding', 'challenge']);
  });

  it('twice of the same part rejects that job, and the others go on', async () => {
    const file = writeWorker(
      'always',
      `if (part.playerIndex === 1) throw new Error('dead'); say(id, 'shape'); done(id);`,
    );
    const pool = openPool(1, file);
    const ends = await Promise.allSettled(made.backup.parts.map((part) => poolResults(pool, part)));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const reason = ends[1]?.status === 'rejected' ? (ends[1].reason as unknown) : undefined;
    expect(reason).toBeInstanceOf(Error);
    expect(reason).not.toBeInstanceOf(ProofStopped);
  });

  it('a file that is not there rejects, and does not wait for ever', async () => {
    await expect(
      poolResults(openPool(2, join(folder, 'nowhere.cjs')), made.backup.parts[0]!),
    ).rejects.toThrow('died twice');
  });

  it('while it has nothing to do is not missed', async () => {
    const file = writeWorker(
      'tired',
      `say(id, 'shape'); done(id); if (attempt === 0) setTimeout(() => process.exit(0), 10);`,
    );
    const pool = openPool(1, file);
    await poolResults(pool, made.backup.parts[0]!);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await poolResults(pool, made.backup.parts[0]!)).toHaveLength(1);
  });
});

describe('the process', () => {
  const run = (lines: string): ReturnType<typeof ended> => {
    const echo = writeWorker('echo', `say(id, 'shape'); done(id);`);
    const script = join(folder, 'script.cjs');
    writeFileSync(
      script,
      `const { ProofPool } = require('./pool.cjs');
const pool = new ProofPool(${JSON.stringify(echo)}, 2);
const check = () => pool.check({}, { missing: 'label.unknown' }, () => undefined);
${lines}`,
    );
    return ended(spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'pipe'] }), 20_000);
  };

  it('ends by itself while the threads have nothing to do, and not before a job is done', async () => {
    const { code, stdout, stderr } = await run(
      `Promise.all([check(), check(), check()]).then(check).then(() => console.log('done'));`,
    );
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'done\n', stderr: '' });
  });

  it('ends by itself after a stop', async () => {
    const { code, stdout, stderr } = await run(
      `check().catch((error) => console.log(error.name)); setTimeout(() => pool.stop(), 0);`,
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(['ProofStopped\n', '']).toContain(stdout);
  });

  it('is not brought down by a thread that died just before a stop', async () => {
    const dead = join(folder, 'dead.cjs');
    writeFileSync(dead, `throw new Error('dead from the start');`);
    const { code, stdout, stderr } = await run(
      `const dying = new ProofPool(${JSON.stringify(dead)}, 1);
dying.check({}, { missing: 'label.unknown' }, () => undefined).catch((error) => console.log(error.name));
setImmediate(() => {
  // The thread dies meanwhile, and nobody could hear of it yet.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);
  dying.stop();
});`,
    );
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'ProofStopped\n', stderr: '' });
  });
});
