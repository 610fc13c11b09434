import { readFileSync, rmSync, statSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { checksOf, Workspace, type CliLine, type CliOptions, type CliRun } from '../fixtures/cli.ts';
import {
  addRecoveryKey,
  addWallet,
  changePart,
  flipByte,
  hex,
  makeRecoveryKey,
  makeWallet,
  openKit,
  packKit,
  registerOf,
  type RecoveryKey,
  type TestWallet,
} from '../fixtures/wallets.ts';

const PASSWORD = ' a passphrase of the test, ünïcode too ';

const workspace = new Workspace();
let key: RecoveryKey;
let keyFile: string;
let wallet: TestWallet;
let solana: TestWallet;
let folder: string;
let ethereum: string;

beforeAll(async () => {
  key = makeRecoveryKey();
  keyFile = addRecoveryKey(workspace, key);
  wallet = makeWallet({ key });
  solana = makeWallet({ key, keyAlgorithm: 'ED25519', players: 2 });
  folder = addWallet(workspace, wallet);
  addWallet(workspace, solana);
  workspace.keepSecret('other', PASSWORD, PASSWORD.trim());
  workspace.write('password.txt', PASSWORD);
  const { lines } = await recover(wallet);
  ethereum = lines[0]!.addresses!['ethereum']!;
  workspace.write('register.csv', registerOf([{ ...wallet, address: ethereum }, solana]));
  const other = (await recover(solana)).lines[0]!.addresses!['solana']!;
  workspace.write('wrong.csv', registerOf([{ ...wallet, address: other }, solana]));
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

/** What `recover` says of a kit file of the wallet, by itself. */
async function recoverFile(file: Uint8Array, ...args: readonly string[]): Promise<CliRun> {
  const kit = workspace.write('some-kit.txt', file);
  const ids = args.includes('--quorum-id') ? [] : idsOf(wallet);
  const given = ['--recovery-kit-file', kit, ...ids, ...args];
  return workspace.run(['recover', ...given, '--private-key-file', keyFile, '--json']);
}

const keyFields = ['privateKeyHex', 'masterPrivateKeyHex', 'masterChainCodeHex', 'outputFile'];

function expectNoKey(line: CliLine | undefined): void {
  for (const field of keyFields) expect(line).not.toHaveProperty(field);
}

describe('recover', () => {
  it('shows addresses and no key', async () => {
    const { code, lines } = await recover(wallet);
    expect([code, lines.length]).toEqual([0, 1]);
    expect(lines[0]).toMatchObject({
      command: 'recover',
      keyId: wallet.keyId,
      quorumId: wallet.quorumId,
      keyAlgorithm: 'SECP256K1',
      verdict: 'valid',
      code: null,
      recovered: true,
      walletPublicKeyHex: wallet.walletPublicKeyHex,
      path: 'm/0',
      warnings: [],
    });
    expectNoKey(lines[0]);
    expect(lines[0]).not.toHaveProperty('expectedAddress');
    expect(checksOf(lines[0]).filter((check) => !check.endsWith(':passed'))).toEqual([]);
    expect(Object.keys(lines[0]!.addresses!)).toEqual(
      expect.arrayContaining(['ethereum', 'xrp', 'bitcoinMainnet', 'bitcoinTestnet', 'tron', 'cosmos']),
    );
  });

  it('in words: addresses and no key either', async () => {
    const { code, stdout, stderr } = await workspace.run(recoverArgs(wallet));
    // What the machine that runs this is warned of, its network and its swap.
    const told = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('Warning: '));
    expect([code, told]).toEqual([0, []]);
    expect(stdout).toContain(ethereum);
    expect(stdout).toContain(wallet.walletPublicKeyHex);
    expect(stdout).toMatch(/VALID/);
    expect(stdout).not.toMatch(/private key|master key {2}/i);
  });

  it('--show-key prints the keys that the wallet was made of', async () => {
    const { code, lines } = await recover(wallet, ['--show-key'], { reveals: true });
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({
      privateKeyHex: hex(wallet.walletPrivateKey),
      masterPrivateKeyHex: hex(wallet.masterPrivateKey),
      masterChainCodeHex: hex(wallet.masterChainCode),
    });
    const shown = await workspace.run(recoverArgs(wallet, '--show-key'), { reveals: true });
    expect(shown.stdout).toContain(hex(wallet.walletPrivateKey));
  });

  it('an Ed25519 wallet has the master key as its own', async () => {
    const { code, lines } = await recover(solana, ['--show-key'], { reveals: true });
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({
      keyAlgorithm: 'ED25519',
      path: 'm',
      privateKeyHex: hex(solana.masterPrivateKey),
      masterPrivateKeyHex: hex(solana.masterPrivateKey),
    });
    expect(Object.keys(lines[0]!.addresses!)).toEqual(
      expect.arrayContaining(['solana', 'xrp', 'stellar', 'algorand', 'aptos', 'sui', 'near', 'polkadot']),
    );
  });

  it('--register gives the quorum id and compares the address', async () => {
    const kit = ['--recovery-kit-file', folder, '--private-key-file', keyFile];
    const { code, lines } = await workspace.run(['recover', ...kit, '--register', 'register.csv', '--json']);
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({ expectedAddress: ethereum, addressMatches: true, recovered: true });
  });

  it('--key-id picks the wallet out of the bucket; without it the choice is ambiguous', async () => {
    const bucket = ['recover', '--recovery-kit-file', 'bucket', '--private-key-file', keyFile, '--json'];
    const picked = await workspace.run([...bucket, ...idsOf(solana)]);
    expect([picked.code, picked.lines[0]?.keyId]).toEqual([0, solana.keyId]);
    const open = await workspace.run([...bucket, '--register', 'register.csv']);
    expect([open.code, open.lines[0]?.code]).toEqual([2, 'key-id.ambiguous']);
  });

  it('players spread over files that are named one by one', async () => {
    const { kit, parts } = openKit(wallet.file);
    const files = [2, 0].map((player) =>
      workspace.write(`player-${player}.txt`, packKit({ kit, parts: [parts[player]!] })),
    );
    const kits = files.flatMap((file) => ['--recovery-kit-file', file]);
    const rest = ['--private-key-file', keyFile, ...idsOf(wallet), '--json'];
    const { code, lines } = await workspace.run(['recover', ...kits, ...rest]);
    expect([code, lines[0]?.verdict, lines[0]?.walletPublicKeyHex]).toEqual([
      0,
      'valid',
      wallet.walletPublicKeyHex,
    ]);
    const alone = await workspace.run(['recover', ...kits.slice(0, 2), ...rest]);
    expect([alone.code, alone.lines[0]?.code]).toEqual([4, 'proof.player-set']);
    expect(alone.lines[0]?.recovered).toBe(false);
  });

  it('a kit that does not state its algorithm: SECP256K1 unless --key-type says otherwise', async () => {
    const unstated = (of: TestWallet): Uint8Array => {
      const { kit, parts } = openKit(of.file);
      return packKit({ kit: { ...kit, keyAlgorithm: undefined }, parts });
    };
    expect((await recoverFile(unstated(wallet))).code).toBe(0);
    const refused = await recoverFile(unstated(solana), ...idsOf(solana));
    expect([refused.code, refused.lines[0]?.code]).toEqual([3, 'kit.key-algorithm-mismatch']);
    expect(refused.lines[0]?.message).toContain('--key-type ED25519');
    const said = await recoverFile(unstated(solana), ...idsOf(solana), '--key-type', 'ED25519');
    expect([said.code, said.lines[0]?.walletPublicKeyHex]).toEqual([0, solana.walletPublicKeyHex]);
  });

  it('a folder that was renamed after another wallet: recovered by --key-id, with a warning', async () => {
    workspace.write(`renamed/${solana.keyId}/recovery_shard-0.txt`, wallet.file);
    const kit = ['--recovery-kit-file', `renamed/${solana.keyId}`, '--private-key-file', keyFile];
    const { code, lines } = await workspace.run(['recover', ...kit, ...idsOf(wallet), '--json']);
    expect([code, lines[0]?.keyId]).toEqual([0, wallet.keyId]);
    expect(lines[0]?.warnings?.map((warning) => warning.code)).toEqual(['key-id.folder-differs']);
  });

  it('a kit that states another wallet key is recovered with a warning that names both', async () => {
    const { kit, parts } = openKit(wallet.file);
    const field = 'walletPublicKeyBase64';
    const stated = openKit(makeWallet({ key }).file).kit[field];
    const { code, lines } = await recoverFile(packKit({ kit: { ...kit, [field]: stated }, parts }));
    expect(code).toBe(0);
    const [warning] = lines[0]?.warnings ?? [];
    expect(warning?.code).toBe('wallet-key.mismatch');
    expect(warning?.details['derived']).toBe(wallet.walletPublicKeyHex);
    expect(warning?.details['stated']).toMatch(/^0[23][0-9a-f]{64}$/);
  });

  it('a backup whose proof does not hold is not decrypted', async () => {
    const bad = changePart(wallet.file, 1, ({ vs }) => ({ vs: vs.with(0, flipByte(vs[0]!)) }));
    const { code, lines } = await recoverFile(bad, '--show-key');
    expect(code).toBe(4);
    expect(lines[0]).toMatchObject({ verdict: 'invalid', recovered: false });
    expect(checksOf(lines[0])).toContain('1:values:failed');
    expectNoKey(lines[0]);
    expect(lines[0]).not.toHaveProperty('addresses');
  });
});

describe('what does not fit ends with 5', () => {
  const other = '00000000-1111-4222-8333-444444444444';

  it('a wrong quorum id or key id: label.mismatch, naming both', async () => {
    for (const [quorumId, keyId] of [
      [other, wallet.keyId],
      [wallet.quorumId, other],
    ] as const) {
      const { code, lines } = await recoverFile(
        wallet.file,
        ...['--quorum-id', quorumId, '--key-id', keyId, '--show-key'],
      );
      expect([code, lines[0]?.code, lines[0]?.recovered]).toEqual([5, 'label.mismatch', false]);
      expect(lines[0]?.message).toContain(quorumId);
      expect(lines[0]?.message).toContain(keyId);
      expectNoKey(lines[0]);
    }
  });

  it("another wallet's RSA key: rsa-key.mismatch with both fingerprints", async () => {
    const stranger = makeRecoveryKey();
    const file = addRecoveryKey(workspace, stranger, 'stranger.der');
    const args = ['--recovery-kit-file', folder, '--private-key-file', file, ...idsOf(wallet)];
    const { code, lines } = await workspace.run(['recover', ...args, '--json']);
    expect([code, lines[0]?.code, lines[0]?.recovered]).toEqual([5, 'rsa-key.mismatch', false]);
    expect(lines[0]?.message).toContain(stranger.publicKey.fingerprintHex.slice(0, 16));
    expect(lines[0]?.message).toContain(key.publicKey.fingerprintHex.slice(0, 16));
  });

  it('no quorum id at all is a wrong call, and so is no key id', async () => {
    const kit = workspace.write('some-kit.txt', wallet.file);
    const recoverKit = ['recover', '--private-key-file', keyFile, '--json', '--recovery-kit-file'];
    const quorum = await workspace.run([...recoverKit, folder]);
    expect([quorum.code, quorum.lines[0]?.code]).toEqual([2, 'quorum-id.missing']);
    const keyId = await workspace.run([...recoverKit, kit, '--quorum-id', wallet.quorumId]);
    expect([keyId.code, keyId.lines[0]?.code]).toEqual([2, 'key-id.missing']);
  });
});

describe('an address that is not the expected one', () => {
  const register = ['--register', 'wrong.csv'];

  it('is a failed verification, exit code 4', async () => {
    const { code, lines } = await recover(wallet, register);
    expect([code, lines[0]?.code]).toEqual([4, 'address.mismatch']);
    expect(lines[0]).toMatchObject({ recovered: true, addressMatches: false });
    expect(lines[0]?.addresses?.['ethereum']).toBe(ethereum);
    expectNoKey(lines[0]);
  });

  it.each([
    ['--show-key', ['--show-key']],
    ['--output-file', ['--output-file', 'refused.pke1', '--password-file', 'password.txt']],
    ['--output-file in the clear', ['--output-file', 'refused.hex', '--encrypt-output=false']],
  ])('%s is refused by a guard, exit code 7: no key is shown or written', async (_name, args) => {
    const { code, lines } = await recover(wallet, [...register, ...args]);
    expect([code, lines[0]?.code]).toEqual([7, 'guard.address-mismatch']);
    expect(lines[0]).toMatchObject({ recovered: true, addressMatches: false });
    expectNoKey(lines[0]);
    const inWords = await workspace.run(recoverArgs(wallet, ...register, ...args));
    expect(inWords.code).toBe(7);
    expect(inWords.stdout).toContain('DOES NOT MATCH');
  });
});

describe('--output-file', () => {
  it('is PKE1 by default: 80 bytes, mode 0600, decrypts to the key', async () => {
    const password = ['--password-file', 'password.txt'];
    const outputs = ['key.pke1'];
    const { code, lines } = await recover(wallet, ['--output-file', 'key.pke1', ...password], { outputs });
    expect([code, lines[0]?.['outputFile']]).toEqual([0, 'key.pke1']);
    expect(lines[0]).not.toHaveProperty('privateKeyHex');
    expect(statSync(workspace.path('key.pke1')).mode & 0o777).toBe(0o600);
    const content = readFileSync(workspace.path('key.pke1'));
    expect([content.length, content.toString('latin1', 0, 4)]).toEqual([80, 'PKE1']);
    const decrypt = ['decrypt', '--input-file', 'key.pke1', '--show-key', ...password, '--json'];
    const opened = await workspace.run(decrypt, { reveals: true });
    expect([opened.code, opened.lines[0]?.['key']]).toEqual([0, hex(wallet.walletPrivateKey)]);
    const print = ['print-address', '--private-key-file', 'key.pke1', ...password, '--json'];
    expect((await workspace.run(print)).lines[0]?.addresses?.['ethereum']).toBe(ethereum);
  });

  it('--encrypt-output by itself and with true mean encryption, which wants a good password', async () => {
    const short = workspace.write('short.txt', 'seven77');
    for (const encrypt of [['--encrypt-output'], ['--encrypt-output', 'true'], ['--encrypt-output=true']]) {
      const wanted = ['--output-file', 'never.pke1', ...encrypt, '--password-file', short];
      const { code, lines } = await recover(wallet, wanted);
      expect([code, lines[0]?.code]).toEqual([5, 'password.too-short']);
      expectNoKey(lines[0]);
    }
  });

  it.each([['--encrypt-output=false'], ['--encrypt-output', 'false'], ['--encrypt-output', 'FALSE']])(
    '%s %s: hex text, mode 0600, which print-address reads',
    async (...args) => {
      const file = `key-${args.join('-')}.hex`;
      const wanted = ['--output-file', file, ...args];
      const { code, lines } = await recover(wallet, wanted, { outputs: [file], reveals: true });
      expect([code, lines[0]?.['outputFile']]).toEqual([0, file]);
      expect(readFileSync(workspace.path(file), 'utf8')).toBe(`${hex(wallet.walletPrivateKey)}\n`);
      expect(statSync(workspace.path(file)).mode & 0o777).toBe(0o600);
      const print = await workspace.run(['print-address', '--private-key-file', file, '--json']);
      expect([print.code, print.lines[0]?.addresses?.['ethereum']]).toEqual([0, ethereum]);
      expect(print.lines[0]?.walletPublicKeyHex).toBe(wallet.walletPublicKeyHex);
      rmSync(workspace.path(file));
    },
  );

  it('an umask that lets others read makes no difference', async () => {
    const before = process.umask(0);
    try {
      const wanted = ['--output-file', 'open.hex', '--encrypt-output=false'];
      await recover(wallet, wanted, { outputs: ['open.hex'], reveals: true });
    } finally {
      process.umask(before);
    }
    expect(statSync(workspace.path('open.hex')).mode & 0o777).toBe(0o600);
  });

  it('an existing file is not touched: guard.output-exists, exit code 7', async () => {
    workspace.write('mine.txt', 'mine');
    for (const args of [['--encrypt-output=false'], ['--password-file', 'password.txt']]) {
      const { code, lines } = await recover(wallet, ['--output-file', 'mine.txt', ...args]);
      expect([code, lines[0]?.code]).toEqual([7, 'guard.output-exists']);
      expect(lines[0]?.message).toContain('mine.txt');
    }
    const decrypt = ['decrypt', '--input-file', keyFile, '--output-file', 'mine.txt', '--json'];
    expect((await workspace.run([...decrypt, '--password-file', 'password.txt'])).code).toBe(7);
    expect(readFileSync(workspace.path('mine.txt'), 'utf8')).toBe('mine');
  });

  it('a folder that is not there: told with the addresses, and nothing is left', async () => {
    const wanted = ['--output-file', 'no/such/folder/key.hex', '--encrypt-output=false'];
    const { code, lines } = await recover(wallet, wanted);
    expect([code, lines[0]?.code]).toEqual([3, 'file.write-failed']);
    expect(lines[0]).toMatchObject({ recovered: true, verdict: 'valid' });
    expectNoKey(lines[0]);
  });

  it('an empty password file: nothing is written', async () => {
    const empty = workspace.write('empty.txt', '');
    const { code, lines } = await recover(wallet, ['--output-file', 'never.pke1', '--password-file', empty]);
    expect([code, lines[0]?.code]).toEqual([3, 'file.empty']);
    expectNoKey(lines[0]);
  });

  it('no password and no terminal to ask on: nothing is written, exit code 5', async () => {
    const { code, lines } = await recover(wallet, ['--output-file', 'never.pke1']);
    expect([code, lines[0]?.code]).toEqual([5, 'password.unavailable']);
    expectNoKey(lines[0]);
  });
});
