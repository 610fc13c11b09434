import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { BUNDLE, Workspace, type CliLine, type CliRun } from '../fixtures/cli.ts';
import {
  addRecoveryKey,
  addWallet,
  changePart,
  flipByte,
  hex,
  makeRecoveryKey,
  makeWallet,
  registerOf,
  type RecoveryKey,
  type TestWallet,
} from '../fixtures/wallets.ts';
import { addressesOf } from '../../electron/engine/address/addresses.ts';
import { curveOfAlgorithm } from '../../shared/key-algorithm.ts';

const workspace = new Workspace();
const states = mkdtempSync(join(tmpdir(), 'breakglass-states-'));
let key: RecoveryKey;
let keyFile: string;
let wallets: readonly (TestWallet & { readonly address: string })[];
let names: readonly string[];

const withAddress = (wallet: TestWallet): TestWallet & { readonly address: string } => ({
  ...wallet,
  address: addressesOf(
    curveOfAlgorithm(wallet.keyAlgorithm),
    new Uint8Array(Buffer.from(wallet.walletPublicKeyHex, 'hex')),
  )[0]!.address,
});

beforeAll(() => {
  key = makeRecoveryKey();
  keyFile = addRecoveryKey(workspace, key);
  wallets = Array.from({ length: 8 }, (_, i) =>
    withAddress(makeWallet({ key, players: 2, keyAlgorithm: i % 2 === 0 ? 'SECP256K1' : 'ED25519' })),
  );
  for (const wallet of wallets) addWallet(workspace, wallet);
  workspace.write('register.csv', registerOf(wallets));
  names = wallets.map(({ keyId }) => keyId).sort();
});
afterAll(() => {
  workspace.remove();
  rmSync(states, { recursive: true, force: true });
});

const VERIFY = ['bucket', 'verify', 'bucket', '--register', 'register.csv', '--json'];
const recoverArgs = (): readonly string[] => [
  ...['bucket', 'recover-check', 'bucket', '--register', 'register.csv', '--json'],
  ...['--private-key-file', keyFile],
];
const rowsOf = ({ lines }: CliRun): readonly CliLine[] => lines.filter(({ kind }) => kind === 'wallet');
const summaryOf = ({ lines }: CliRun): CliLine | undefined => lines.find(({ kind }) => kind === 'summary');
const namesOf = (run: CliRun): readonly string[] =>
  rowsOf(run)
    .map(({ keyId }) => keyId ?? '')
    .sort();
const stateFile = (): string => join(states, `${randomUUID()}.state`);
/** Lines of results in a state file; without the header. */
const kept = (file: string): number =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 2 : -1;

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('it did not come to it');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** What was kept holds no wallet's key. */
function expectNoSecret(file: string): void {
  const text = readFileSync(file, 'utf8').toLowerCase();
  for (const { masterPrivateKey, masterChainCode, walletPrivateKey } of wallets) {
    for (const secret of [masterPrivateKey, masterChainCode, walletPrivateKey])
      expect(text).not.toContain(hex(secret));
  }
}

