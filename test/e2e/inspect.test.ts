import { generateKeyPairSync } from 'node:crypto';
import { symlinkSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Workspace, type CliLine } from '../fixtures/cli.ts';
import {
  addRecoveryKey,
  addWallet,
  hex,
  makeRecoveryKey,
  makeWallet,
  openKit,
  packKit,
  registerOf,
  type RecoveryKey,
  type TestWallet,
} from '../fixtures/wallets.ts';

const workspace = new Workspace();
let key: RecoveryKey;
let wallet: TestWallet;

beforeAll(() => {
  key = makeRecoveryKey();
  wallet = makeWallet({ key });
  addWallet(workspace, wallet);
  addRecoveryKey(workspace, key);
  workspace.write('register.csv', registerOf([wallet]));
});
afterAll(() => {
  workspace.remove();
});

async function inspect(name: string, content: string | Uint8Array): Promise<[number | null, CliLine]> {
  workspace.write(name, content);
  const { code, lines } = await workspace.run(['inspect', name, '--json']);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ command: 'inspect', file: name });
  return [code, lines[0]!];
}

describe('inspect', () => {
  it('a kit, with the wallet of its folder', async () => {
    const { code, lines } = await workspace.run(['inspect', 'bucket', '--json']);
    expect([code, lines.length]).toEqual([0, 1]);
    expect(lines[0]).toMatchObject({
      kind: 'palisade-kit',
      keyId: wallet.keyId,
      ersVersion: '3',
      curve: 'secp256k1',
      sharing: 'shamir',
      threshold: 1,
      players: 3,
      index: 0,
      keyAlgorithm: 'SECP256K1',
      algorithm: 'ECDSA',
      recoveryKeyFingerprint: key.publicKey.fingerprintHex,
      recoveryKeyBits: 2048,
      walletPublicKeyHex: wallet.walletPublicKeyHex,
      code: null,
    });
  });

  it('ERS data, and one bare part of them', async () => {
    const { parts } = openKit(wallet.file);
    const whole = JSON.stringify({ version: '3', recovery_data: parts });
    const [code, line] = await inspect('ers.json', whole);
    expect([code, line.kind, line['players'], line['curve']]).toEqual([0, 'ers', 3, 'secp256k1']);
    const [bareCode, bare] = await inspect('part.json', JSON.stringify(parts[0]));
    expect([bareCode, bare.kind]).toEqual([0, 'ers']);
  });

  it.each([
    ['DER', () => key.publicKey.spkiDer],
    ['hex', () => hex(key.publicKey.spkiDer)],
  ])('an RSA public key as %s', async (name, content) => {
    const [code, line] = await inspect(`public ${name}`, content());
    expect(code).toBe(0);
    expect(line).toMatchObject({
      kind: 'rsa-public-key',
      modulusBits: 2048,
      fingerprintHex: key.publicKey.fingerprintHex,
    });
  });

  const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
  it.each([
    ['PKCS#1', () => key.pkcs1Der, 'pkcs1-der', false],
    ['PKCS#8 in hex', () => hex(key.pkcs8Der), 'pkcs8-hex', false],
    ['PKE1', () => Buffer.concat([Buffer.from('PKE1'), Buffer.alloc(100, 7)]), 'pke1', true],
    ['EC', () => ec.export({ type: 'pkcs8', format: 'pem' }).toString(), 'other-private-key', false],
  ])('a private key: %s, without opening it', async (name, content, container, encrypted) => {
    const [code, line] = await inspect(`key ${name.replace('#', '')}`, content());
    expect([code, line.kind, line['container'], line['encrypted']]).toEqual([
      0,
      'private-key',
      container,
      encrypted,
    ]);
  });

  it('a register', async () => {
    const { code, lines } = await workspace.run(['inspect', 'register.csv', '--json']);
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({ kind: 'register', wallets: 1, code: null });
  });

  it('a register with a fault: line and column', async () => {
    const [code, line] = await inspect('bad.csv', registerOf([wallet]).replace('SECP256K1', 'RSA'));
    expect([code, line.kind, line.code]).toEqual([3, 'unknown', 'register.malformed']);
    expect(line.message).toMatch(/line 2.*key_algorithm/);
  });

  it.each([
    ['half a kit', () => wallet.file.subarray(0, 9000), 3, 'kit.truncated'],
    ['an empty file', () => '', 3, 'file.empty'],
    ['text', () => 'hello', 3, 'kit.not-understood'],
    ['a picture', () => Buffer.from('89504e470d0a1a0a00000000', 'hex'), 3, undefined],
  ])('%s is unknown, with the reason', async (name, content, exit, why) => {
    const [code, line] = await inspect(name, content());
    expect([code, line.kind]).toEqual([exit, 'unknown']);
    if (why !== undefined) expect(line.code).toBe(why);
    expect(line.message).toContain(name);
  });

  it('a folder: one line a file, and strangers do no harm', async () => {
    workspace.write('all/register.csv', registerOf([wallet]));
    workspace.write('all/notes.txt', 'hello');
    workspace.write('all/.hidden', 'hidden');
    workspace.write('all/public.der', key.publicKey.spkiDer);
    workspace.write(`all/${wallet.keyId}/recovery_shard-0.txt`, wallet.file);
    const { code, lines } = await workspace.run(['inspect', 'all', '--json']);
    expect(code).toBe(0);
    expect(lines.map(({ file, kind }) => [file, kind])).toEqual([
      ['all/notes.txt', 'unknown'],
      ['all/public.der', 'rsa-public-key'],
      ['all/register.csv', 'register'],
      [`all/${wallet.keyId}/recovery_shard-0.txt`, 'palisade-kit'],
    ]);
    workspace.write(`all/${wallet.keyId}/recovery_shard-1.txt`, 'hello');
    expect((await workspace.run(['inspect', 'all', '--json'])).code).toBe(3);
  });

  it('a stranger larger than any key is not called a key that is too large', async () => {
    for (const [name, content] of [
      ['big/movie.bin', Buffer.alloc(300_000, 0x91)],
      ['big/notes.txt', 'hello '.repeat(60_000)],
    ] as const) {
      const [code, line] = await inspect(name, content);
      expect([code, line.code]).toEqual([3, 'kit.not-understood']);
      expect(line.message).not.toContain('KiB');
    }
    workspace.write('big/empty', '');
    const { code, lines } = await workspace.run(['inspect', 'big', '--json']);
    expect(code).toBe(0);
    expect(lines.map(({ code: why }) => why)).toEqual([
      'file.empty',
      'kit.not-understood',
      'kit.not-understood',
    ]);
  });

  it('a link that is named is followed to its folder; links in a folder are counted', async () => {
    workspace.write('target/public.der', key.publicKey.spkiDer);
    symlinkSync('target', workspace.path('to-folder'));
    symlinkSync('public.der', workspace.path('target', 'alias.der'));
    const { code, lines } = await workspace.run(['inspect', 'to-folder', '--json']);
    expect([code, lines.map(({ file }) => file)]).toEqual([0, ['to-folder/public.der']]);
    const { stderr } = await workspace.run(['inspect', 'to-folder']);
    expect(stderr).toMatch(/^1 link .*passed over.*\n$/);
  });

  it('nothing in a file or its name acts on the terminal', async () => {
    const { kit, parts } = openKit(wallet.file);
    const evil = 'x\u001b[2J\u202e\n\u009b';
    workspace.write(`evil/a${evil}.txt`, 'hello');
    workspace.write('evil/kit.json', packKit({ kit: { ...kit, keyAlgorithm: evil }, parts }));
    for (const args of [
      ['inspect', 'evil'],
      ['inspect', `evil/a${evil}.txt`],
      ['verify', 'evil'],
      ['verify', `evil/a${evil}.txt`],
    ]) {
      const words = await workspace.run(args);
      expect(words.stdout + words.stderr, args.join(' ')).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
      const { stdout } = await workspace.run([...args, '--json']);
      expect(stdout, args.join(' ')).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    }
    const { lines } = await workspace.run(['inspect', `evil/a${evil}.txt`, '--json']);
    expect(lines[0]?.file).toBe(`evil/a${evil}.txt`);
  });

  it('in words', async () => {
    const { code, stdout } = await workspace.run(['inspect', 'bucket', 'register.csv', 'recovery.der']);
    expect(code).toBe(0);
    expect(stdout).toContain('palisade-kit');
    expect(stdout).toContain(` ${key.publicKey.fingerprintHex}`);
    expect(stdout).toContain('register.csv');
    expect(stdout).toContain('pkcs1-der');
  });

  it('a file that is not there', async () => {
    const { code, lines } = await workspace.run(['inspect', 'absent', '--json']);
    expect([code, lines[0]?.code]).toEqual([3, 'file.not-found']);
  });
});
