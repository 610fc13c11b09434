import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { SecretBytes } from '../../../electron/engine/bytes/secret-bytes.ts';
import { addressesOf } from '../../../electron/engine/address/addresses.ts';
import { curveOf } from '../../../electron/engine/curve/curve.ts';
import { sealPke1 } from '../../../electron/engine/rsa/pke1.ts';
import { Workspace } from '../../fixtures/cli.ts';
import {
  addRecoveryKey,
  addWallet,
  childKey,
  hex,
  makeRecoveryKey,
  makeWallet,
  registerOf,
  seededBytes,
  type RecoveryKey,
  type TestWallet,
} from '../../fixtures/wallets.ts';
import { faultOf } from '../../fixtures/faults.ts';
import { systemRandom } from '../../random.ts';
import {
  describeIds,
  expectNoSecret,
  openRoom,
  secretTexts,
  stageOf,
  unlockedRoom,
  walletOf,
  walletsOf,
  type Room,
} from './room.ts';

const PASSWORD = 'correct horse battery';

const workspace = new Workspace();
let key: RecoveryKey;
let wallet: TestWallet;
let solana: TestWallet;
let keyFile: string;

beforeAll(() => {
  key = makeRecoveryKey();
  wallet = makeWallet({ key });
  solana = makeWallet({ key, keyAlgorithm: 'ED25519', players: 2 });
  addWallet(workspace, wallet);
  addWallet(workspace, solana);
  addWallet(workspace, wallet, 'with-register');
  addWallet(workspace, solana, 'with-register');
  keyFile = addRecoveryKey(workspace, key);
});
afterAll(() => {
  workspace.remove();
});

const bucket = (): string => workspace.path('bucket');

const expectNothingSecret = ({ pushed }: Room, of: TestWallet): void => {
  expect(pushed.length).toBeGreaterThan(10);
  expectNoSecret(pushed, [
    ...secretTexts(of, key, [PASSWORD]),
    Buffer.from(key.pkcs8Der).toString('base64').slice(64, 128),
    hex(key.pkcs8Der).slice(64, 128),
  ]);
};

/** Unlocked already, to its addresses. */
async function recover(room: Room): Promise<void> {
  await room.session.reconstruct();
  stageOf(room, 'addresses');
}

/** A room past the key, of a bucket whose register expects an address. */
async function roomExpecting(address: string): Promise<Room> {
  const room = openRoom();
  room.session.chooseMode('drill');
  const register = workspace.write(
    `registers/${hex(systemRandom(4))}.csv`,
    registerOf([{ ...wallet, address }]),
  );
  await room.session.addPaths([bucket(), register]);
  const { ref } = walletOf(room, wallet.keyId);
  room.session.chooseWallet(ref);
  await room.session.verifier.verify([ref]);
  room.session.beginUnlock();
  await room.session.keyFile.choose(keyFile);
  await room.session.keyFile.open(null);
  await recover(room);
  return room;
}

