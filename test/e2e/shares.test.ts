import { createPrivateKey } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { headWords } from '../../electron/engine/words/head-words.ts';
import { Workspace, type CliRun } from '../fixtures/cli.ts';
import { makeRecoveryKey } from '../fixtures/wallets.ts';
import { hasTerminal, runAtTerminal, type TerminalStep } from '../fixtures/terminal.ts';

const PASSWORD = ' blänks at both ends  ';
const workspace = new Workspace();
const key = makeRecoveryKey();
const firstLine = ({ lines }: CliRun): Readonly<Record<string, unknown>> => ({ ...lines[0] });
const failed = (run: CliRun): readonly unknown[] => [run.code, firstLine(run)['code']];

let password: readonly string[] = [];
let file: readonly string[] = [];

const splitArgs = (...more: readonly string[]): readonly string[] => [
  ...['shares', 'split', '--needed', '3', '--of', '5', '--output-folder', 'pages', '--json', ...more],
];
const ofPassword = ['--private-key-file', 'key.pem', '--password-file', 'password.txt'];
const combine = (...more: readonly string[]): Promise<CliRun> =>
  workspace.run(['shares', 'combine', ...more, '--json']);

/** The names of pages that do not exist yet can't be known: the set's is random. */
async function splitInto(...more: readonly string[]): Promise<readonly string[]> {
  const before = new Set(workspace.snapshot().keys());
  const outputs: string[] = [];
  const run = workspace.start(splitArgs(...more), { outputs });
  await new Promise((resolve) => run.child.once('exit', resolve));
  outputs.push(...[...workspace.snapshot().keys()].filter((name) => !before.has(name)));
  const ended = await run.done;
  expect([ended.code, ended.stderr]).toEqual([0, '']);
  expect(firstLine(ended)).toMatchObject({ command: 'shares split', needed: 3, of: 5 });
  expect(firstLine(ended)['files']).toEqual(outputs);
  return outputs;
}

beforeAll(async () => {
  const privateKey = createPrivateKey({ key: Buffer.from(key.pkcs8Der), format: 'der', type: 'pkcs8' });
  const form = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSWORD } as const;
  workspace.keepSecret('other', ...key.secrets);
  // Kept of the kind that may be shown where it was asked for.
  workspace.keepSecret('wallet', PASSWORD, PASSWORD.trim());
  workspace.write('key.pem', privateKey.export(form).toString());
  workspace.write('plain.der', key.pkcs8Der);
  workspace.write('password.txt', PASSWORD);
  workspace.write('wrong.txt', 'not that password');
  workspace.write('pages/readme.txt', 'a folder');
  password = await splitInto(...ofPassword, '--custodian', 'Ada', '--custodian', 'Grace <b>');
  file = await splitInto('--input-file', 'key.pem');
});
afterAll(() => {
  workspace.remove();
});

describe('shares split', () => {
  it('writes a page for each custodian, which only the owner reads', () => {
    expect(password).toHaveLength(5);
    password.forEach((page, i) => {
      expect(page).toMatch(new RegExp(`custodian-share-.{4}-.{4}-${String(i + 1)}-of-5\\.html$`));
      expect(statSync(workspace.path(page)).mode & 0o777).toBe(0o600);
    });
    const pages = password.map((page) => readFileSync(workspace.path(page), 'utf8'));
    expect(pages[0]).toContain('Ada');
    expect(pages[1]).toContain('Grace &lt;b&gt;');
    expect(pages[0]?.replaceAll(' ', '')).toContain(key.publicKey.fingerprintHex);
    expect(pages[0]).toContain(headWords(key.publicKey.fingerprintHex).join(' '));
  });

  it.each([
    ['a password that does not open the file', [...ofPassword.slice(0, 3), 'wrong.txt'], 5, 'password.wrong'],
    [
      'a file without a password',
      ['--private-key-file', 'plain.der', '--password-file', 'password.txt'],
      2,
      'usage.invalid',
    ],
    ['nothing to split', [], 2, 'usage.invalid'],
    ['two things to split', [...ofPassword, '--input-file', 'key.pem'], 2, 'usage.invalid'],
    ['no terminal to ask at', ofPassword.slice(0, 2), 5, 'password.required'],
  ])('%s: nothing is written', async (_name, more, code, name) => {
    expect(failed(await workspace.run(splitArgs(...more)))).toEqual([code, name]);
  });

  it('numbers that can not be: nothing is written', async () => {
    const args = splitArgs(...ofPassword).map((word) => (word === '3' ? '6' : word));
    expect(failed(await workspace.run(args))).toEqual([3, 'custodian-share.counts']);
  });
});

