import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, describe, expect, it } from 'vitest';

import type { WalletFile, WalletFinding } from '../../../electron/proof-pool/wallet-job.ts';
import { WalletPool, WalletsStopped, WorkerDied } from '../../../electron/proof-pool/wallet-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'breakglass-wallet-pool-'));
const pools: WalletPool[] = [];
afterEach(() => {
  for (const pool of pools.splice(0)) pool.stop();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A pool of workers of a few lines; `starts` counts the workers so far, `name` is the first file's. */
function poolOf(onJob: string, size = 1): { readonly pool: WalletPool; readonly starts: () => number } {
  const count = join(folder, `${Math.random()}.count`);
  const file = `${count}.cjs`;
  writeFileSync(count, '');
  writeFileSync(
    file,
    `const { parentPort } = require('node:worker_threads');
const { appendFileSync, readFileSync } = require('node:fs');
appendFileSync(${JSON.stringify(count)}, '.');
const starts = readFileSync(${JSON.stringify(count)}, 'utf8').length;
parentPort.on('message', ({ id, files }) => {
  const name = files[0].file;
  const answer = () => parentPort.postMessage({ id, findings: [{ files: [name], bytes: files[0].content.length }] });
  ${onJob}
});
`,
  );
  const pool = new WalletPool(file, size);
  pools.push(pool);
  return { pool, starts: () => readFileSync(count, 'utf8').length };
}

const fileOf = (file: string): readonly WalletFile[] => [
  { file, keyId: undefined, mustBeKit: true, content: new Uint8Array(10) },
];
const judge = async (pool: WalletPool, name: string): Promise<readonly string[]> =>
  (await pool.judge(fileOf(name), [])).flatMap(({ files }: WalletFinding) => files);

describe('a worker that dies', () => {
  it.each(['throw new Error("dead")', 'process.exit(1)'])(
    'once (%s): its folder is done by another',
    async (death) => {
      const { pool, starts } = poolOf(`if (starts === 1) { ${death}; } answer();`);
      expect(await judge(pool, 'a')).toEqual(['a']);
      expect(starts()).toBe(2);
    },
  );

  it('twice of one folder: WorkerDied for that one, and the others are done', async () => {
    const { pool } = poolOf('if (name === "bad") process.exit(1); answer();', 2);
    const ends = await Promise.allSettled(['a', 'bad', 'b', 'c'].map((name) => judge(pool, name)));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(ends[1]).toMatchObject({ reason: expect.any(WorkerDied) as unknown });
  });

  it('of too much memory is a death like others, and the program goes on', async () => {
    const { pool } = poolOf(
      'if (name === "bad") { const all = []; for (;;) all.push(new Array(1e6).fill(id)); } answer();',
    );
    await expect(judge(pool, 'bad')).rejects.toBeInstanceOf(WorkerDied);
    expect(await judge(pool, 'good')).toEqual(['good']);
  });

  it('a file that is not there: WorkerDied, and not for ever', async () => {
    const pool = new WalletPool(join(folder, 'nowhere.cjs'), 1);
    await expect(judge(pool, 'a')).rejects.toBeInstanceOf(WorkerDied);
  });
});

describe('stopping', () => {
  it('rejects what runs and what waits at once, and the pool works again', async () => {
    const { pool } = poolOf('if (name !== "wait") answer();');
    const ends = Promise.allSettled(['wait', 'b', 'c'].map((name) => judge(pool, name)));
    const start = performance.now();
    pool.stop();
    for (const end of await ends)
      expect(end).toMatchObject({ reason: expect.any(WalletsStopped) as unknown });
    expect(performance.now() - start).toBeLessThan(1000);
    expect(await judge(pool, 'again')).toEqual(['again']);
  });
});
