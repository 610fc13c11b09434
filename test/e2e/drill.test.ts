import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { EXPECTED_CODES } from '../../shared/rehearsal.ts';
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

describe('drill with a plan', () => {
  it('any m of n, several recovery keys: each key recovers the wallet', async () => {
    const args = ['--players', '4', '--needed', '3', '--recovery-keys', '2', '--key-type', 'ED25519'];
    const { code, lines } = await workspace.run(['drill', ...args, '--json']);
    expect(code).toBe(0);
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).toMatchObject({ players: 4, threshold: 2, recovered: true, addressMatches: true });
      expect(line.files).toHaveLength(2);
    }
  });

  it.each(Object.entries(EXPECTED_CODES).filter(([fault]) => fault !== 'none'))(
    '--fault %s is found, as %s',
    async (fault, expected) => {
      const { code, lines } = await workspace.run([
        'drill',
        '--fault',
        fault,
        '--key-type',
        'SECP256K1',
        '--json',
      ]);
      expect([code, lines.map((line) => line.code)]).toEqual([0, [expected]]);
    },
  );

  it.each([
    [['--players', '1'], 'from 2 to 20'],
    [['--players', '99'], 'from 2 to 20'],
    [['--players', 'three'], 'from 2 to 20'],
    [['--needed', '1'], 'from 2 to 3'],
    [['--needed', '4'], 'from 2 to 3'],
    [['--recovery-keys', '9'], 'from 1 to 4'],
    [['--fault', 'fire'], 'wrong-quorum-id'],
  ])('%j is refused before anything is made', async (args, says) => {
    const { code, stderr } = await workspace.run(['drill', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });

  it('--make-kit: a folder to rehearse on, recovered by the other commands; never made over another', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'breakglass-e2e-kit-')), 'kit');
    try {
      const made = await workspace.run(['drill', '--make-kit', folder, '--json']);
      expect(made.code).toBe(0);
      for (const keyId of readdirSync(join(folder, 'bucket'))) {
        const recovered = await workspace.run([
          ...['recover', '--json', '--recovery-kit-file', join(folder, 'bucket'), '--key-id', keyId],
          ...[
            '--private-key-file',
            join(folder, 'recovery-0.private.der'),
            '--register',
            join(folder, 'register.csv'),
          ],
        ]);
        expect([recovered.code, recovered.lines[0]?.['addressMatches']]).toEqual([0, true]);
      }
      const again = await workspace.run(['drill', '--make-kit', folder, '--json']);
      expect([again.code, again.lines[0]?.code]).toEqual([7, 'guard.output-exists']);
    } finally {
      rmSync(join(folder, '..'), { recursive: true });
    }
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
