import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as WorkerThreads from 'node:worker_threads';

import { afterAll, describe, expect, it, vi } from 'vitest';

import type { ProvenPart } from '../../electron/engine/ers/backup.ts';
import { BridgeCaller } from '../../electron/hsm/bridge-caller.ts';
import { childBridge } from '../../electron/hsm/child-bridge.ts';
import { ProofPool, ProofStopped } from '../../electron/proof-pool/pool.ts';
import { WalletPool, WorkerDied } from '../../electron/proof-pool/wallet-pool.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import { Dice } from '../soak/dice.ts';

/** Threads and processes that die at any moment: nobody waits for ever, and nobody gets another's answer. */

/** Every thread that a pool has started, so that it can be ended from outside as the system would. */
const threads = vi.hoisted(() => new Set<WorkerThreads.Worker>());
vi.mock('node:worker_threads', async (original) => {
  const real = await original<typeof WorkerThreads>();
  class WatchedWorker extends real.Worker {
    constructor(...args: ConstructorParameters<typeof real.Worker>) {
      super(...args);
      threads.add(this);
      super.once('exit', () => threads.delete(this));
    }
  }
  return { ...real, Worker: WatchedWorker };
});

const ROUNDS = 12;
const JOBS = 12;
const RESULTS = 3;
const BRIDGE_CALLS = 6;
/** A seed of the day finds over the weeks what one seed would not. */
const seed = Math.floor(Date.now() / 86_400_000) * 1000;
const rounds = Array.from({ length: ROUNDS }, (_, i) => seed + i);

const folder = mkdtempSync(join(tmpdir(), 'breakglass-death-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function script(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Works for some milliseconds without a pause, as a proof does: nothing but the end of the thread stops it. */
const BUSY = 'const busy = (ms) => { const until = Date.now() + ms; while (Date.now() < until); };';
const PROOF_WORKER = script(
  'proof.cjs',
  `const { parentPort } = require('node:worker_threads'); ${BUSY}
parentPort.on('message', ({ id, part }) => {
  for (let i = 0; i < ${RESULTS}; i++) { busy(2); parentPort.postMessage({ kind: 'result', id, result: part.playerIndex + ':' + i }); }
  parentPort.postMessage({ kind: 'done', id });
});`,
);
const WALLET_WORKER = script(
  'wallet.cjs',
  `const { parentPort } = require('node:worker_threads'); ${BUSY}
parentPort.on('message', ({ id, files }) => { busy(6); parentPort.postMessage({ id, findings: [files[0].file] }); });`,
);
const BRIDGE = script(
  'bridge.cjs',
  `process.on('message', ({ id, kind }) => setTimeout(() => process.send({ id, kind: 'refused', reason: kind + id }), id));`,
);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Ends threads, chosen by chance, until the work is over. @returns how many */
async function killing(work: Promise<unknown>, dice: Dice): Promise<number> {
  const over = new AbortController();
  void work.finally(() => {
    over.abort();
  });
  let kills = 0;
  while (!over.signal.aborted) {
    await pause(dice.below(25));
    const alive = [...threads];
    if (alive.length === 0) continue;
    kills++;
    void dice.pick(alive).terminate();
  }
  return kills;
}

describe('threads that die at random moments', { timeout: 60_000 }, () => {
  it('proofs: each result is told once and in order, and each job ends', async () => {
    let kills = 0;
    for (const each of rounds) {
      const pool = new ProofPool(PROOF_WORKER, 2);
      const told = Array.from({ length: JOBS }, (): unknown[] => []);
      const jobs = told.map((list, playerIndex) =>
        pool.check({ playerIndex } as ProvenPart, { missing: 'label' } as never, (result) =>
          list.push(result),
        ),
      );
      const settled = Promise.allSettled(jobs);
      kills += await killing(settled, new Dice(each));
      for (const [i, end] of (await settled).entries()) {
        const whole = Array.from({ length: RESULTS }, (_, n) => `${i}:${n}`);
        expect(told[i]).toEqual(end.status === 'fulfilled' ? whole : whole.slice(0, told[i]?.length));
        if (end.status === 'rejected') expect(String(end.reason)).toContain('died twice');
      }
      // What is left of it works.
      const after: unknown[] = [];
      await pool.check({ playerIndex: 7 } as ProvenPart, {} as never, (result) => after.push(result));
      expect(after).toHaveLength(RESULTS);
      pool.stop();
    }
    expect(kills).toBeGreaterThan(ROUNDS);
  });

  it('wallets: each folder gets its own answer, or that its workers died', async () => {
    let kills = 0;
    for (const each of rounds) {
      const pool = new WalletPool(WALLET_WORKER, 2);
      const judge = (file: string): Promise<unknown> =>
        pool.judge([{ file, keyId: undefined, mustBeKit: true, content: new Uint8Array(1) }], []);
      const settled = Promise.allSettled(Array.from({ length: JOBS }, (_, i) => judge(`w${i}`)));
      kills += await killing(settled, new Dice(each));
      for (const [i, end] of (await settled).entries()) {
        if (end.status === 'fulfilled') expect(end.value).toEqual([`w${i}`]);
        else expect(end.reason).toBeInstanceOf(WorkerDied);
      }
      expect(await judge('after')).toEqual(['after']);
      pool.stop();
    }
    expect(kills).toBeGreaterThan(ROUNDS);
  });

  it('a pool that is stopped meanwhile ends every job, once', async () => {
    for (const each of rounds) {
      const dice = new Dice(each);
      const pool = new ProofPool(PROOF_WORKER, 2);
      const settled = Promise.allSettled(
        Array.from({ length: JOBS }, (_, playerIndex) =>
          pool.check({ playerIndex } as ProvenPart, {} as never, () => undefined),
        ),
      );
      const killed = killing(settled, dice);
      await pause(dice.below(60));
      pool.stop();
      await killed;
      for (const end of await settled) {
        if (end.status === 'fulfilled') continue;
        const reason: unknown = end.reason;
        expect(reason instanceof ProofStopped || String(reason).includes('died twice')).toBe(true);
      }
    }
  });
});

describe('a bridge that dies at a random moment', { timeout: 60_000 }, () => {
  it.each(rounds)('seed %i: calls get their own answer, then all the same fault', async (each) => {
    const dice = new Dice(each);
    const start = childBridge(BRIDGE);
    let kill = (): void => undefined;
    const caller = new BridgeCaller(() => {
      const bridge = start();
      kill = bridge.kill;
      return bridge;
    }, 20_000);
    const settled = Promise.allSettled(
      Array.from({ length: BRIDGE_CALLS }, () => caller.call({ kind: 'tokens' })),
    );
    // From before it has started until after its last answer.
    await pause(dice.below(120));
    kill();
    const ends = await settled;
    const first = ends.findIndex(({ status }) => status === 'rejected');
    for (const [i, end] of ends.entries()) {
      if (end.status === 'fulfilled') {
        expect(first === -1 || i < first).toBe(true);
        expect(end.value).toEqual({ id: i, kind: 'refused', reason: `tokens${i}` });
      } else {
        expect(end.reason).toBeInstanceOf(RecoveryError);
        expect(end.reason).toMatchObject({ code: 'hsm.module-crashed', details: { how: 'SIGKILL' } });
      }
    }
    // Only the end of the process tells the caller; then it is gone for good.
    while (!caller.ended) await pause(2);
    await expect(caller.call({ kind: 'keys' })).rejects.toMatchObject({ code: 'hsm.module-crashed' });
  });
});