describe('the whole path', () => {
  it('SECP256K1: bucket, register found in it, plain key, addresses; every step is told', async () => {
    const folder = workspace.path('with-register');
    const room = openRoom();
    const { session, pushed } = room;
    expect(session.state.stage).toEqual({ kind: 'prepare' });
    session.airGapChanged([{ name: 'lo', up: true, loopback: true }]);
    session.chooseMode('live');
    expect(stageOf(room, 'load').loaded).toEqual({
      files: [],
      wallets: [],
      register: null,
      registerWarnings: [],
    });

    const address = addressesOf('secp256k1', Buffer.from(wallet.walletPublicKeyHex, 'hex'))[0]!.address;
    const register = workspace.write(
      'with-register/register.csv',
      registerOf([{ ...wallet, address }, solana]),
    );
    workspace.write('with-register/notes.txt', 'call Bob');
    const loading = session.addPaths([folder]);
    expect(stageOf(room, 'load').loading).toBe(true);
    await loading;
    const load = stageOf(room, 'load');
    expect(load).toMatchObject({ loading: false, loaded: { register } });
    expect(
      load.loaded.files.map(({ file, kind, fault }) => [file.slice(folder.length + 1), kind, fault]),
    ).toEqual(
      expect.arrayContaining([
        ['notes.txt', 'other', null],
        ['register.csv', 'register', null],
        [`${wallet.keyId}/recovery_shard-0.txt`, 'kit', null],
        [`${solana.keyId}/recovery_shard-0.txt`, 'kit', null],
      ]),
    );
    expect(load.loaded.files).toHaveLength(4);
    expect(walletsOf(room)).toHaveLength(2);
    const { ref, ...view } = walletOf(room, wallet.keyId);
    expect(view).toEqual({
      convention: 'palisade',
      keyId: wallet.keyId,
      quorumId: wallet.quorumId,
      keyAlgorithm: 'SECP256K1',
      curve: 'secp256k1',
      ersVersion: '3',
      sharing: 'shamir',
      threshold: 1,
      players: [0, 1, 2],
      files: [join(folder, wallet.keyId, 'recovery_shard-0.txt')],
      recoveryKeys: [key.publicKey.fingerprintHex],
      masterPublicKeyHex: expect.stringMatching(/^04[0-9a-f]{128}$/) as string,
      labelKnown: true,
      expectedAddress: address,
      verification: { kind: 'waiting' },
    });

    session.chooseWallet(ref);
    expect(stageOf(room, 'verify').wallet).toBe(ref);
    await session.verifier.verify([ref]);
    const { verification } = walletOf(room, wallet.keyId);
    expect(verification).toMatchObject({ kind: 'judged', verdict: 'valid', fault: null });
    const results = verification.kind === 'judged' ? verification.results : [];
    expect(results).toHaveLength(4 + 3 * 5);
    expect(results.every(({ outcome }) => outcome === 'passed')).toBe(true);
    const seen = pushed.flatMap(({ stage }) => {
      const running = 'loaded' in stage ? stage.loaded.wallets.find((one) => one.ref === ref) : undefined;
      return running?.verification.kind === 'running' ? [running.verification.results.length] : [];
    });
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => i));

    session.beginUnlock();
    expect(stageOf(room, 'unlock')).toMatchObject({ keyFile: null, opening: false });
    await session.keyFile.choose(keyFile);
    expect(stageOf(room, 'unlock').keyFile).toEqual({
      file: keyFile,
      kind: 'pkcs1-der',
      needsPassword: false,
    });
    const opening = session.keyFile.open(null);
    expect(stageOf(room, 'unlock').opening).toBe(true);
    await opening;
    expect(stageOf(room, 'reconstruct')).toMatchObject({ rebuilt: [], running: false });

    const rebuilding = session.reconstruct();
    expect(stageOf(room, 'reconstruct')).toMatchObject({ rebuilt: [], running: true });
    await rebuilding;
    const rebuilt = pushed.flatMap(({ stage }) =>
      stage.kind === 'reconstruct' ? [stage.rebuilt.length] : [],
    );
    expect(Math.max(...rebuilt)).toBe(3);
    const { recovered } = stageOf(room, 'addresses');
    expect(recovered).toMatchObject({
      path: 'm/0',
      publicKeyHex: wallet.walletPublicKeyHex,
      comparison: 'matched',
      expectedAddress: address,
      warnings: [],
    });
    expect(recovered.addresses[0]?.address).toBe(address);
    for (const shown of recovered.addresses) expect(shown.registered).toBe(shown.address === address);
    expect(recovered.addresses.length).toBeGreaterThan(3);

    session.end('user');
    expect(session.state.stage).toEqual({ kind: 'done', reason: 'user', left: { kind: 'addresses' } });
    expectNothingSecret(room, wallet);
  });

  it('ED25519: ids by hand, key as PKE1, an old one without its header as well', async () => {
    const password = new SecretBytes(new TextEncoder().encode(PASSWORD));
    const sealed = await sealPke1(
      new SecretBytes(new TextEncoder().encode(hex(key.pkcs8Der))),
      password,
      systemRandom,
    );
    const [file, headerless] = [
      workspace.write('recovery.pke1', sealed),
      workspace.write('old.pke1', sealed.subarray(4)),
    ];
    const folder = join(bucket(), solana.keyId);
    const room = openRoom();
    const { session } = room;
    session.chooseMode('drill');
    await session.addPaths([folder]);
    const { ref, labelKnown } = walletOf(room);
    expect(labelKnown).toBe(false);
    session.chooseWallet(ref);
    describeIds(room, ref, solana.quorumId);
    expect(walletOf(room)).toMatchObject({ quorumId: solana.quorumId, labelKnown: true, ref });
    await session.verifier.verify([ref]);
    session.beginUnlock();
    await session.keyFile.choose(headerless);
    expect(stageOf(room, 'unlock').keyFile?.needsPassword).toBe(true);
    await session.keyFile.choose(file);
    expect(stageOf(room, 'unlock').keyFile).toEqual({ file, kind: 'pke1', needsPassword: true });
    await session.keyFile.open(password);
    await recover(room);
    expect(stageOf(room, 'addresses').recovered).toMatchObject({
      path: 'm',
      publicKeyHex: solana.walletPublicKeyHex,
      comparison: 'not-given',
      expectedAddress: null,
    });
    expect(
      addressesOf('ED-25519', Buffer.from(solana.walletPublicKeyHex, 'hex')).map(({ address }) => address),
    ).toEqual(stageOf(room, 'addresses').recovered.addresses.map(({ address }) => address));
    expect(password.use((bytes) => Buffer.from(bytes).toString())).toBe(PASSWORD);
    expectNothingSecret(room, solana);
  });
});