describe('a good bucket', () => {
  it('verify: each wallet once, the address of its stated key compared, a summary last', async () => {
    const run = await workspace.run(VERIFY);
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(namesOf(run)).toEqual(names);
    for (const row of rowsOf(run)) {
      expect(row).toMatchObject({ verdict: 'valid', code: null, comparison: 'matched', fromState: false });
    }
    expect(run.lines.at(-1)).toMatchObject({ kind: 'summary', complete: true, wallets: 8, notMet: 0 });
    expect(run.lines.at(-1)?.['counts']).toMatchObject({ valid: 8, matched: 8, bad: 0 });
  });

  it('recover-check: each is recovered and compared; no key is shown', async () => {
    const run = await workspace.run(recoverArgs());
    expect(run.code).toBe(0);
    expect(namesOf(run)).toEqual(names);
    for (const row of rowsOf(run)) expect(row).toMatchObject({ verdict: 'valid', comparison: 'matched' });
  });

  it('in words: a line a wallet', async () => {
    const { code, stdout } = await workspace.run(VERIFY.slice(0, -1));
    expect(code).toBe(0);
    for (const name of names) expect(stdout).toContain(`${name}  VALID: `);
    expect(stdout).toContain('8 wallets: 8 valid.');
  });

  it.each(['bucket verify', 'verify'])('%s in three parts: every wallet in exactly one', async (command) => {
    const parts: string[] = [];
    for (const part of ['1/3', '2/3', '3/3']) {
      const run = await workspace.run([...command.split(' '), ...VERIFY.slice(2), '--shard', part]);
      expect(run.code).toBe(0);
      parts.push(...run.lines.flatMap(({ keyId }) => keyId ?? []));
    }
    expect(parts.sort()).toEqual(names);
  });

  it.each(['0/3', '4/3', '3', '1/0', '01/3', '-1/3', '1/99999'])(
    '--shard %s: usage.invalid',
    async (part) => {
      const { code, lines } = await workspace.run([...VERIFY, `--shard=${part}`]);
      expect([code, lines[0]?.code]).toEqual([2, 'usage.invalid']);
    },
  );
});

describe('what is wrong with one wallet', () => {
  const bad = new Workspace();
  const expected = new Map<string, readonly [string, string]>();

  beforeAll(() => {
    addRecoveryKey(bad, key);
    const made = Array.from({ length: 6 }, () => withAddress(makeWallet({ key, players: 2 })));
    const [good, damaged, wrongQuorum, wrongAddress, unlisted, otherKey] = made;
    const foreign = withAddress(makeWallet({ key: makeRecoveryKey(), players: 2 }));
    addWallet(bad, good!);
    addWallet(bad, wrongQuorum!);
    addWallet(bad, wrongAddress!);
    addWallet(bad, unlisted!);
    addWallet(bad, foreign);
    addWallet(bad, { ...damaged!, file: damage(damaged!.file) });
    bad.write(`bucket/${otherKey!.keyId}/recovery_shard-0.txt`, otherKey!.file.subarray(0, 9000));
    bad.write(
      'register.csv',
      registerOf([
        good!,
        damaged!,
        { ...wrongQuorum!, quorumId: randomUUID() },
        { ...wrongAddress!, address: good!.address },
        otherKey!,
        foreign,
      ]),
    );
    expected.set(good!.keyId, ['valid', '']);
    expected.set(damaged!.keyId, ['invalid', 'proof.challenge-rejected']);
    expected.set(wrongQuorum!.keyId, ['error', 'label.mismatch']);
    expected.set(wrongAddress!.keyId, ['valid', 'address.mismatch']);
    expected.set(unlisted!.keyId, ['unsupported', 'register.not-listed']);
    expected.set(otherKey!.keyId, ['error', 'kit.truncated']);
    expected.set(foreign.keyId, ['error', 'rsa-key.mismatch']);
  });
  afterAll(() => {
    bad.remove();
  });

  const damage = (file: Uint8Array): Uint8Array =>
    changePart(file, 0, ({ es }) => ({ es: es.map((text) => flipByte(text)) }));

  it('is told of that wallet, by recover-check too, and the others go on', async () => {
    const run = await bad.run([
      ...['bucket', 'recover-check', 'bucket', '--register', 'register.csv', '--json'],
      ...['--private-key-file', 'recovery.der'],
    ]);
    expect(run.code).toBe(4);
    const found = new Map(rowsOf(run).map((row) => [row.keyId, [row.verdict, row.code ?? '']]));
    expect(found).toEqual(expected);
    expect(summaryOf(run)?.['counts']).toMatchObject({ bad: 6 });
  });

  it('register check names the rows and the fields that differ', async () => {
    const { code, lines } = await bad.run([
      'register',
      'check',
      'bucket',
      '--register',
      'register.csv',
      '--json',
    ]);
    expect(code).toBe(4);
    const codes = lines.map((line) => line.code).sort();
    expect(codes).toEqual(['address.mismatch', 'kit.truncated', 'register.not-listed']);
  });
});

