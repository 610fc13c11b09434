import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Workspace, type CliLine } from '../fixtures/cli.ts';
import {
  addRecoveryKey,
  addWallet,
  makeRecoveryKey,
  makeWallet,
  openKit,
  packKit,
  type TestWallet,
} from '../fixtures/wallets.ts';

const workspace = new Workspace();
let wallet: TestWallet;
let folder: string;
let keyFile: string;

beforeAll(() => {
  const key = makeRecoveryKey();
  wallet = makeWallet({ key, players: 2 });
  folder = addWallet(workspace, wallet);
  keyFile = addRecoveryKey(workspace, key);
});
afterAll(() => {
  workspace.remove();
});

/** What `verify` and `recover` say of a kit that can't be read: the same. */
async function faultOfKit(file: string): Promise<CliLine> {
  const inTime = { milliseconds: 10_000 };
  const args = ['--recovery-kit-file', file, '--private-key-file', keyFile];
  const ids = ['--quorum-id', wallet.quorumId, '--key-id', wallet.keyId];
  const [verified, recovered] = await Promise.all([
    workspace.run(['verify', file, '--json'], inTime),
    workspace.run(['recover', ...args, ...ids, '--json'], inTime),
  ]);
  expect([verified.code, recovered.code]).toEqual([3, 3]);
  expect([verified.lines.length, recovered.lines.length]).toEqual([1, 1]);
  const [line] = verified.lines;
  expect(recovered.lines[0]).toMatchObject({ code: line?.code, message: line?.message, verdict: 'error' });
  expect(line?.verdict).toBe('error');
  return line!;
}

