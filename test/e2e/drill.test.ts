import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { BUNDLE, checksOf, cleanEnvironment, ended, Workspace, type CliRun } from '../fixtures/cli.ts';

const workspace = new Workspace();
afterAll(() => {
  workspace.remove();
});

// At the same time, since each waits for its RSA key most of the time; none makes a file in the workspace.
describe.concurrent('drill', () => {
  it('--json: one wallet of each algorithm, valid, recovered, matching, with no key shown', async () => {
    const { code, lines, stderr } = await workspace.run(['drill', '--json']);
    expect([code, stderr]).toEqual([0, '']);
    expect(lines.map(({ keyAlgorithm }) => keyAlgorithm)).toEqual(['SECP256K1', 'ED25519']);
    for (const line of lines) {
      expect(line).toMatchObject({
        command: 'drill',
        players: 3,
        threshold: 1,
        sharing: 'shamir',
        ersVersion: '3',
        verdict: 'valid',
        code: null,
        recovered: true,
        addressMatches: true,
        warnings: [],
      });
      expect(checksOf(line)).toHaveLength(19);
      expect(checksOf(line).every((check) => check.endsWith(':passed'))).toBe(true);
      expect(Object.values(line.addresses!)).toContain(line['expectedAddress']);
      expect(Object.keys(line).some((name) => /private|chaincode/i.test(name))).toBe(false);
      for (const file of line.files!) expect(existsSync(file)).toBe(false);
    }
    expect(new Set(lines.map(({ keyId }) => keyId)).size).toBe(2);
  });

  it('in words: the addresses, that they match, and how it went', async () => {
    const { code, stdout, stderr } = await workspace.run(['drill']);
    expect(code).toBe(0);
    expect(stdout.match(/ matches$/gm)).toHaveLength(2);
    expect(stdout.match(/^ {2}expected {4}\S+ matches$/gm)).toHaveLength(2);
    expect(stdout).not.toContain('register');
    expect(stdout).toMatch(/Ethereum[^\n]* 0x[0-9a-fA-F]{40}$/m);
    expect(stdout).toContain('Solana');
    expect(stderr).toBe('The drill went well. The sandbox wallets were removed.\n');
  });

  it('a folder for temporary files that is not there is told as that', async () => {
    const env = { TMPDIR: workspace.path('absent') };
    const { code, lines } = await workspace.run(['drill', '--json'], { env });
    expect([code, lines[0]?.code]).toEqual([3, 'file.write-failed']);
    expect(lines[0]?.message).toContain('absent');
  });
});

/** Runs with a standard output of the test's own choice, and finds nothing left among the temporary files. */
async function runInto(
  args: readonly string[],
  stdout: 'pipe' | number,
  read: (stdout: ChildProcess['stdout']) => void = () => undefined,
): Promise<Omit<CliRun, 'lines'>> {
  const tmp = mkdtempSync(join(tmpdir(), 'breakglass-e2e-tmp-'));
  const options = { env: cleanEnvironment(tmp), cwd: workspace.folder };
  const child = spawn(process.execPath, [BUNDLE, ...args], { ...options, stdio: ['ignore', stdout, 'pipe'] });
  read(child.stdout);
  const run = await ended(child);
  expect(run.stderr).not.toMatch(/ {4}at |EPIPE|Error:/);
  expect(readdirSync(tmp)).toEqual([]);
  rmSync(tmp, { recursive: true });
  return run;
}

describe.concurrent('standard output that ends early', () => {
  it.each([[['drill', '--json']], [['verify', 'absent', '--json']], [['--help']]])(
    '%j into a closed pipe: no stack trace, nothing left',
    async (args) => {
      const { stderr } = await runInto(args, 'pipe', (stdout) => stdout?.destroy());
      expect(stderr).toBe('');
    },
  );

  it('the first line is read and no more, as head -1 does', async () => {
    const { stderr } = await runInto(['drill', '--json'], 'pipe', (stdout) => {
      stdout?.once('data', () => stdout.destroy());
    });
    expect(stderr).toBe('');
  });

  it.skipIf(!existsSync('/dev/full'))('a full disk: one line and exit code 3 (/dev/full)', async () => {
    const full = openSync('/dev/full', 'w');
    const { code, stderr } = await runInto(['drill'], full);
    closeSync(full);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^breakglass: [^\n]*disk is full[^\n]*\n$/);
  });
});
