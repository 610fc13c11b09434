import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { judgeFiles } from '../../../../electron/proof-pool/judge-files.ts';
import type { KnownRow, WalletFile, WalletFinding } from '../../../../electron/proof-pool/wallet-job.ts';
import { WalletPool, WalletsStopped, WorkerDied } from '../../../../electron/proof-pool/wallet-pool.ts';
import { parseRegister, type Register } from '../../../../electron/record/register.ts';
import { BucketRun, type BucketRequest } from '../../../../electron/session/bucket/bucket-run.ts';
import { fileRecoveryKey, type RecoveryKey } from '../../../../electron/session/recovery-key.ts';
import { readRsaPrivateKey } from '../../../../electron/engine/rsa/private-key.ts';
import { RecoveryError } from '../../../../shared/recovery-error.ts';
import { makeRecoveryKey, makeWallet, registerOf, type TestWallet } from '../../../fixtures/wallets.ts';
import { asBytes } from '../../../fixtures/kits.ts';
import { systemRandom } from '../../../random.ts';

const folder = mkdtempSync(join(tmpdir(), 'breakglass-bucket-run-'));
const bucket = join(folder, 'bucket');
let wallets: readonly TestWallet[];
let register: Register;
let recoveryKey: RecoveryKey;

beforeAll(async () => {
  const key = makeRecoveryKey();
  wallets = Array.from({ length: 4 }, () => makeWallet({ key, players: 2 }));
  for (const { keyId, file } of wallets) {
    mkdirSync(join(bucket, keyId), { recursive: true });
    writeFileSync(join(bucket, keyId, 'recovery_shard-0.txt'), file);
  }
  register = parseRegister(asBytes(registerOf(wallets)));
  recoveryKey = fileRecoveryKey(await readRsaPrivateKey(key.pkcs1Der));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Judge = (files: readonly WalletFile[], rows: readonly KnownRow[]) => Promise<readonly WalletFinding[]>;

/** A pool without threads, whose answers a test can hold back or change. */
class FakePool extends WalletPool {
  readonly #judge: Judge;
  readonly #stops: (() => void)[] = [];
  begun = 0;

  constructor(judge: Judge = (files, rows) => Promise.resolve(judgeFiles(files, rows, systemRandom))) {
    super('nowhere', 1);
    this.#judge = judge;
  }

  override judge(files: readonly WalletFile[], rows: readonly KnownRow[]): Promise<readonly WalletFinding[]> {
    this.begun++;
    return new Promise((resolve, reject) => {
      this.#stops.push(() => {
        reject(new WalletsStopped());
      });
      this.#judge(files, rows).then(resolve, reject);
    });
  }

  override stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }
}

const runOf = (pool: WalletPool, key?: RecoveryKey): BucketRun =>
  new BucketRun({ pool, nowMs: () => performance.now(), ...(key === undefined ? {} : { recoveryKey: key }) });
const request = (more: Partial<BucketRequest> = {}): BucketRequest => ({
  register,
  mode: 'verify',
  stateFile: undefined,
  ...more,
});
const turn = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 30));
const never: Judge = () => new Promise(() => undefined);