describe('kits that cannot be read end with 3', () => {
  it('a file that is not there', async () => {
    const { code, message } = await faultOfKit('absent.txt');
    expect(code).toBe('file.not-found');
    expect(message).toContain('absent.txt');
  });

  it('an empty file', async () => {
    workspace.write('empty.txt', '');
    expect(await faultOfKit('empty.txt')).toMatchObject({ code: 'file.empty' });
  });

  it.each([
    ['base64 at a multiple of four', (text: string) => text.slice(0, 40_000)],
    ['base64 between two', (text: string) => text.slice(0, 40_001)],
    ['JSON', (text: string) => Buffer.from(text, 'base64').toString().slice(0, 30_000)],
    ['JSON between its braces', (text: string) => Buffer.from(text, 'base64').toString().slice(0, -1)],
  ])('half a file of %s', async (name, cut) => {
    const file = `half ${name}.txt`;
    workspace.write(file, cut(Buffer.from(wallet.file).toString()));
    const line = await faultOfKit(file);
    expect(line.code).toBe('kit.truncated');
    expect(line.message).toContain(file);
  });

  it('half of the backup data inside a whole kit', async () => {
    const { kit } = openKit(wallet.file);
    const cut = String(kit['partialRecoveryDataHex']).slice(0, 20_000);
    workspace.write('cut.json', JSON.stringify({ ...kit, partialRecoveryDataHex: cut }));
    expect(await faultOfKit('cut.json')).toMatchObject({ code: 'json.truncated' });
  });

  it.each([
    ['a web page', '<!DOCTYPE html><title>Sign in</title>', 'a web page'],
    ['an error of the bucket', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', 'bucket'],
    ['a key file', '-----BEGIN RSA PRIVATE KEY-----\nMIIJKAIBAAKC\n', 'private key'],
    ['a zip archive', Buffer.from('504b030414000000', 'hex'), 'zip'],
    ['other JSON', '{"hello":"world"}', 'JSON'],
    ['other text', 'hello world', 'text'],
  ])('%s: kit.not-understood says so', async (name, content, words) => {
    workspace.write(`${name}.bin`, content);
    const { code, message } = await faultOfKit(`${name}.bin`);
    expect(code).toBe('kit.not-understood');
    expect(message).toContain(words);
  });

  it('more than 64 MiB: refused before it is read', async () => {
    const file = workspace.write('huge.txt', '');
    truncateSync(file, 64 * 1024 * 1024 + 1);
    expect(await faultOfKit('huge.txt')).toMatchObject({ code: 'file.too-large' });
  });

  it.each([
    ['deep JSON', '['.repeat(20), ']'.repeat(20), 'json.too-deep'],
    ['a long list', `[${'0,'.repeat(2000)}`, '0]', 'json.too-large'],
    ['a prototype key', '{"__proto__":', '{}}', 'json.forbidden-key'],
  ])('%s', async (name, start, end, code) => {
    workspace.write(`${name}.json`, `{"recovery_data":${start}${end}}`);
    expect(await faultOfKit(`${name}.json`)).toMatchObject({ code });
  });

  it('two different parts of one player', async () => {
    const { kit, parts } = openKit(wallet.file);
    const file = packKit({ kit, parts: [...parts, { ...parts[0]!, nonce: 'AAAA' }] });
    workspace.write('conflict.txt', file);
    expect(await faultOfKit('conflict.txt')).toMatchObject({ code: 'ers.player-conflict' });
  });

  it('the same part twice counts once', async () => {
    const { kit, parts } = openKit(wallet.file);
    workspace.write(`twice/${wallet.keyId}/kit.txt`, packKit({ kit, parts: [...parts, parts[0]!] }));
    const { code, lines } = await workspace.run([
      'verify',
      'twice',
      '--quorum-id',
      wallet.quorumId,
      '--json',
    ]);
    expect([code, lines[0]?.verdict, lines[0]?.['players']]).toEqual([0, 'valid', 2]);
  });

  it('a kit that states another algorithm than its data have', async () => {
    const { kit, parts } = openKit(wallet.file);
    workspace.write('ed.txt', packKit({ kit: { ...kit, keyAlgorithm: 'ED25519' }, parts }));
    expect(await faultOfKit('ed.txt')).toMatchObject({ code: 'kit.key-algorithm-mismatch' });
  });

  it('a folder without a kit', async () => {
    workspace.write('nothing/readme.txt', 'nothing here');
    const { code, lines } = await workspace.run(['verify', 'nothing', '--json']);
    expect([code, lines[0]?.code]).toEqual([3, 'folder.no-kits']);
    const recover = ['recover', '--recovery-kit-file', 'nothing', '--private-key-file', keyFile, '--json'];
    expect((await workspace.run(recover)).lines[0]?.code).toBe('folder.no-kits');
    const wanted = await workspace.run([...recover, '--key-id', wallet.keyId]);
    expect([wanted.code, wanted.lines[0]?.code]).toEqual([2, 'key-id.not-found']);
  });
});

describe('what is no file', () => {
  it('a FIFO: refused at once, not waited for', async () => {
    execFileSync('mkfifo', [workspace.path('fifo')]);
    expect(await faultOfKit('fifo')).toMatchObject({ code: 'file.unreadable' });
    const key = await workspace.run(['validate-private-key', '--private-key-file', 'fifo', '--json']);
    expect([key.code, key.lines[0]?.code]).toEqual([3, 'file.unreadable']);
    const password = ['--private-key-file', keyFile, '--password-file', 'fifo', '--json'];
    const pipe = await workspace.run(['validate-private-key', ...password]);
    expect([pipe.code, pipe.lines[0]?.code]).toEqual([3, 'file.unreadable']);
    expect(pipe.lines[0]?.message).toContain('--password-stdin');
    expect((await workspace.run(['inspect', 'fifo', '--json'])).code).toBe(3);
  });

  it('a FIFO in a folder is passed over', async () => {
    workspace.write(`with-fifo/${wallet.keyId}/recovery_shard-0.txt`, wallet.file);
    execFileSync('mkfifo', [workspace.path('with-fifo', wallet.keyId, 'recovery_shard-1.txt')]);
    const args = ['verify', 'with-fifo', '--quorum-id', wallet.quorumId, '--json'];
    expect(await workspace.run(args)).toMatchObject({ code: 0, lines: [{ verdict: 'valid' }] });
  });

  it('a folder in place of a key, a register or a password file', async () => {
    mkdirSync(workspace.path('folder'));
    const ids = ['--recovery-kit-file', folder, '--quorum-id', wallet.quorumId];
    for (const args of [
      ['validate-private-key', '--private-key-file', 'folder'],
      ['recover', ...ids, '--private-key-file', 'folder'],
      ['verify', folder, '--register', 'folder'],
      ['verify', folder, '--ers-public-key', 'folder'],
      ['decrypt', '--input-file', 'folder', '--show-key'],
      ['print-address', '--private-key-file', 'folder'],
    ]) {
      const { code, lines } = await workspace.run([...args, '--json']);
      expect([code, lines[0]?.code], args.join(' ')).toEqual([3, 'file.unreadable']);
    }
  });

  it('a link to a kit is read, a link to nothing or in a circle is told', async () => {
    symlinkSync(`${folder}/recovery_shard-0.txt`, workspace.path('link.txt'));
    symlinkSync('gone', workspace.path('dangling.txt'));
    symlinkSync('circle.txt', workspace.path('circle.txt'));
    const ids = ['--key-id', wallet.keyId, '--quorum-id', wallet.quorumId];
    const good = await workspace.run(['verify', 'link.txt', ...ids, '--json']);
    expect([good.code, good.lines[0]?.verdict]).toEqual([0, 'valid']);
    expect(await faultOfKit('dangling.txt')).toMatchObject({ code: 'file.not-found' });
    expect(await faultOfKit('circle.txt')).toMatchObject({ code: 'file.unreadable' });
  });

  it('a device: not a regular file', async () => {
    expect(await faultOfKit('/dev/zero')).toMatchObject({ code: 'file.unreadable' });
  });
});

describe('registers that cannot be read end with 3', () => {
  it.each([
    ['empty', '', 'file.empty'],
    ['of other columns', 'a,b\n1,2\n', 'register.malformed'],
    ['with a bad id', 'key_id,quorum_id,key_algorithm,address\nx,y,SECP256K1,\n', 'register.malformed'],
  ])('%s', async (name, content, code) => {
    workspace.write(`${name}.csv`, content);
    const { code: exit, lines } = await workspace.run([
      'verify',
      folder,
      '--register',
      `${name}.csv`,
      '--json',
    ]);
    expect([exit, lines[0]?.code]).toEqual([3, code]);
    expect(lines[0]?.message).toContain(`${name}.csv`);
  });
});
