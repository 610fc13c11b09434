import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { checksOf, Workspace, type CliLine, type CliRun } from '../fixtures/cli.ts';
import {
  addWallet,
  changePart,
  flipByte,
  makeRecoveryKey,
  makeWallet,
  openKit,
  packKit,
  registerOf,
  seededBytes,
  type RecoveryKey,
  type TestWallet,
} from '../fixtures/wallets.ts';

const workspace = new Workspace();
let key: RecoveryKey;
let wallet: TestWallet;
let solana: TestWallet;

beforeAll(() => {
  key = makeRecoveryKey();
  wallet = makeWallet({ key });
  solana = makeWallet({ key, keyAlgorithm: 'ED25519', players: 2 });
  addWallet(workspace, wallet);
  addWallet(workspace, solana);
  workspace.write('register.csv', registerOf([wallet, solana]));
});
afterAll(() => {
  workspace.remove();
});

const verify = (...args: readonly string[]): Promise<CliRun> => workspace.run(['verify', ...args, '--json']);

/** Writes a bucket of one wallet, whose files are given in order, and verifies it with its ids. */
async function verifyFiles(
  bucket: string,
  files: readonly Uint8Array[],
): Promise<{ code: number | null; line: CliLine }> {
  files.forEach((file, i) => {
    workspace.write(`${bucket}/${wallet.keyId}/recovery_shard-${i}.txt`, file);
  });
  const { code, lines } = await verify(bucket, '--quorum-id', wallet.quorumId);
  expect(lines).toHaveLength(1);
  return { code, line: lines[0]! };
}

/** The checks of one player that did not pass. */
const notPassed = (line: CliLine): readonly string[] =>
  checksOf(line).filter((check) => !check.endsWith(':passed'));

