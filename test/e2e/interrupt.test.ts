import { existsSync, readdirSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { partFilesIn } from '../../electron/files/part-file.ts';
import { Workspace, type CliRun, type StartedRun } from '../fixtures/cli.ts';
import {
  addRecoveryKey,
  addWallet,
  makeRecoveryKey,
  makeWallet,
  type TestWallet,
} from '../fixtures/wallets.ts';
import { hasTerminal, runAtTerminal } from '../fixtures/terminal.ts';

/** What a shell says of a process that a signal ended. */
const ENDED_BY = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const INTERRUPTED = ENDED_BY.SIGINT;

const workspace = new Workspace();
let wallet: TestWallet;

beforeAll(() => {
  const key = makeRecoveryKey();
  wallet = makeWallet({ key, players: 2 });
  addWallet(workspace, wallet);
  addRecoveryKey(workspace, key);
  workspace.keepSecret('other', 'a long passphrase');
  workspace.write('password.txt', 'a long passphrase');
});
afterAll(() => {
  workspace.remove();
});

const recoverArgs = (): readonly string[] => [
  ...['recover', '--recovery-kit-file', `bucket/${wallet.keyId}`, '--private-key-file', 'recovery.der'],
  ...['--quorum-id', wallet.quorumId, '--output-file', 'key.pke1', '--password-file', 'password.txt'],
];

const GENERATE = [
  ...['generate-recovery-keypair', '--private-key-file', 'new.pke1', '--public-key-file', 'new.der'],
  ...['--password-file', 'password.txt'],
];

/** Waits until something is so, or the run is over. */
async function until(run: StartedRun, isSo: () => boolean): Promise<void> {
  while (!isSo() && run.child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 2));
}

async function interrupt(run: StartedRun, signal: NodeJS.Signals, isSo: () => boolean): Promise<CliRun> {
  await until(run, isSo);
  expect(isSo(), 'the moment to interrupt').toBe(true);
  run.child.kill(signal);
  return run.done;
}

/** Every run here is audited: no file is left, neither in the workspace nor among the temporary ones. */
describe('an interrupt leaves nothing behind', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s while a drill makes its keys', async (signal) => {
    const run = workspace.start(['drill', '--json']);
    const { code, stderr } = await interrupt(run, signal, () => readdirSync(run.tmp).length > 0);
    expect([code, stderr]).toEqual([ENDED_BY[signal], '']);
  });

  it('SIGINT while a drill has a wallet on the disk', async () => {
    const run = workspace.start(['drill', '--json']);
    const hasKit = (): boolean => readdirSync(run.tmp, { recursive: true }).length > 2;
    expect((await interrupt(run, 'SIGINT', hasKit)).code).toBe(INTERRUPTED);
  });

  it('a second SIGINT changes nothing', async () => {
    const run = workspace.start(['drill']);
    await until(run, () => readdirSync(run.tmp).length > 0);
    run.child.kill('SIGINT');
    run.child.kill('SIGINT');
    await run.done;
  });

  it('SIGINT while the encrypted key is read back', async () => {
    const run = workspace.start(recoverArgs());
    const { code, stdout } = await interrupt(run, 'SIGINT', () => partFilesIn(workspace.folder).length > 0);
    expect([code, stdout]).toEqual([INTERRUPTED, '']);
  });

  describe.skipIf(!hasTerminal)('seen at a terminal (python3 with its pty module)', () => {
    it.each([
      ['SIGTERM', 'the key is encrypted', 'Encrypting the key file'],
      ['SIGINT', 'the backup is verified', 'Verifying '],
    ] as const)('%s while %s', async (signal, _name, moment) => {
      const steps = [{ expect: moment, signal }];
      const { code, screen } = await runAtTerminal(workspace, recoverArgs(), steps);
      expect(code).toBe(ENDED_BY[signal]);
      expect(screen).not.toContain('RECOVERED');
    });

    it('Ctrl-C while an RSA key is made', async () => {
      const steps = [{ expect: 'Making an RSA-4096 key pair', type: '\u0003' }];
      expect((await runAtTerminal(workspace, GENERATE, steps)).code).toBe(INTERRUPTED);
    });
  });

  it('what was finished before stays', async () => {
    const finished = ['--output-file', 'key.hex', '--encrypt-output=false'];
    const args = [...recoverArgs().slice(0, -4), ...finished];
    expect(await workspace.run(args, { outputs: ['key.hex'], reveals: true })).toMatchObject({ code: 0 });
    const again = workspace.start(recoverArgs());
    await interrupt(again, 'SIGINT', () => partFilesIn(workspace.folder).length > 0);
    expect(existsSync(workspace.path('key.hex'))).toBe(true);
  });
});
