import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Workspace } from '../fixtures/cli.ts';
import {
  addRecoveryKey,
  addWallet,
  makeRecoveryKey,
  makeWallet,
  type TestWallet,
} from '../fixtures/wallets.ts';
import { hasTerminal, runAtTerminal, type TerminalRun, type TerminalStep } from '../fixtures/terminal.ts';

const PASSWORD = ' blänks at both ends  ';
const ASKED = 'Password of encrypted.pem: ';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const CTRL_U = '\u0015';
const DELETE = '\u007f';

if (!hasTerminal) {
  describe('the password prompt', () => {
    it.skip('needs python3 with its pty module, which is absent', () => undefined);
  });
}

describe.skipIf(!hasTerminal)('the password prompt', () => {
  const workspace = new Workspace();
  let wallet: TestWallet;

  beforeAll(() => {
    const key = makeRecoveryKey();
    wallet = makeWallet({ key, players: 2 });
    addWallet(workspace, wallet);
    addRecoveryKey(workspace, key);
    const privateKey = createPrivateKey({ key: Buffer.from(key.pkcs8Der), format: 'der', type: 'pkcs8' });
    const passphrase = Buffer.from(PASSWORD);
    const form = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase } as const;
    workspace.write('encrypted.pem', privateKey.export(form).toString());
    workspace.keepSecret('other', PASSWORD, PASSWORD.trim(), 'blänks', 'both ends', 'wrong-word');
  });
  afterAll(() => {
    workspace.remove();
  });

  const validate = (...steps: readonly TerminalStep[]): Promise<TerminalRun> =>
    runAtTerminal(workspace, ['validate-private-key', '--private-key-file', 'encrypted.pem'], steps);

  const answer = (type: string): Promise<TerminalRun> => validate({ expect: ASKED, type });

  it('takes the password as it is typed and shows nothing of it', async () => {
    const { code, screen } = await answer(`${PASSWORD}\r`);
    expect(code).toBe(0);
    expect(screen).toContain('The key is whole.');
    expect(screen).toContain(`${ASKED}\r\n`);
  });

  it('typing can be corrected: a character of two bytes taken back, the line begun anew', async () => {
    expect((await answer(`wrong-word${CTRL_U}${PASSWORD}äx${DELETE}${DELETE}\r`)).code).toBe(0);
  });

  it('a wrong password: exit code 5', async () => {
    const { code, screen } = await answer('wrong-word\r');
    expect(code).toBe(5);
    expect(screen).toContain('encrypted.pem');
  });

  it.each([
    ['Ctrl-C', `wrong-word${CTRL_C}`],
    ['Ctrl-D', CTRL_D],
  ])('%s ends the process', async (_name, typed) => {
    const { code, screen } = await answer(typed);
    expect(code).not.toBe(0);
    expect(screen).not.toMatch(/ {4}at |is whole/);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('%s ends the process too, exit code %i', async (signal, exitCode) => {
    const { code } = await validate({ expect: ASKED, type: 'wrong-word', signal });
    expect(code).toBe(exitCode);
  });

  it('is not shown where the key needs no password', async () => {
    const args = ['validate-private-key', '--private-key-file', 'recovery.der'];
    const { code, screen } = await runAtTerminal(workspace, args, []);
    expect(code).toBe(0);
    expect(screen).not.toContain('Password');
  });

  describe('for a new file', () => {
    const FIRST = 'New password for the key file: ';
    const SECOND = 'The same again: ';
    const recover = (outputs: readonly string[], ...steps: readonly TerminalStep[]): Promise<TerminalRun> => {
      const kit = ['--recovery-kit-file', `bucket/${wallet.keyId}`, '--private-key-file', 'recovery.der'];
      const args = [...kit, '--quorum-id', wallet.quorumId, '--output-file', 'key.pke1'];
      return runAtTerminal(workspace, ['recover', ...args], steps, { outputs });
    };

    it('asks twice; two that differ write nothing', async () => {
      const differ = [
        { expect: FIRST, type: `${PASSWORD}\r` },
        { expect: SECOND, type: 'wrong-word\r' },
      ];
      const { code, screen } = await recover([], ...differ);
      expect(code).toBe(5);
      expect(screen).toContain('differ');
    });

    it('Ctrl-C at either question writes nothing', async () => {
      expect((await recover([], { expect: FIRST, type: CTRL_C })).code).not.toBe(0);
      const second = [
        { expect: FIRST, type: `${PASSWORD}\r` },
        { expect: SECOND, type: `wrong-word${CTRL_C}` },
      ];
      expect((await recover([], ...second)).code).not.toBe(0);
    });

    it('two that are the same write the file', async () => {
      const { code, screen } = await recover(
        ['key.pke1'],
        { expect: FIRST, type: `${PASSWORD}\r` },
        { expect: SECOND, type: `${PASSWORD}\r` },
      );
      expect(code).toBe(0);
      expect(screen).toContain('key.pke1');
      expect(readFileSync(workspace.path('key.pke1'))).toHaveLength(80);
    });
  });
});