describe('good backups', () => {
  it('a bucket with a register: every wallet valid, every check passed, in the order of the folders', async () => {
    const { code, lines } = await verify('bucket', '--register', 'register.csv');
    expect(code).toBe(0);
    expect(lines.map(({ keyId }) => keyId)).toEqual([wallet.keyId, solana.keyId].sort());
    const line = lines.find(({ keyId }) => keyId === wallet.keyId)!;
    expect(line).toMatchObject({
      command: 'verify',
      quorumId: wallet.quorumId,
      keyAlgorithm: 'SECP256K1',
      curve: 'secp256k1',
      ersVersion: '3',
      players: 3,
      threshold: 1,
      sharing: 'shamir',
      files: [`bucket/${wallet.keyId}/recovery_shard-0.txt`],
      verdict: 'valid',
      code: null,
      message: 'Every check passed.',
    });
    const perPlayer = ['shape', 'encoding', 'challenge', 'openings', 'values'];
    expect([...checksOf(line)].sort()).toEqual(
      [
        ...['agreement', 'players', 'public-key', 'sharing'].map((check) => `-:${check}:passed`),
        ...[0, 1, 2].flatMap((player) => perPlayer.map((check) => `${player}:${check}:passed`)),
      ].sort(),
    );
    expect(lines.every(({ verdict }) => verdict === 'valid')).toBe(true);
  });

  it('in words: the verdict of each wallet and the count, and no JSON', async () => {
    const { code, stdout, stderr } = await workspace.run(['verify', 'bucket', '--register', 'register.csv']);
    expect(code).toBe(0);
    expect(stdout.match(/^ {2}VALID: Every check passed\.$/gm)).toHaveLength(2);
    expect(stdout).toContain(`Wallet ${wallet.keyId}`);
    expect(stderr).toContain('2 wallets');
    expect(stdout).not.toContain('{');
  });

  it('--key-id picks a wallet out of a bucket', async () => {
    const { code, lines } = await verify('bucket', '--key-id', solana.keyId, '--quorum-id', solana.quorumId);
    expect([code, lines.length]).toEqual([0, 1]);
    expect(lines[0]).toMatchObject({ keyId: solana.keyId, verdict: 'valid', curve: 'ED-25519' });
  });

  it('--key-id of no wallet in the bucket', async () => {
    const { code, lines } = await verify('bucket', '--key-id', wallet.quorumId);
    expect([code, lines[0]?.code]).toEqual([2, 'key-id.not-found']);
  });

  it('a file by itself, in no folder of its name, with both ids', async () => {
    const file = workspace.write('loose.txt', wallet.file);
    const ids = ['--key-id', wallet.keyId, '--quorum-id', wallet.quorumId];
    expect(await verify(file, ...ids)).toMatchObject({ code: 0, lines: [{ verdict: 'valid' }] });
  });

  it('base64 with blanks and line breaks, and bare JSON', async () => {
    const text = Buffer.from(wallet.file).toString();
    const wrapped = `\r\n  ${text.replace(/.{64}/g, '$& \r\n')}\n\n`;
    expect((await verifyFiles('wrapped', [Buffer.from(wrapped)])).line.verdict).toBe('valid');
    const { kit } = openKit(wallet.file);
    const bare = JSON.stringify(kit, undefined, 2);
    expect((await verifyFiles('bare', [Buffer.from(bare)])).line.verdict).toBe('valid');
  });

  it('players spread over files are merged; one file missing is let pass while enough are there', async () => {
    const { kit, parts } = openKit(wallet.file);
    const files = parts.map((part) => packKit({ kit: { ...kit, index: part.player_index }, parts: [part] }));
    const three = await verifyFiles('spread', files);
    expect(three).toMatchObject({ code: 0, line: { verdict: 'valid', players: 3 } });
    expect(three.line.files).toHaveLength(3);
    const two = await verifyFiles('spread-two', [files[0]!, files[2]!]);
    expect(two).toMatchObject({ code: 0, line: { verdict: 'valid', code: null } });
    expect(notPassed(two.line)).toEqual([]);
    const one = await verifyFiles('spread-one', [files[1]!]);
    expect(one).toMatchObject({ code: 4, line: { verdict: 'invalid', code: 'proof.player-set' } });
    expect(notPassed(one.line)).toEqual(['-:players:failed']);
  });

  it('a bare part of one player in place of the whole', async () => {
    const { kit, parts } = openKit(wallet.file);
    const files = parts.map((part) => {
      const bare = Buffer.from(JSON.stringify(part)).toString('base64');
      return Buffer.from(JSON.stringify({ ...kit, partialRecoveryDataHex: bare }));
    });
    expect(await verifyFiles('bare-parts', files)).toMatchObject({ code: 0, line: { verdict: 'valid' } });
  });

  it('a wallet for two recovery keys: each file with its own key, checks say which', async () => {
    const ids = { keyId: wallet.keyId, quorumId: wallet.quorumId };
    const other = makeRecoveryKey();
    const files = [key, other].map(
      (recoveryKey) => makeWallet({ key: recoveryKey, randomBytes: seededBytes('two'), ids }).file,
    );
    const { code, line } = await verifyFiles('two-keys', files);
    expect([code, line.verdict]).toEqual([0, 'valid']);
    for (const { publicKey } of [key, other])
      expect(line.checks?.filter(({ recoveryKey }) => recoveryKey === publicKey.fingerprintHex)).toHaveLength(
        19,
      );
    expect(line.checks).toHaveLength(38);

    const bad = changePart(files[1]!, 1, ({ es, combination }) => ({
      es: es.with(combination[5]!, flipByte(es[combination[5]!]!)),
    }));
    const half = await verifyFiles('two-keys-one-bad', [files[0]!, bad]);
    expect(half).toMatchObject({ code: 4, line: { verdict: 'invalid' } });
    const failed = half.line.checks?.filter(({ outcome }) => outcome === 'failed') ?? [];
    const recoveryKey = other.publicKey.fingerprintHex;
    expect(failed.map(({ check }) => check)).toEqual(['challenge', 'openings']);
    expect(failed.every((check) => check.player === 1 && check.recoveryKey === recoveryKey)).toBe(true);
  });
});

