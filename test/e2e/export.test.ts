import { readFileSync, statSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Workspace, type CliOptions, type CliRun } from '../fixtures/cli.ts';
import {
  addRecoveryKey,
  addWallet,
  hex,
  makeRecoveryKey,
  makeWallet,
  registerOf,
  type TestWallet,
} from '../fixtures/wallets.ts';

/** `recover --output-format`: every format from the command line, and the guards before it. */

const PASSWORD = 'a long passphrase';
const workspace = new Workspace();
let wallet: TestWallet;
let solana: TestWallet;
let address = '';

beforeAll(async () => {
  const key = makeRecoveryKey();
  wallet = makeWallet({ key, players: 2 });
  solana = makeWallet({ key, players: 2, keyAlgorithm: 'ED25519' });
  addWallet(workspace, wallet);
  addWallet(workspace, solana);
  addRecoveryKey(workspace, key);
  workspace.keepSecret('other', PASSWORD);
  workspace.write('password.txt', PASSWORD);
  workspace.write('short.txt', 'eleven char');
  const { lines } = await recover(wallet, []);
  address = lines[0]!.addresses!['ethereum']!;
  workspace.write('register.csv', registerOf([{ ...wallet, address }]));
});
afterAll(() => {
  workspace.remove();
});

function recover(of: TestWallet, args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  return workspace.run(
    [
      ...['recover', '--recovery-kit-file', `bucket/${of.keyId}`, '--private-key-file', 'recovery.der'],
      ...['--quorum-id', of.quorumId, '--json', ...args],
    ],
    options,
  );
}

const confirmed = (): readonly string[] => ['--confirm-address', address.slice(-6)];

describe('each format', () => {
  it.each(['pke1', 'keystore-v3', 'pkcs8-scrypt', 'pkcs8-pbkdf2', 'age'])(
    '%s, under a password',
    async (format) => {
      const file = `out.${format}`;
      const args = ['--output-file', file, '--output-format', format, '--password-file', 'password.txt'];
      const { code, lines } = await recover(wallet, [...args, ...confirmed()], { outputs: [file] });
      expect([code, lines[0]]).toMatchObject([
        0,
        { outputFile: file, outputFormat: format, recovered: true },
      ]);
      expect(statSync(workspace.path(file)).mode & 0o777).toBe(0o600);
    },
  );

  it.each(['sec1-pem', 'hex', 'base64', 'wif', 'wif-testnet', 'xprv'])('%s, in the clear', async (format) => {
    const file = `out.${format}`;
    const args = ['--output-file', file, '--output-format', format, '--i-understand-plaintext'];
    const { code, lines } = await recover(wallet, [...args, ...confirmed()], {
      outputs: [file],
      reveals: true,
    });
    expect([code, lines[0]]).toMatchObject([0, { outputFile: file, outputFormat: format }]);
    expect(JSON.stringify(lines)).not.toContain(hex(wallet.walletPrivateKey));
  });

  it.each([
    'keystore-v3',
    'pkcs8-scrypt',
    'pkcs8-pbkdf2',
    'age',
    'sec1-pem',
    'hex',
    'base64',
    'wif',
    'wif-testnet',
  ])('%s is read by print-address and decrypt', async (format) => {
    const password = ['--password-file', 'password.txt', '--json'];
    const print = await workspace.run(['print-address', '--private-key-file', `out.${format}`, ...password]);
    expect(print.lines[0]).toMatchObject({ keyAlgorithm: 'SECP256K1', addresses: { ethereum: address } });
    const decrypt = ['decrypt', '--input-file', `out.${format}`, '--show-key', ...password];
    const { lines } = await workspace.run(decrypt, { reveals: true });
    expect(lines[0]).toMatchObject({ bytes: 32, key: hex(wallet.walletPrivateKey) });
  });

  it('xprv is read by print-address, at a path below it, and by decrypt', async () => {
    const print = ['print-address', '--private-key-file', 'out.xprv', '--json'];
    const [master, child] = [await workspace.run(print), await workspace.run([...print, '--path', 'm/0'])];
    expect(master.lines[0]).toMatchObject({ path: 'm' });
    expect(master.lines[0]!.addresses!['ethereum']).not.toBe(address);
    expect(child.lines[0]).toMatchObject({ path: 'm/0', addresses: { ethereum: address } });
    const decrypt = ['decrypt', '--input-file', 'out.xprv', '--show-key', '--json'];
    expect((await workspace.run(decrypt, { reveals: true })).lines[0]).toMatchObject({
      key: hex(wallet.masterPrivateKey),
      chainCode: hex(wallet.masterChainCode),
    });
    const noPath = ['print-address', '--private-key-file', 'out.wif', '--path', 'm/0', '--json'];
    expect((await workspace.run(noPath)).lines[0]).toMatchObject({ code: 'usage.invalid' });
  });

  it('edwards-scalar says that it is no seed, and print-address reads it', async () => {
    const { lines } = await recover(solana, []);
    const { solana: own = '' } = lines[0]!.addresses!;
    const args = [
      '--output-file',
      'scalar.txt',
      '--output-format',
      'edwards-scalar',
      '--i-understand-plaintext',
    ];
    const options = { outputs: ['scalar.txt'], reveals: true };
    expect(await recover(solana, [...args, '--confirm-address', own.slice(-6)], options)).toMatchObject({
      code: 0,
    });
    expect(readFileSync(workspace.path('scalar.txt'), 'utf8')).toContain('It is not a seed');
    const print = ['print-address', '--private-key-file', 'scalar.txt', '--json'];
    for (const type of [[], ['--key-type', 'ED25519']]) {
      const { lines: printed } = await workspace.run([...print, ...type]);
      expect(printed[0]).toMatchObject({ keyAlgorithm: 'ED25519', addresses: { solana: own } });
    }
    const contradicted = await workspace.run([...print, '--key-type', 'SECP256K1']);
    expect([contradicted.code, contradicted.lines[0]!.code]).toEqual([3, 'wallet-key.other-curve']);
    const decrypt = ['decrypt', '--input-file', 'scalar.txt', '--output-file', 'again.txt', '--json'];
    await workspace.run(decrypt, { outputs: ['again.txt'], reveals: true });
    expect(readFileSync(workspace.path('again.txt'), 'utf8')).toContain('It is not a seed');
  });

  it('a register that has the address confirms it', async () => {
    const args = ['--output-file', 'by-register.hex', '--output-format', 'hex', '--i-understand-plaintext'];
    const options = { outputs: ['by-register.hex'], reveals: true };
    expect(await recover(wallet, [...args, '--register', 'register.csv'], options)).toMatchObject({
      code: 0,
    });
  });
});