describe('kill -9 and going on', () => {
  it.each([0, 1, 3, 6])(
    'after %i kept results: each wallet exactly once, and none is done again',
    async (count) => {
      const file = stateFile();
      const args = [...recoverArgs(), '--state', file, '--workers', '1'];
      const child = spawn(process.execPath, [BUNDLE, ...args], { cwd: workspace.folder, stdio: 'ignore' });
      const gone = new Promise((resolve) => child.on('exit', resolve));
      await until(() => kept(file) >= count);
      child.kill('SIGKILL');
      await gone;
      const before = kept(file);
      const run = await workspace.run(args);
      expect(run.code).toBe(0);
      expect(namesOf(run)).toEqual(names);
      expect(rowsOf(run).filter(({ fromState }) => fromState === true)).toHaveLength(before);
      expect(summaryOf(run)).toMatchObject({ fromState: before, wallets: 8 });
      const units = readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => (JSON.parse(line) as { readonly unit: string }).unit);
      expect([units.length, new Set(units).size]).toEqual([8, 8]);
      expectNoSecret(file);
      expect(existsSync(`${file}.lock`)).toBe(false);
    },
  );

  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s ends it within a second, with the state file whole',
    async (signal) => {
      const file = stateFile();
      const { child, done } = workspace.start([...VERIFY, '--state', file, '--workers', '1']);
      await until(() => kept(file) >= 1);
      const start = performance.now();
      child.kill(signal);
      const { code } = await done;
      expect(performance.now() - start).toBeLessThan(1000);
      expect(code).toBe(signal === 'SIGTERM' ? 143 : 130);
      expect(existsSync(`${file}.lock`)).toBe(false);
      const before = kept(file);
      const run = await workspace.run([...VERIFY, '--state', file]);
      expect([run.code, summaryOf(run)?.['fromState'], namesOf(run)]).toEqual([0, before, names]);
    },
  );
});