describe('the register', () => {
  it('an address of another wallet is a mismatch, and the path still shows what was recovered', async () => {
    const other = addressesOf('secp256k1', Buffer.from(makeWallet({ key }).walletPublicKeyHex, 'hex'))[0]!
      .address;
    const room = await roomExpecting(other);
    expect(stageOf(room, 'addresses').recovered).toMatchObject({
      publicKeyHex: wallet.walletPublicKeyHex,
      comparison: 'mismatched',
      expectedAddress: other,
    });
    expect(stageOf(room, 'addresses').recovered.addresses.some(({ registered }) => registered)).toBe(false);
  });

  it('an empty cell is no address', async () => {
    const room = await roomExpecting('');
    expect(stageOf(room, 'addresses').recovered).toMatchObject({
      comparison: 'not-given',
      expectedAddress: null,
    });
  });

  it('added after the wallets it speaks for all of them, and an id by hand goes before it', async () => {
    const room = openRoom();
    room.session.chooseMode('live');
    await room.session.addPaths([join(bucket(), wallet.keyId), join(bucket(), solana.keyId)]);
    const refs = walletsOf(room).map(({ ref }) => ref);
    expect(walletsOf(room).map(({ labelKnown }) => labelKnown)).toEqual([false, false]);
    await room.session.addPaths([workspace.write('late.csv', registerOf([wallet, solana]))]);
    expect(walletsOf(room).map(({ ref }) => ref)).toEqual(refs);
    expect(walletOf(room, wallet.keyId)).toMatchObject({ quorumId: wallet.quorumId, labelKnown: true });
    expect(walletOf(room, solana.keyId)).toMatchObject({ quorumId: solana.quorumId, labelKnown: true });
    describeIds(room, walletOf(room, wallet.keyId).ref, solana.quorumId);
    expect(walletOf(room, wallet.keyId)).toMatchObject({ quorumId: solana.quorumId });
  });
});

describe('two registers', () => {
  it('one that the user named is not replaced by one that lies in a bucket', async () => {
    const lying = registerOf([{ ...wallet, quorumId: solana.quorumId, address: '0xbad' }]);
    addWallet(workspace, wallet, 'planted');
    workspace.write('planted/register.csv', lying);
    const named = workspace.write('mine.csv', registerOf([wallet]));
    const bucketOfTwo = workspace.path('planted');
    for (const drops of [[[bucketOfTwo, named]], [[named], [bucketOfTwo]], [[bucketOfTwo], [named]]]) {
      const room = openRoom();
      room.session.chooseMode('drill');
      for (const paths of drops) await room.session.addPaths(paths);
      expect(stageOf(room, 'load').loaded.register).toBe(named);
      expect(walletOf(room)).toMatchObject({ quorumId: wallet.quorumId, expectedAddress: null });
    }
  });

  it('a further one that the user names replaces the first', async () => {
    const room = openRoom();
    room.session.chooseMode('drill');
    const [first, second] = [
      workspace.write('first.csv', registerOf([{ ...wallet, address: '0xold' }])),
      workspace.write('second.csv', registerOf([{ ...wallet, address: '0xnew' }])),
    ];
    await room.session.addPaths([join(bucket(), wallet.keyId), first]);
    await room.session.addPaths([second]);
    expect(stageOf(room, 'load').loaded.register).toBe(second);
    expect(walletOf(room).expectedAddress).toBe('0xnew');
  });
});