describe('refused, exit code 7, and nothing is written', () => {
  it.each<readonly [string, () => readonly string[], string]>([
    ['a clear format without a word', () => ['--output-format', 'hex', ...confirmed()], 'guard.plaintext'],
    [
      'an address that nobody confirmed',
      () => ['--output-format', 'age', '--password-file', 'password.txt'],
      'guard.address-not-confirmed',
    ],
    [
      'another end of the address',
      () => ['--output-format', 'age', '--password-file', 'password.txt', '--confirm-address', 'zzzzzz'],
      'guard.address-not-confirmed',
    ],
    [
      'five characters of it',
      () => [
        '--output-format',
        'age',
        '--password-file',
        'password.txt',
        '--confirm-address',
        address.slice(-5),
      ],
      'guard.address-not-confirmed',
    ],
    [
      'another end, with the flags of the public CLI too',
      () => ['--encrypt-output=false', '--confirm-address', 'zzzzzz'],
      'guard.address-not-confirmed',
    ],
  ])('%s', async (_name, args, code) => {
    const run = await recover(wallet, ['--output-file', 'never', ...args()]);
    expect([run.code, run.lines[0]!.code]).toEqual([7, code]);
  });

  it('a wrong end of the address hides a key that was to be shown', async () => {
    const run = await recover(wallet, ['--show-key', '--confirm-address', 'zzzzzz']);
    expect([run.code, run.lines[0]!.code]).toEqual([7, 'guard.address-not-confirmed']);
    expect(run.lines[0]).not.toHaveProperty('privateKeyHex');
  });
});

describe('a wrong call', () => {
  it.each<readonly [string, readonly string[]]>([
    ['a format that nobody knows', ['--output-file', 'never', '--output-format', 'seed']],
    ['two ways to say it', ['--output-file', 'never', '--output-format', 'age', '--encrypt-output=false']],
    ['a format without a file', ['--output-format', 'age']],
    [
      'a format that is not for this curve',
      ['--output-file', 'never', '--output-format', 'edwards-scalar', '--i-understand-plaintext'],
    ],
  ])('%s: usage.invalid', async (_name, args) => {
    const run = await recover(wallet, args);
    expect([run.code, run.lines[0]!.code]).toEqual([2, 'usage.invalid']);
  });

  it('a password of eleven characters for a new file: password.too-short', async () => {
    const args = [
      '--output-file',
      'never',
      '--output-format',
      'age',
      '--password-file',
      'short.txt',
      ...confirmed(),
    ];
    const run = await recover(wallet, args);
    expect([run.code, run.lines[0]!.code]).toEqual([5, 'password.too-short']);
  });
});