describe('a run', () => {
  it('ends with all rows, given out in pages and by filter', async () => {
    const run = runOf(new FakePool());
    expect(run.view).toEqual({ kind: 'idle' });
    let changes = 0;
    run.onChange(() => changes++);
    await run.start([bucket], request());
    expect(run.view).toMatchObject({
      kind: 'done',
      progress: { total: 4, done: 4, rows: 4, notMet: 0, running: [], counts: { valid: 4, bad: 0 } },
    });
    expect(changes).toBeGreaterThan(8);
    expect(run.rows('all', 1, 2)).toMatchObject({ offset: 1, total: 4, rows: [{}, {}] });
    expect(run.rows('bad', 0, 10)).toEqual({ offset: 0, total: 0, rows: [] });
    expect(run.rows('valid', 3, 1000).rows).toHaveLength(1);
    expect(JSON.stringify(run.view).length).toBeLessThan(1000);
  });

  it('recovers one wallet after the other and says that nothing was compared', async () => {
    const run = runOf(new FakePool(), recoveryKey);
    await run.start([bucket], request({ mode: 'recover-check' }));
    expect(run.rows('all', 0, 10).rows.map(({ comparison, code }) => [comparison, code])).toEqual(
      wallets.map(() => ['not-given', null]),
    );
    expect(run.rows('all', 0, 1).rows[0]?.warnings).toMatchObject([{ code: 'register.no-address' }]);
  });

  it('begins no further wallet while it is paused', async () => {
    const release: (() => void)[] = [];
    const pool = new FakePool(async (files, rows) => {
      await new Promise<void>((resolve) => release.push(resolve));
      return judgeFiles(files, rows, systemRandom);
    });
    const run = runOf(pool);
    const end = run.start([bucket], request());
    while (pool.begun < 2) await turn();
    run.pause();
    expect(run.view.kind).toBe('paused');
    const begun = pool.begun;
    for (const each of release.splice(0)) each();
    await turn();
    expect(run.view).toMatchObject({ kind: 'paused', progress: { done: begun } });
    expect(pool.begun).toBe(begun);
    run.resume();
    while (run.view.kind === 'running') {
      for (const each of release.splice(0)) each();
      await turn();
    }
    await end;
    expect(run.view).toMatchObject({ kind: 'done', progress: { done: 4 } });
  });

  it.each(['running', 'paused'] as const)(
    'that is %s stops at once; its state file goes on',
    async (phase) => {
      const stateFile = join(folder, randomUUID());
      let count = 0;
      const pool = new FakePool((files, rows) =>
        count++ < 2 ? Promise.resolve(judgeFiles(files, rows, systemRandom)) : never(files, rows),
      );
      const run = runOf(pool);
      const end = run.start([bucket], request({ stateFile }));
      await turn();
      while (run.rows('all', 0, 9).total < 2) await turn();
      if (phase === 'paused') run.pause();
      const start = performance.now();
      await run.stop();
      await end;
      expect(performance.now() - start).toBeLessThan(1000);
      expect(run.view).toMatchObject({ kind: 'stopped', progress: { done: 2, total: 4 } });
      const next = runOf(new FakePool());
      await next.start([bucket], request({ stateFile }));
      expect(next.view).toMatchObject({ kind: 'done', progress: { fromState: 2, done: 4, rows: 4 } });
    },
  );

  it('tells of a wallet that ended its workers, goes on, and tries it again from the state file', async () => {
    const stateFile = join(folder, randomUUID());
    const bad = wallets[1]!.keyId;
    const pool = new FakePool((files, rows) =>
      files[0]?.keyId === bad
        ? Promise.reject(new WorkerDied())
        : Promise.resolve(judgeFiles(files, rows, systemRandom)),
    );
    const run = runOf(pool);
    await run.start([bucket], request({ stateFile }));
    expect(run.rows('bad', 0, 9).rows).toMatchObject([
      { keyId: bad, verdict: 'error', code: 'bucket.worker-died' },
    ]);
    expect(run.view).toMatchObject({ kind: 'done', progress: { done: 4 } });
    const next = runOf(new FakePool());
    await next.start([bucket], request({ stateFile }));
    expect(next.view).toMatchObject({ progress: { fromState: 3, counts: { valid: 4 } } });
  });

  it('fails as a whole when the token is gone, and nothing is kept of the wallet', async () => {
    const stateFile = join(folder, randomUUID());
    let tries = 0;
    const gone: RecoveryKey = {
      ...recoveryKey,
      decryptor: (label) =>
        tries++ === 0
          ? recoveryKey.decryptor(label)
          : () => Promise.reject(new RecoveryError('hsm.device-removed')),
    };
    const run = runOf(new FakePool(), gone);
    const end = run.start([bucket], request({ mode: 'recover-check', stateFile }));
    await expect(end).rejects.toMatchObject({ code: 'hsm.device-removed' });
    expect(run.view).toMatchObject({ kind: 'failed', fault: { code: 'hsm.device-removed' } });
    expect(readFileSync(stateFile, 'utf8').trim().split('\n')).toHaveLength(2);
  });

  it('fails where there is nothing, and says so', async () => {
    const run = runOf(new FakePool());
    await expect(run.start([join(folder, 'nowhere')], request())).rejects.toMatchObject({
      code: 'file.not-found',
    });
    expect(run.view).toMatchObject({ kind: 'failed', fault: { code: 'file.not-found' }, progress: null });
  });
});

describe('a private key among the kits', () => {
  it('is given to no worker', async () => {
    const own = join(folder, 'own', wallets[0]!.keyId);
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'recovery_shard-0.txt'), wallets[0]!.file);
    writeFileSync(join(own, 'key.pem'), '-----BEGIN PRIVATE KEY-----\n');
    writeFileSync(join(own, 'key.der'), makeRecoveryKey().pkcs8Der);
    const seen: string[] = [];
    const pool = new FakePool((files, rows) => {
      seen.push(...files.map(({ file }) => file));
      return Promise.resolve(judgeFiles(files, rows, systemRandom));
    });
    await runOf(pool).start([join(folder, 'own')], request());
    expect(seen).toEqual([join(own, 'recovery_shard-0.txt')]);
  });
});
