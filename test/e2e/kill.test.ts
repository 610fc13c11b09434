import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { partFilesIn, removePartFile } from '../../electron/files/part-file.ts';
import {
  addRecoveryKey,
  addWallet,
  BUNDLE,
  cleanEnvironment,
  hex,
  makeRecoveryKey,
  makeWallet,
  Workspace,
  type TestWallet,
} from '../fixtures/cli.ts';
import { projectRoot } from '../project-root.ts';

/** A run that is killed at any step of writing leaves under the chosen name nothing, or the whole file. */

const workspace = new Workspace();
let wallet: TestWallet;
let tmp = '';

beforeAll(() => {
  const key = makeRecoveryKey();
  wallet = makeWallet({ key, players: 2 });
  addWallet(workspace, wallet);
  addRecoveryKey(workspace, key);
  tmp = mkdtempSync(join(tmpdir(), 'breakglass-e2e-tmp-'));
});
afterAll(() => {
  workspace.remove();
  rmSync(tmp, { recursive: true });
});

/** Runs `recover`, killed right before the n-th call on its file; 0 for a run to the end. */
function recoverKilledAt(call: number): { readonly signal: string | null; readonly before: string } {
  const args = [
    ...['--import', join(projectRoot, 'test/fixtures/kill-at.mjs'), BUNDLE, 'recover'],
    ...['--recovery-kit-file', `bucket/${wallet.keyId}`, '--private-key-file', 'recovery.der'],
    ...['--quorum-id', wallet.quorumId, '--output-file', workspace.path('key.hex'), '--encrypt-output=false'],
  ];
  const { signal, stderr } = spawnSync(process.execPath, args, {
    cwd: workspace.folder,
    env: { ...cleanEnvironment(tmp), KILL_AT: String(call), KILL_OUT: workspace.path('key.hex') },
    encoding: 'utf8',
  });
  return { signal, before: /killed before (\w+)/.exec(stderr)?.[1] ?? '' };
}

it('nothing or the whole file, at every step, and what is left is found and removed', () => {
  const whole = `${hex(wallet.walletPrivateKey)}\n`;
  const steps: string[] = [];
  for (let call = 1; ; call++) {
    const { signal, before } = recoverKilledAt(call);
    const file = workspace.path('key.hex');
    if (existsSync(file)) {
      expect(readFileSync(file, 'utf8'), `killed before ${before}, call ${call}`).toBe(whole);
      rmSync(file);
    }
    const left = partFilesIn(workspace.folder);
    if (signal === null) {
      expect(left).toEqual([]);
      break;
    }
    steps.push(before);
    expect(left.length, `killed before ${before}, call ${call}`).toBe(before === 'openSync' ? 0 : 1);
    left.forEach(removePartFile);
  }
  expect(steps).toEqual(['openSync', 'writeFileSync', 'fsyncSync', 'closeSync', 'linkSync', 'unlinkSync']);
}, 60_000);