describe('bad backups end with 4', () => {
  it('one byte of an opened ciphertext', async () => {
    const index = openKit(wallet.file).parts[1]!.combination[7]!;
    const file = changePart(wallet.file, 1, ({ es }) => ({ es: es.with(index, flipByte(es[index]!)) }));
    const { code, line } = await verifyFiles('bad-opened', [file]);
    expect([code, line.verdict]).toEqual([4, 'invalid']);
    const failed = line.checks?.filter(({ outcome }) => outcome === 'failed') ?? [];
    expect(failed).toContainEqual(expect.objectContaining({ player: 1, check: 'openings', index }));
    expect(failed.every(({ player }) => player === 1)).toBe(true);
    expect(line.message).toMatch(/player 1/);
  });

  it('one byte of a ciphertext that is not opened: the hash no longer names the opened ones', async () => {
    const { combination } = openKit(wallet.file).parts[2]!;
    const index = Array.from({ length: 80 }, (_, i) => i).find((i) => !combination.includes(i))!;
    const file = changePart(wallet.file, 2, ({ es }) => ({ es: es.with(index, flipByte(es[index]!)) }));
    const { code, line } = await verifyFiles('bad-closed', [file]);
    expect([code, line.code]).toEqual([4, 'proof.challenge-rejected']);
    expect(notPassed(line)).toEqual(['2:challenge:failed']);
  });

  it('one byte of an opened value', async () => {
    const index = openKit(wallet.file).parts[0]!.combination[3];
    const file = changePart(wallet.file, 0, ({ vs }) => ({ vs: vs.with(3, flipByte(vs[3]!)) }));
    const { code, line } = await verifyFiles('bad-value', [file]);
    expect([code, line.verdict]).toEqual([4, 'invalid']);
    expect(notPassed(line)).toEqual(['0:openings:failed', '0:values:failed']);
    const failed = line.checks?.filter(({ outcome }) => outcome === 'failed');
    expect(failed?.map((check) => check.index)).toEqual([index, index]);
  });

  it('one byte of a commitment: no longer a point', async () => {
    const file = changePart(wallet.file, 0, ({ key_share_commitments: old }) => ({
      key_share_commitments: { ...old, 0: flipByte(old['0']!) },
    }));
    const { code, line } = await verifyFiles('bad-commitment', [file]);
    expect(code).toBe(4);
    expect(['proof.parameters-disagree', 'proof.encoding-rejected']).toContain(line.code);
    expect(notPassed(line)).toEqual(
      expect.arrayContaining(['0:encoding:failed', '0:challenge:not-reached', '-:sharing:not-reached']),
    );
    expect(line.checks).toHaveLength(19);
  });

  it('a commitment of another player in its place', async () => {
    const { kit, parts } = openKit(wallet.file);
    const swapped = parts.map((part) => {
      const { 0: first, 1: second, 2: third } = part.key_share_commitments;
      return { ...part, key_share_commitments: { 0: second!, 1: first!, 2: third! } };
    });
    const { code, line } = await verifyFiles('swapped', [packKit({ kit, parts: swapped })]);
    expect([code, line.verdict]).toEqual([4, 'invalid']);
    expect(notPassed(line)).toEqual(expect.arrayContaining(['0:values:failed', '-:sharing:failed']));
  });

  it("the kit's public key is another wallet's", async () => {
    const { kit, parts } = openKit(wallet.file);
    const other = openKit(makeWallet({ key }).file).kit;
    const field = 'walletRootPublicKeyPkixBase64';
    const { code, line } = await verifyFiles('other-root', [
      packKit({ kit: { ...kit, [field]: other[field] }, parts }),
    ]);
    expect([code, line.code]).toEqual([4, 'public-key.mismatch']);
    expect(notPassed(line)).toEqual(['-:public-key:failed']);
  });
});

describe('wrong and missing labels', () => {
  const other = '00000000-1111-4222-8333-444444444444';

  it.each([
    ['quorum id', () => ['--quorum-id', other], () => [other, wallet.keyId]],
    ['key id', () => ['--quorum-id', wallet.quorumId, '--key-id', other], () => [wallet.quorumId, other]],
  ])(
    'a wrong %s is told as just that: label.mismatch, exit code 5, naming both ids',
    async (_name, args, ids) => {
      const file = workspace.write('alone.txt', wallet.file);
      const at = args().includes('--key-id') ? file : `bucket/${wallet.keyId}`;
      const { code, lines } = await verify(at, ...args());
      expect([code, lines[0]?.code]).toEqual([5, 'label.mismatch']);
      for (const id of ids()) expect(lines[0]?.message).toContain(id);
      expect(lines[0]?.message).not.toMatch(/corrupt/i);
    },
  );

  it('no quorum id: every check but the openings, which are not checked; exit code 6', async () => {
    const { code, lines } = await verify(`bucket/${wallet.keyId}`);
    expect(code).toBe(6);
    expect(lines[0]).toMatchObject({ verdict: 'unverifiable', code: 'label.unknown', quorumId: null });
    expect(notPassed(lines[0]!)).toEqual([0, 1, 2].map((player) => `${player}:openings:not-checked`));
  });

  it('no label hides no damage: a bad value is told all the same', async () => {
    const file = changePart(wallet.file, 0, ({ vs }) => ({ vs: vs.with(3, flipByte(vs[3]!)) }));
    workspace.write(`unlabelled/${wallet.keyId}/recovery_shard-0.txt`, file);
    const { code, lines } = await verify('unlabelled');
    expect([code, lines[0]?.verdict]).toEqual([4, 'invalid']);
  });

  it('a wallet that the register does not list', async () => {
    workspace.write('short.csv', registerOf([solana]));
    const { code, lines } = await verify('bucket', '--register', 'short.csv');
    expect(code).toBe(6);
    expect(lines).toHaveLength(2);
    const [unlisted, listed] = [wallet, solana].map((of) => lines.find(({ keyId }) => keyId === of.keyId));
    expect(unlisted).toMatchObject({ verdict: 'unverifiable', code: 'register.not-listed' });
    expect(listed).toMatchObject({ verdict: 'valid', code: null });
  });
});