describe('shares combine', () => {
  it('any three give the password back, byte for byte, for --password-file', async () => {
    const args = [password[4]!, password[0]!, password[2]!, '--output-file', 'again.txt', '--json'];
    const run = await workspace.run(['shares', 'combine', ...args], {
      outputs: ['again.txt'],
      reveals: true,
    });
    expect(firstLine(run)).toMatchObject({ what: 'password', shares: [5, 1, 3] });
    expect(run.stdout).not.toContain(PASSWORD.trim());
    expect(readFileSync(workspace.path('again.txt'), 'utf8')).toBe(PASSWORD);
    expect(statSync(workspace.path('again.txt')).mode & 0o777).toBe(0o600);
    const opened = await workspace.run([
      ...['validate-private-key', '--private-key-file', 'key.pem', '--password-file', 'again.txt'],
    ]);
    expect(opened.code).toBe(0);
  });

  it('shows it when asked', async () => {
    const args = ['shares', 'combine', ...password.slice(0, 3), '--show', '--json'];
    const run = await workspace.run(args, { reveals: true });
    expect(firstLine(run)['password']).toBe(PASSWORD);
  });

  it('gives a file back as it was', async () => {
    const args = ['shares', 'combine', ...file.slice(2), '--output-file', 'key-again.pem', '--json'];
    expect((await workspace.run(args, { outputs: ['key-again.pem'] })).code).toBe(0);
    expect(readFileSync(workspace.path('key-again.pem'))).toEqual(readFileSync(workspace.path('key.pem')));
    expect(failed(await combine(...file.slice(2), '--show'))).toEqual([2, 'usage.invalid']);
  });

  it('names what is wrong with the choice of shares', async () => {
    const [a, b, c] = password as [string, string, string];
    const show = '--show';
    expect(failed(await combine(a, b, show))).toEqual([3, 'custodian-share.too-few']);
    expect(failed(await combine(a, b, a, show))).toEqual([3, 'custodian-share.duplicate']);
    expect(failed(await combine(a, b, file[2]!, show))).toEqual([3, 'custodian-share.other-set']);
    expect(failed(await combine(a, b, 'password.txt', show))).toEqual([3, 'custodian-share.malformed']);
    expect(failed(await combine(a, b, c))).toEqual([2, 'usage.invalid']);
    expect(failed(await combine(a, b, c, '--output-file', 'key.pem'))).toEqual([7, 'guard.output-exists']);
  });

  it('names file, line and group of a slip', async () => {
    const lines = linesOf(password[0]!);
    const slip = (lines[1] ?? '').replace(/^(.{9})./, (all, start: string) => start + other(all.at(-1)));
    workspace.write('typed.txt', [lines[0], slip, ...lines.slice(2)].join('\n'));
    const run = await combine('typed.txt', password[1]!, password[2]!, '--show');
    expect(failed(run)).toEqual([3, 'custodian-share.mistyped']);
    expect(firstLine(run)['message']).toContain('Line 2 of the share in the file "typed.txt" is mistyped');
    expect(firstLine(run)['message']).toContain('group 2');
  });

  describe.skipIf(!hasTerminal)('typed at a terminal (python3 with its pty module)', () => {
    it('asks again for a line with a slip and for a share that was given, and shows nothing of them', async () => {
      const steps: TerminalStep[] = [];
      const typeShare = (which: number, page: string): void => {
        linesOf(page).forEach((line, i) => {
          const text =
            i === 0
              ? line
              : line
                  .toLowerCase()
                  .replace(/^\d+: /, '')
                  .replaceAll(' ', '');
          steps.push({
            expect: `Share ${String(which)}, line ${String(i + 1)} (not shown)`,
            type: `${text}\r`,
          });
        });
      };
      const [a, b, c] = password as [string, string, string];
      const first = linesOf(a)[0] ?? '';
      const slip = first.replace(/.$/, (last) => other(last));
      steps.push({ expect: 'Share 1, line 1', type: `${slip}\r` });
      steps.push({ expect: 'is mistyped' });
      typeShare(1, a);
      steps.push({ expect: '3 are needed in all' });
      typeShare(2, a);
      steps.push({ expect: 'given twice' });
      typeShare(2, b);
      typeShare(3, c);
      const args = ['shares', 'combine', '--output-file', 'typed-again.txt'];
      const options = { outputs: ['typed-again.txt'], reveals: true };
      const { code, screen } = await runAtTerminal(workspace, args, steps, options);
      expect([code, screen.includes(first.slice(4, 20))]).toEqual([0, false]);
      expect(readFileSync(workspace.path('typed-again.txt'), 'utf8')).toBe(PASSWORD);
    });
  });
});

function linesOf(page: string): readonly string[] {
  const html = readFileSync(workspace.path(page), 'utf8');
  return (/<pre class="share">([^<]*)</.exec(html)?.[1] ?? '').split('\n');
}

/** Another character that a share may have. */
function other(character: string | undefined): string {
  return character === 'Q' ? 'P' : 'Q';
}
