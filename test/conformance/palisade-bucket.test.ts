import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { checksOf, Workspace, type CliRun } from '../fixtures/cli.ts';
import { hex } from '../fixtures/wallets.ts';
import { describeVectors, readVectors } from '../vectors.ts';

interface PalisadeWallet {
  readonly keyId: string;
  readonly quorumId: string;
  readonly keyAlgorithm: string;
  readonly players: number;
  readonly threshold: number;
  readonly sharing: string;
  readonly recoveryKeys: readonly number[];
  readonly files: readonly string[];
  readonly masterPrivateKeyHex: string;
  readonly masterChainCodeHex: string;
  readonly palisadeCli: {
    readonly addresses: Readonly<Record<string, string | null>>;
    readonly privateKeyBase64: string;
  };
}

const WALLET_PASSWORD = 'Pässwörd with ünicode 1';
const KEY_PASSWORD = 'correct horse battery';

describeVectors('Palisade bucket, by the command line', (root) => {
  const wallets = readVectors<PalisadeWallet>(root, 'palisade/expected.json');
  const folder = (...names: readonly string[]): string => join(root, 'palisade', ...names);
  const register = ['--register', folder('register.csv')];
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace();
    for (const { masterPrivateKeyHex, masterChainCodeHex, palisadeCli } of wallets) {
      workspace.keepSecret('wallet', Buffer.from(masterPrivateKeyHex, 'hex'));
      workspace.keepSecret('wallet', Buffer.from(masterChainCodeHex, 'hex'));
      workspace.keepSecret('wallet', Buffer.from(palisadeCli.privateKeyBase64, 'base64'));
    }
    for (const name of ['recovery-0', 'recovery-1'])
      workspace.keepSecret('other', readFileSync(folder(`${name}.private.der`)).subarray(600, 648));
    workspace.keepSecret('other', WALLET_PASSWORD, KEY_PASSWORD);
    workspace.write('wallet-password.txt', WALLET_PASSWORD);
    workspace.write('key-password.txt', KEY_PASSWORD);
  });
  afterAll(() => {
    workspace.remove();
  });

  /** The addresses that the public CLI gave, by name. */
  const addressesOf = ({ palisadeCli }: PalisadeWallet): Record<string, unknown> =>
    Object.fromEntries(Object.entries(palisadeCli.addresses).filter(([, address]) => address !== null));
  const privateKeyHexOf = ({ palisadeCli }: PalisadeWallet): string =>
    hex(Buffer.from(palisadeCli.privateKeyBase64, 'base64'));

  describe('verify of the whole bucket', () => {
    let run: CliRun;

    beforeAll(async () => {
      run = await workspace.run(['verify', folder('bucket'), ...register, '--json']);
    });

    it('ends with 0, one line a wallet', () => {
      expect(run.code).toBe(0);
      expect(run.lines.map(({ keyId }) => keyId).sort()).toEqual(wallets.map(({ keyId }) => keyId).sort());
    });

    it.each(wallets)('$keyId: valid, every check passed, none missing', (wallet) => {
      const line = run.lines.find(({ keyId }) => keyId === wallet.keyId)!;
      expect(line).toMatchObject({
        command: 'verify',
        quorumId: wallet.quorumId,
        keyAlgorithm: wallet.keyAlgorithm,
        players: wallet.players,
        threshold: wallet.threshold,
        sharing: wallet.sharing,
        ersVersion: '3',
        verdict: 'valid',
        code: null,
      });
      expect(line.files).toHaveLength(wallet.files.length);
      const players = Array.from({ length: wallet.players }, (_, player) => player);
      const once = [
        ...['agreement', 'players', 'public-key', 'sharing'].map((check) => `-:${check}:passed`),
        ...players.flatMap((player) =>
          ['shape', 'encoding', 'challenge', 'openings', 'values'].map(
            (check) => `${player}:${check}:passed`,
          ),
        ),
      ];
      const all = wallet.recoveryKeys.flatMap(() => once);
      expect([...checksOf(line)].sort()).toEqual(all.sort());
    });
  });

  const recoveries = wallets.flatMap((wallet, i) =>
    wallet.recoveryKeys.map((key) => ({
      wallet,
      keyId: wallet.keyId,
      // Each wallet takes one of the two forms, and each recovery key is used in both.
      keyFile: `recovery-${key}.private.${(i + key) % 2 === 0 ? 'der' : 'hex'}`,
    })),
  );
  it.each(recoveries)('recover $keyId with $keyFile: keys and addresses', async ({ wallet, keyFile }) => {
    const kit = [
      '--recovery-kit-file',
      folder('bucket', wallet.keyId),
      '--private-key-file',
      folder(keyFile),
    ];
    const args = ['recover', ...kit, ...register, '--show-key', '--json'];
    const { code, lines } = await workspace.run(args, { reveals: true });
    expect([code, lines.length]).toEqual([0, 1]);
    const addresses = addressesOf(wallet);
    expect(lines[0]).toMatchObject({
      keyId: wallet.keyId,
      verdict: 'valid',
      recovered: true,
      masterPrivateKeyHex: wallet.masterPrivateKeyHex,
      masterChainCodeHex: wallet.masterChainCodeHex,
      privateKeyHex: privateKeyHexOf(wallet),
      addresses,
      expectedAddress: addresses[wallet.keyAlgorithm === 'ED25519' ? 'solana' : 'ethereum'],
      addressMatches: true,
      warnings: [],
    });
  });

  it("recover with the flags of the public CLI, by a file of one wallet's own", async () => {
    const [wallet] = wallets;
    const { code, lines } = await workspace.run([
      ...['recover', '--recovery-kit-file', folder('bucket', wallet!.keyId, wallet!.files[1]!)],
      ...['--private-key-file', folder('recovery-1.private.hex')],
      ...['--quorum-id', wallet!.quorumId, '--key-id', wallet!.keyId, '--key-type', 'SECP256K1', '--json'],
    ]);
    expect(code).toBe(0);
    expect(lines[0]?.addresses).toMatchObject(addressesOf(wallet!));
    expect(lines[0]).not.toHaveProperty('privateKeyHex');
  });

  it('an RSA key that fits no wallet of the bucket: rsa-key.mismatch, exit code 5', async () => {
    const [wallet] = wallets;
    const { code, lines } = await workspace.run([
      ...['recover', '--recovery-kit-file', folder('bucket', wallet!.keyId), ...register],
      ...['--private-key-file', folder('pke1.private'), '--password-file', 'key-password.txt', '--json'],
    ]);
    expect([code, lines[0]?.code, lines[0]?.recovered]).toEqual([5, 'rsa-key.mismatch', false]);
  });

  it.each([
    ['recovered-secp256k1.pke1', 0],
    ['recovered-ed25519.pke1', 1],
  ])('%s: decrypt gives the key, print-address its addresses', async (name, index) => {
    const wallet = wallets[index]!;
    const password = ['--password-file', 'wallet-password.txt', '--json'];
    const key = ['--private-key-file', folder(name), '--key-type', wallet.keyAlgorithm];
    const [decrypted, printed] = await Promise.all([
      workspace.run(['decrypt', '--input-file', folder(name), '--show-key', ...password], { reveals: true }),
      workspace.run(['print-address', ...key, ...password]),
    ]);
    expect([decrypted.code, decrypted.lines[0]?.['key']]).toEqual([0, privateKeyHexOf(wallet)]);
    expect(printed.code).toBe(0);
    expect(printed.lines[0]?.addresses).toMatchObject(addressesOf(wallet));
  });
});