describe('buckets with bad among good', () => {
  it("one bad wallet: its line says so, the others' are valid, the exit code is the worst", async () => {
    const bad = makeWallet({ key });
    const cut = makeWallet({ key, players: 2 });
    for (const good of [wallet, solana]) addWallet(workspace, good, 'mixed');
    const file = changePart(bad.file, 1, ({ vs }) => ({ vs: vs.with(0, flipByte(vs[0]!)) }));
    addWallet(workspace, { ...bad, file }, 'mixed');
    workspace.write('mixed/notes.txt', 'hello');
    workspace.write('mixed/.DS_Store', 'hidden');
    workspace.write(`mixed/${wallet.keyId}/photo.jpg`, Buffer.from([0xff, 0xd8, 0xff, 0]));
    workspace.write('mixed.csv', registerOf([wallet, solana, bad, cut]));
    const first = await verify('mixed', '--register', 'mixed.csv');
    expect(first.code).toBe(4);
    const verdicts = (run: CliRun): Record<string, unknown> =>
      Object.fromEntries(run.lines.map(({ keyId, verdict }) => [keyId ?? '', verdict]));
    expect(verdicts(first)).toEqual({
      [wallet.keyId]: 'valid',
      [solana.keyId]: 'valid',
      [bad.keyId]: 'invalid',
    });

    addWallet(workspace, { ...cut, file: cut.file.subarray(0, 5000) }, 'mixed');
    const second = await verify('mixed', '--register', 'mixed.csv');
    expect(second.code).toBe(4);
    expect(verdicts(second)).toEqual({ ...verdicts(first), [cut.keyId]: 'error' });
    expect(second.lines.find(({ keyId }) => keyId === cut.keyId)?.code).toBe('kit.truncated');
  });

  it('a file of another wallet in the folder', async () => {
    const other = makeWallet({ key });
    workspace.write(`stray/${wallet.keyId}/recovery_shard-0.txt`, wallet.file);
    workspace.write(`stray/${wallet.keyId}/recovery_shard-1.txt`, other.file);
    const { code, lines } = await verify('stray', '--quorum-id', wallet.quorumId);
    expect([code, lines.length, lines[0]?.code]).toEqual([3, 1, 'kit.other-wallet']);
    expect(lines[0]?.message).toMatch(/recovery_shard-0\.txt.*recovery_shard-1\.txt/);
  });

  it('two copies of a player that differ', async () => {
    const changed = changePart(wallet.file, 1, ({ es }) => ({ es: es.with(0, flipByte(es[0]!)) }));
    const { code, line } = await verifyFiles('conflict', [wallet.file, changed]);
    expect([code, line.code]).toEqual([3, 'kit.conflict']);
    expect(line.message).toMatch(/recovery_shard-0\.txt.*recovery_shard-1\.txt/);
  });

  it('a kit of pdkls23: unsupported, exit code 6', async () => {
    const { kit, parts } = openKit(wallet.file);
    for (const field of ['mpcAlgorithm', 'keyType']) {
      const file = packKit({ kit: { ...kit, [field]: 'pdkls23' }, parts });
      const { code, line } = await verifyFiles(`pdkls23-${field}`, [file]);
      expect([code, line.verdict, line.code]).toEqual([6, 'unsupported', 'kit.pdkls23']);
    }
  });
});
