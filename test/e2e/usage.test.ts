import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Workspace, type CliRun } from '../fixtures/cli.ts';

const KEY_ID = '11111111-2222-4333-8444-555555555555';
const OTHER_ID = '99999999-2222-4333-8444-555555555555';
/** Every option of `recover` that has to be there. */
const RECOVER = ['recover', '--recovery-kit-file', 'kit.txt', '--private-key-file', 'key.der'];

// At the same time: no call gets as far as to make a file.
describe.concurrent('wrong calls', () => {
  let workspace: Workspace;
  beforeAll(() => {
    workspace = new Workspace();
  });
  afterAll(() => {
    workspace.remove();
  });

  const faultOf = async (args: readonly string[]): Promise<CliRun> => {
    const run = await workspace.run([...args, '--json']);
    expect(run.code).toBe(2);
    expect(run.lines).toHaveLength(1);
    return run;
  };

  it.each([
    ['an unknown option', ['inspect', 'x', '--frobnicate'], '--frobnicate is not known'],
    ['an option of another command', ['inspect', 'x', '--quorum-id', KEY_ID], '--quorum-id is not known'],
    ['an option called like a property', ['inspect', 'x', '--constructor'], '--constructor is not known'],
    ['a value for a switch', [...RECOVER, '--show-key=true'], '--show-key takes no value'],
    ['a doubled option', [...RECOVER, '--key-id', KEY_ID, '--key-id', KEY_ID], '--key-id is given twice'],
    ['a doubled switch', [...RECOVER, '--show-key', '--show-key'], '--show-key is given twice'],
    ['an unknown choice', [...RECOVER, '--encrypt-output=maybe', '--output-file', 'x'], 'true, false'],
    ['two sources of a password', [...RECOVER, '--password-stdin', '--password-file', 'x'], '--password'],
    ['two labels', [...RECOVER, '--no-label', '--label-text', 'x'], 'beside another label'],
    ['a label and a quorum id', [...RECOVER, '--no-label', '--quorum-id', KEY_ID], 'beside another label'],
    ['no kit', ['recover', '--private-key-file', 'key.der'], '--recovery-kit-file is missing'],
    ['no private key', ['recover', '--recovery-kit-file', 'kit.txt'], '--private-key-file is missing'],
    ['nothing to inspect', ['inspect'], 'No file or folder'],
    ['nothing to verify', ['verify'], 'No file or folder'],
    ['nothing to decrypt', ['decrypt'], '--input-file is missing'],
    ['nowhere to decrypt to', ['decrypt', '--input-file', 'x'], '--output-file is missing'],
    ['no key to print', ['print-address'], '--private-key-file is missing'],
    ['no key to validate', ['validate-private-key'], '--private-key-file is missing'],
    ['no file for a new key', ['generate-recovery-keypair'], '--private-key-file is missing'],
    ['an unknown command', ['recoover'], 'command'],
    ['no command before an option', ['--frobnicate'], 'command'],
  ])('%s: usage.invalid', async (_name, args, words) => {
    const { lines } = await faultOf(args);
    expect(lines[0]).toMatchObject({ verdict: 'error', code: 'usage.invalid', keyId: null, checks: [] });
    expect(lines[0]?.message).toContain(words);
  });

  it.each([
    ['at the end', ['verify', 'kit.txt', '--json', '--key-id'], '--key-id needs a value'],
    ['before a switch', [...RECOVER, '--output-file', '--show-key', '--json'], '--output-file needs a value'],
    ['before an option', ['verify', 'x', '--json', '--quorum-id', '--key-id'], '--quorum-id needs a value'],
  ])('an option without its value, %s', async (_name, args, words) => {
    const { code, lines } = await workspace.run(args);
    expect([code, lines[0]?.code]).toEqual([2, 'usage.invalid']);
    expect(lines[0]?.message).toContain(words);
  });

  it.each([
    ['a quorum id', ['verify', 'kit.txt', '--quorum-id', KEY_ID.slice(1)], 'id.malformed'],
    ['a key id', ['verify', 'kit.txt', '--key-id', `${KEY_ID}0`], 'id.malformed'],
    ['a label in hex', ['verify', 'kit.txt', '--label-hex', 'abc'], 'label.malformed'],
    ['a label in base64', ['verify', 'kit.txt', '--label-base64', 'a*=='], 'label.malformed'],
  ])('%s that is none', async (_name, args, code) => {
    const { lines } = await faultOf(args);
    expect(lines[0]?.code).toBe(code);
  });

  it('an argument that is nothing is not repeated, since it may be a password', async () => {
    workspace.keepSecret('other', 'hunter2-hunter2');
    for (const args of [
      ['drill', 'hunter2-'],
      ['hunter2-'],
      [...RECOVER, 'hunter2-'],
      ['drill', '--password=hunter2-'],
    ]) {
      for (const json of [[], ['--json']]) {
        const { code, stdout, stderr } = await workspace.run([...args, ...json]);
        expect(code).toBe(2);
        expect(`${stdout}${stderr}`).not.toContain('hunter2');
      }
    }
  });

  it('without --json a fault is one line on standard error, and nothing stands on standard output', async () => {
    const { code, stdout, stderr } = await workspace.run(['recover', '--frobnicate']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^breakglass: [^\n]+ --frobnicate [^\n]+\n$/);
  });

  it('a path that no MPC wallet has is told before any file is read', async () => {
    for (const path of ["44'/60", '44h/60', '44/x', '2147483648', '44//60', '-1']) {
      const { code, lines } = await workspace.run([...RECOVER, '--no-label', `--path=${path}`, '--json']);
      expect([code, lines[0]?.code], path).toEqual([2, 'path.malformed']);
    }
  });

  it('help and version: exit code 0', async () => {
    const help = await workspace.run(['--help']);
    expect(help.code).toBe(0);
    for (const command of ['inspect', 'verify', 'recover', 'print-address', 'decrypt', 'drill'])
      expect(help.stdout).toContain(`  ${command}`);
    for (const command of ['generate-recovery-keypair', 'validate-private-key']) {
      const { code, stdout, stderr } = await workspace.run([command, '--help']);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain(`Usage: breakglass ${command}`);
    }
    expect(await workspace.run(['--version'])).toMatchObject({ code: 0, stdout: '0.1.0\n', stderr: '' });
    expect(await workspace.run([])).toMatchObject({ code: 2, stdout: help.stdout, stderr: '' });
  });

  it('an id in capitals and with blanks around it is the same id', async () => {
    const args = ['verify', 'absent.txt', '--key-id', ` ${OTHER_ID.toUpperCase()} `, '--json'];
    const { code, lines } = await workspace.run(args);
    expect([code, lines[0]?.code]).toEqual([3, 'file.not-found']);
  });
});