describe('a state file', () => {
  let whole: string;
  const verify = (file: string, ...args: readonly string[]): Promise<CliRun> =>
    workspace.run([...VERIFY, '--state', file, ...args]);
  const copy = (content: string): string => {
    const file = stateFile();
    writeFileSync(file, content);
    return file;
  };

  beforeAll(async () => {
    const file = stateFile();
    expect((await verify(file)).code).toBe(0);
    whole = readFileSync(file, 'utf8');
  });

  it('of a run that was finished does nothing again', async () => {
    const run = await verify(copy(whole));
    expect([run.code, summaryOf(run)?.['fromState'], namesOf(run)]).toEqual([0, 8, names]);
  });

  it.each([1, 40, 200])('with its last %i characters torn off goes on', async (torn) => {
    const file = copy(whole.slice(0, -torn));
    const run = await verify(file);
    expect([run.code, summaryOf(run)?.['fromState'], namesOf(run)]).toEqual([0, 7, names]);
    expect(kept(file)).toBe(8);
  });

  it('of which only part of the header was written begins anew', async () => {
    const run = await verify(copy(whole.slice(0, 30)));
    expect([run.code, summaryOf(run)?.['fromState']]).toEqual([0, 0]);
  });

  it('with a changed letter in the middle: bucket-state.damaged, and it stays as it is', async () => {
    const content = whole.replace('"valid"', '"vaiid"');
    const file = copy(content);
    const { code, lines } = await verify(file);
    expect([code, lines[0]?.code]).toEqual([3, 'bucket-state.damaged']);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it('that is some other file: bucket-state.damaged, and it stays as it is', async () => {
    const content = 'key_id,quorum_id\n1,2\n';
    const file = copy(content);
    const { code, lines } = await verify(file);
    expect([code, lines[0]?.code]).toEqual([3, 'bucket-state.damaged']);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it('of the other command, or of another part: bucket-state.other-run', async () => {
    const other = await workspace.run([...recoverArgs(), '--state', copy(whole)]);
    expect([other.code, other.lines[0]?.code]).toEqual([3, 'bucket-state.other-run']);
    const part = await verify(copy(whole), '--shard', '1/2');
    expect([part.code, part.lines[0]?.code]).toEqual([3, 'bucket-state.other-run']);
  });

  it('of another register: what the change concerns is done again, and nothing else', async () => {
    const [first, ...others] = wallets;
    workspace.write('changed.csv', registerOf([{ ...first!, quorumId: randomUUID() }, ...others]));
    const run = await workspace.run([
      ...['bucket', 'verify', 'bucket', '--register', 'changed.csv', '--json'],
      ...['--state', copy(whole)],
    ]);
    expect([run.code, summaryOf(run)?.['fromState'], namesOf(run)]).toEqual([5, 7, names]);
    expect(rowsOf(run).find(({ keyId }) => keyId === first!.keyId)?.code).toBe('label.mismatch');
  });

  it('of another bucket gives nothing', async () => {
    const other = new Workspace();
    const wallet = withAddress(makeWallet({ key, players: 2 }));
    addWallet(other, wallet);
    other.write('register.csv', registerOf([wallet]));
    const run = await other.run([...VERIFY, '--state', copy(whole)]);
    expect([run.code, summaryOf(run)?.['fromState'], namesOf(run)]).toEqual([0, 0, [wallet.keyId]]);
    other.remove();
  });

  it('that another run uses: bucket-state.in-use, and that run goes on', async () => {
    const file = stateFile();
    const first = workspace.start([...VERIFY, '--state', file, '--workers', '1']);
    await until(() => existsSync(`${file}.lock`));
    const second = await verify(file);
    expect([second.code, second.lines[0]?.code]).toEqual([7, 'bucket-state.in-use']);
    expect((await first.done).code).toBe(0);
    expect(kept(file)).toBe(8);
  });

  it('whose lock is of another machine, or of nobody that can be asked: bucket-state.in-use', async () => {
    const file = copy(whole);
    writeFileSync(
      `${file}.lock`,
      `${JSON.stringify({ pid: 999_999_999, started: null, host: 'elsewhere' })}\n`,
    );
    const { code, lines } = await verify(file);
    expect([code, lines[0]?.code]).toEqual([7, 'bucket-state.in-use']);
    rmSync(`${file}.lock`);
    appendFileSync(`${file}.lock`, 'nobody knows');
    expect((await verify(file)).code).toBe(7);
  });
});

describe('memory', () => {
  it('does not grow with the bucket', async () => {
    const many = new Workspace();
    const { file } = makeWallet({ key, players: 2 });
    const peak = async (count: number): Promise<number> => {
      for (let i = 0; i < count; i++) {
        const folder = many.path(`of-${count}`, randomUUID());
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'recovery_shard-0.txt'), file);
      }
      many.write('register.csv', registerOf([]));
      const report =
        "import{isMainThread}from'node:worker_threads';if(isMainThread)process.on('exit',()=>process.stderr.write('PEAK '+process.resourceUsage().maxRSS))";
      const child = spawn(
        process.execPath,
        [
          ...['--import', `data:text/javascript,${encodeURIComponent(report)}`, BUNDLE],
          ...['bucket', 'verify', `of-${count}`, '--register', 'register.csv', '--json', '--workers', '2'],
        ],
        { cwd: many.folder, stdio: ['ignore', 'ignore', 'pipe'] },
      );
      let text = '';
      child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
      expect(await new Promise((resolve) => child.on('close', resolve))).toBe(6);
      return Number(/PEAK (\d+)/.exec(text)?.[1]) / 1024;
    };
    const [few, all] = [await peak(30), await peak(150)];
    many.remove();
    expect(all).toBeLessThan(400);
    expect(all - few).toBeLessThan(80);
  });
});
