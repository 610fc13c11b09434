import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { partFilesIn, removePartFile } from '../../electron/files/part-file.ts';
import { verifyRecord } from '../../electron/record/verify-record.ts';
import { BUNDLE, cleanEnvironment, Workspace } from '../fixtures/cli.ts';
import {
  addRecoveryKey,
  addWallet,
  hex,
  makeRecoveryKey,
  makeWallet,
  type TestWallet,
} from '../fixtures/wallets.ts';
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

/** Runs a program, killed right before its n-th call on the file `out`; 0 for a run to the end. */
function killedAt(
  call: number,
  out: string,
  args: readonly string[],
): { readonly signal: string | null; readonly before: string } {
  const killAt = join(projectRoot, 'test/fixtures/kill-at.mjs');
  const { signal, stderr } = spawnSync(process.execPath, ['--import', killAt, ...args], {
    cwd: workspace.folder,
    env: { ...cleanEnvironment(tmp), KILL_AT: String(call), KILL_OUT: out },
    encoding: 'utf8',
  });
  return { signal, before: /killed before (\w+)/.exec(stderr)?.[1] ?? '' };
}

const recoverArgs = (...more: readonly string[]): readonly string[] => [
  ...[BUNDLE, 'recover', '--recovery-kit-file', `bucket/${wallet.keyId}`],
  ...['--private-key-file', 'recovery.der', '--quorum-id', wallet.quorumId, ...more],
];

/** In this order; some runtimes open and close it once more to read it back. */
const STEPS = ['openSync', 'writeFileSync', 'fsyncSync', 'closeSync', 'linkSync', 'unlinkSync'];

const expectSound = (content: Uint8Array, where: string): void => {
  expect(verifyRecord(content), where).toMatchObject({ sound: true });
};

it.each<[string, string, readonly string[], (content: Uint8Array, where: string) => void]>([
  [
    'a key',
    'key.hex',
    ['--output-file', 'key.hex', '--encrypt-output=false'],
    (content, where) => {
      expect(new TextDecoder().decode(content), where).toBe(`${hex(wallet.walletPrivateKey)}\n`);
    },
  ],
  ['the record of a run', 'r.json', ['--record', 'r.json'], expectSound],
])(
  '%s: nothing or the whole file, at every step, and what is left is found and removed',
  (_what, name, more, expectWhole) => {
    const steps: string[] = [];
    for (let call = 1; ; call++) {
      const file = workspace.path(name);
      const { signal, before } = killedAt(call, name, recoverArgs(...more));
      const where = `killed before ${before}, call ${call}`;
      if (existsSync(file)) {
        expectWhole(readFileSync(file), where);
        rmSync(file);
      }
      const left = partFilesIn(workspace.folder);
      if (signal === null) {
        expect(left).toEqual([]);
        break;
      }
      steps.push(before);
      expect(left.length, where).toBe(call === 1 ? 0 : 1);
      left.forEach(removePartFile);
    }
    expect([...new Set(steps)]).toEqual(STEPS);
  },
  60_000,
);

it('the record that the app keeps: nothing or all of it, and the next one takes away what is left', async () => {
  await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: 'test/fixtures/keep-record.ts',
      outDir: tmp,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'keep-record.mjs', codeSplitting: false } },
    },
  });
  const steps: string[] = [];
  for (let call = 1; ; call++) {
    const folder = workspace.path(`records-${call}`);
    const file = join(folder, 'r.json');
    const args = [join(tmp, 'keep-record.mjs'), folder];
    const { signal, before } = killedAt(call, file, args);
    const where = `killed before ${before}, call ${call}`;
    if (existsSync(file)) expectSound(readFileSync(file), where);
    if (signal === null) break;
    steps.push(before);
    expect(partFilesIn(folder).length, where).toBe(call === 1 ? 0 : 1);
    expect(killedAt(0, file, args).signal).toBeNull();
    expect(readdirSync(folder), where).toEqual(['r.json']);
    expectSound(readFileSync(file), where);
  }
  expect([...new Set(steps)]).toEqual(STEPS);
}, 60_000);
