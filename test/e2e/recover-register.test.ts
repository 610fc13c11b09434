import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Workspace, type CliLine, type CliOptions, type CliRun } from '../fixtures/cli.ts';
import {
  addRecoveryKey,
  addWallet,
  hex,
  makeRecoveryKey,
  makeWallet,
  openKit,
  packKit,
  registerOf,
  type TestWallet,
} from '../fixtures/wallets.ts';

const workspace = new Workspace();
let keyFile: string;
let wallet: TestWallet;
let solana: TestWallet;
let folder: string;

beforeAll(() => {
  const key = makeRecoveryKey();
  keyFile = addRecoveryKey(workspace, key);
  wallet = makeWallet({ key });
  solana = makeWallet({ key, keyAlgorithm: 'ED25519', players: 2 });
  folder = addWallet(workspace, wallet);
  addWallet(workspace, solana);
  workspace.write('unlisted.csv', registerOf([solana]));
  workspace.write('no-address.csv', registerOf([wallet, solana]));
});
afterAll(() => {
  workspace.remove();
});

const idsOf = ({ quorumId, keyId }: TestWallet): readonly string[] => [
  ...['--quorum-id', quorumId],
  ...['--key-id', keyId],
];

const recoverArgs = (of: TestWallet, ...args: readonly string[]): readonly string[] => [
  'recover',
  ...['--recovery-kit-file', `bucket/${of.keyId}`],
  ...['--private-key-file', keyFile],
  ...idsOf(of),
  ...args,
];

function recover(of: TestWallet, args: readonly string[] = [], options: CliOptions = {}): Promise<CliRun> {
  return workspace.run([...recoverArgs(of, ...args), '--json'], options);
}

const keyFields = ['privateKeyHex', 'masterPrivateKeyHex', 'masterChainCodeHex', 'outputFile'];

function expectNoKey(line: CliLine | undefined): void {
  for (const field of keyFields) expect(line).not.toHaveProperty(field);
}

describe('a register that does not list the wallet', () => {
  const unlisted = ['--register', 'unlisted.csv'];

  it.each([
    ['and nothing more', []],
    ['with --show-key', ['--show-key']],
    ['with --output-file', ['--output-file', 'refused.hex', '--encrypt-output=false']],
  ])('%s: register.not-listed, exit code 6', async (_name, args) => {
    const { code, lines } = await recover(wallet, [...unlisted, ...args]);
    expect([code, lines[0]?.code, lines[0]?.recovered]).toEqual([6, 'register.not-listed', false]);
    expect(lines[0]?.message).toContain(wallet.keyId);
    expectNoKey(lines[0]);
    expect(lines[0]).not.toHaveProperty('addresses');
  });

  it('is said before any key is opened', async () => {
    const args = recoverArgs(wallet, ...unlisted, '--json').map((arg) => (arg === keyFile ? 'absent' : arg));
    const { code, lines } = await workspace.run(args);
    expect([code, lines[0]?.code]).toEqual([6, 'register.not-listed']);
  });

  it('is said before the quorum id that is missing, and where the key id is not known', async () => {
    const start = ['recover', '--private-key-file', keyFile, ...unlisted, '--json', '--recovery-kit-file'];
    const quorum = await workspace.run([...start, folder]);
    expect([quorum.code, quorum.lines[0]?.code]).toEqual([6, 'register.not-listed']);
    const kit = workspace.write('unlisted-kit.txt', wallet.file);
    const keyId = await workspace.run([...start, kit, '--quorum-id', wallet.quorumId]);
    expect([keyId.code, keyId.lines[0]?.code, keyId.lines[0]?.recovered]).toEqual([
      6,
      'register.not-listed',
      false,
    ]);
  });
});

describe('a register without the address of the wallet', () => {
  const register = ['--register', 'no-address.csv'];

  it('goes on, and says that nothing was compared', async () => {
    const { code, lines } = await recover(wallet, register);
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({ recovered: true, expectedAddress: null, addressMatches: null });
    expect(lines[0]?.warnings?.map((warning) => warning.code)).toEqual(['register.no-address']);
    const words = await workspace.run(recoverArgs(wallet, ...register));
    expect(words.stdout).toMatch(/Warning: .*no address/);
    expect(words.stdout).not.toMatch(/matches$/im);
  });

  it('the key is given out, with the warning', async () => {
    const { code, lines } = await recover(wallet, [...register, '--show-key'], { reveals: true });
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({ privateKeyHex: hex(wallet.walletPrivateKey) });
    expect(lines[0]?.warnings?.map((warning) => warning.code)).toEqual(['register.no-address']);
  });
});

describe('what fails before there is a wallet has the fields of a wallet', () => {
  const ids = (): object => ({ keyId: wallet.keyId, quorumId: wallet.quorumId, recovered: false });

  it('half a shard, and a kit of another protocol', async () => {
    const { kit, parts } = openKit(wallet.file);
    for (const [name, content, code] of [
      ['half.txt', wallet.file.subarray(0, 9000), 'kit.truncated'],
      ['pdkls.txt', packKit({ kit: { ...kit, mpcAlgorithm: 'pdkls23' }, parts }), 'kit.pdkls23'],
    ] as const) {
      workspace.write(name, content);
      const args = ['--recovery-kit-file', name, '--private-key-file', keyFile, ...idsOf(wallet), '--json'];
      const { lines } = await workspace.run(['recover', ...args]);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatchObject({ ...ids(), command: 'recover', files: [name], code, checks: [] });
      const [, ...verifyArgs] = args.filter((arg) => !['--private-key-file', keyFile].includes(arg));
      const verified = await workspace.run(['verify', ...verifyArgs]);
      expect(verified.lines).toHaveLength(1);
      expect(verified.lines[0]).toMatchObject({
        ...{ keyId: wallet.keyId, quorumId: wallet.quorumId },
        ...{ command: 'verify', files: [name], code },
      });
    }
  });

  it('no kit of this key id', async () => {
    const args = ['--recovery-kit-file', `bucket/${solana.keyId}`, '--private-key-file', keyFile];
    workspace.write('nothing/readme.txt', 'nothing here');
    const nothing = args.with(1, 'nothing');
    const { code, lines } = await workspace.run(['recover', ...nothing, ...idsOf(wallet), '--json']);
    expect([code, lines[0]?.code]).toEqual([2, 'key-id.not-found']);
    expect(lines[0]).toMatchObject({ ...ids(), files: [] });
    const verified = await workspace.run(['verify', 'nothing', ...idsOf(wallet), '--json']);
    expect([verified.code, verified.lines[0]?.code]).toEqual([2, 'key-id.not-found']);
    expect(verified.lines[0]).toMatchObject({ keyId: wallet.keyId, quorumId: wallet.quorumId });
  });

  it('an output file that exists', async () => {
    workspace.write('exists.txt', 'mine');
    const { code, lines } = await recover(wallet, ['--output-file', 'exists.txt']);
    expect([code, lines[0]?.code]).toEqual([7, 'guard.output-exists']);
    expect(lines[0]).toMatchObject({ ...ids(), files: [`bucket/${wallet.keyId}/recovery_shard-0.txt`] });
  });
});