describe('other paths', () => {
  it('each shows the public side of its child, and the way back is open', async () => {
    const room = await unlockedRoom(join(bucket(), wallet.keyId), wallet, keyFile);
    await recover(room);
    const first = stageOf(room, 'addresses').recovered;
    for (const path of [[1], [44, 60, 0, 0, 7], []]) {
      room.session.derivePath(['m', ...path].join('/'));
      const { recovered } = stageOf(room, 'addresses');
      const child = path.length === 0 ? wallet.masterPrivateKey : childKey(wallet, path);
      const { encodeCompressed, points } = curveOf('secp256k1');
      expect(recovered.path).toBe(['m', ...path].join('/'));
      expect(recovered.publicKeyHex).toBe(
        hex(encodeCompressed(points.BASE.multiply(BigInt(`0x${hex(child)}`)))),
      );
      expectNoSecret(recovered, [hex(child)]);
    }
    room.session.derivePath('m/0');
    expect(stageOf(room, 'addresses').recovered).toEqual(first);
    expectNothingSecret(room, wallet);
  });

  it('a malformed path is refused, and what was shown stays', async () => {
    const room = await unlockedRoom(join(bucket(), wallet.keyId), wallet, keyFile);
    expect(
      faultOf(() => {
        room.session.derivePath('m/1');
      }).code,
    ).toBe('path.malformed');
    await recover(room);
    const before = room.session.state;
    for (const path of ["m/0'", 'm/x', 'm//1', 'm/2147483648']) {
      expect(
        faultOf(() => {
          room.session.derivePath(path);
        }).code,
        path,
      ).toBe('path.malformed');
    }
    expect(room.session.state).toBe(before);
    room.session.derivePath('m/3');
    expect(stageOf(room, 'addresses').recovered.path).toBe('m/3');
  });
});

describe('verifying', () => {
  it('several wallets, one after the other', async () => {
    const room = openRoom();
    room.session.chooseMode('drill');
    await room.session.addPaths([bucket(), workspace.write('both.csv', registerOf([wallet, solana]))]);
    await room.session.verifier.verify(walletsOf(room).map(({ ref }) => ref));
    expect(walletsOf(room).map(({ verification }) => verification)).toMatchObject([
      { kind: 'judged', verdict: 'valid' },
      { kind: 'judged', verdict: 'valid' },
    ]);
    for (const { stage } of room.pushed) {
      const running =
        stage.kind === 'load'
          ? stage.loaded.wallets.filter(({ verification: { kind } }) => kind === 'running')
          : [];
      expect(running.length).toBeLessThan(2);
    }
    stageOf(room, 'load');
  });

  it('a wallet for two recovery keys: all copies are checked, and either key opens it', async () => {
    const other = makeRecoveryKey();
    const ids = { keyId: wallet.keyId, quorumId: wallet.quorumId };
    const files = [key, other].map(
      (recoveryKey) =>
        makeWallet({ key: recoveryKey, randomBytes: seededBytes('two'), ids, players: 2 }).file,
    );
    files.forEach((file, i) => workspace.write(`two/${wallet.keyId}/recovery_shard-${i}.txt`, file));
    const otherFile = addRecoveryKey(workspace, other, 'other.der');
    const room = await unlockedRoom(workspace.path('two'), wallet, otherFile);
    const { recoveryKeys, verification } = walletOf(room);
    expect(recoveryKeys).toEqual([key.publicKey.fingerprintHex, other.publicKey.fingerprintHex]);
    expect(verification.kind === 'judged' ? verification.results : []).toHaveLength(2 * (4 + 2 * 5));
    await recover(room);
  });
});
