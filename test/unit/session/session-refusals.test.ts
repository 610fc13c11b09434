import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { SecretBytes } from '../../../electron/engine/bytes/secret-bytes.ts';
import { makeVersion1 } from '../../fixtures/backups.ts';
import { Workspace } from '../../fixtures/cli.ts';
import {
  addRecoveryKey,
  addWallet,
  changePart,
  flipByte,
  makeRecoveryKey,
  makeWallet,
  openKit,
  packKit,
  registerOf,
  type RecoveryKey,
  type TestWallet,
} from '../../fixtures/wallets.ts';
import { faultOf, faultOfAsync } from '../../fixtures/faults.ts';
import { makeRsaKey } from '../../fixtures/rsa.ts';
import {
  describeIds,
  expectNoSecret,
  openRoom,
  secretTexts,
  stageOf,
  verifiedRoom,
  walletOf,
  walletsOf,
} from './room.ts';

const PASSWORD = 'a password of the key file';

const workspace = new Workspace();
let key: RecoveryKey;
let wallet: TestWallet;
let other: TestWallet;
let keyFile: string;
let encryptedKeyFile: string;
let bucket: string;

beforeAll(() => {
  key = makeRecoveryKey();
  wallet = makeWallet({ key, players: 2 });
  other = makeWallet({ key, players: 2 });
  addWallet(workspace, wallet);
  addWallet(workspace, other);
  bucket = workspace.path('bucket');
  keyFile = addRecoveryKey(workspace, key);
  encryptedKeyFile = workspace.write(
    'encrypted.der',
    createPrivateKey({ key: Buffer.from(key.pkcs8Der), type: 'pkcs8', format: 'der' }).export({
      type: 'pkcs8',
      format: 'der',
      cipher: 'aes-256-cbc',
      passphrase: PASSWORD,
    }),
  );
});
afterAll(() => {
  workspace.remove();
});

const password = (text: string): SecretBytes => new SecretBytes(new TextEncoder().encode(text));
const folderOf = ({ keyId }: TestWallet): string => join(bucket, keyId);

describe('a backup that is not good', () => {
  it('a wrong quorum id is judged as what it is, and does not unlock until it is put right', async () => {
    const room = openRoom();
    const { session } = room;
    session.chooseMode('drill');
    await session.addPaths([folderOf(wallet)]);
    const { ref } = walletOf(room);
    session.chooseWallet(ref);
    expect(
      faultOf(() => {
        session.beginUnlock();
      }).code,
    ).toBe('backup.not-verified');
    describeIds(room, ref, other.quorumId);
    await session.verifier.verify([ref]);
    expect(walletOf(room).verification).toMatchObject({
      kind: 'judged',
      verdict: 'invalid',
      fault: { code: 'label.mismatch' },
    });
    expect(
      faultOf(() => {
        session.beginUnlock();
      }).code,
    ).toBe('backup.not-verified');
    stageOf(room, 'verify');

    describeIds(room, ref, wallet.quorumId);
    expect(walletOf(room).verification).toEqual({ kind: 'waiting' });
    expect(
      faultOf(() => {
        session.beginUnlock();
      }).code,
    ).toBe('backup.not-verified');
    await session.verifier.verify([ref]);
    session.beginUnlock();
    stageOf(room, 'unlock');
  });

  it('malformed ids and labels are refused and change nothing', async () => {
    const room = openRoom();
    const { session } = room;
    session.chooseMode('drill');
    await session.addPaths([folderOf(wallet)]);
    const before = session.state;
    const base = { wallet: walletOf(room).ref, keyId: null, quorumId: null, keyAlgorithm: null, label: null };
    const describe = (more: Partial<Parameters<typeof session.describeWallet>[0]>): string =>
      faultOf(() => {
        session.describeWallet({ ...base, ...more });
      }).code;
    expect(describe({ quorumId: 'not an id' })).toBe('id.malformed');
    expect(describe({ keyId: '1' })).toBe('id.malformed');
    expect(describe({ label: { encoding: 'hex', text: 'xyz' } })).toBe('label.malformed');
    expect(session.state).toBe(before);
  });

  it('a wallet that is not there', async () => {
    const room = openRoom();
    room.session.chooseMode('drill');
    const stranger = 'stranger' as unknown as Parameters<typeof room.session.chooseWallet>[0];
    expect(
      faultOf(() => {
        room.session.chooseWallet(stranger);
      }).code,
    ).toBe('key-id.not-found');
    expect((await faultOfAsync(() => room.session.verifier.verify([stranger]))).code).toBe(
      'key-id.not-found',
    );
    stageOf(room, 'load');
  });

  it('one bit of a ciphertext: the player and the index are named, and it does not unlock', async () => {
    let index = -1;
    const bad = changePart(wallet.file, 1, ({ es, combination }) => {
      index = combination[3]!;
      return { es: es.with(index, flipByte(es[index]!)) };
    });
    workspace.write(`damaged/${wallet.keyId}/recovery_shard-0.txt`, bad);
    const room = openRoom();
    room.session.chooseMode('drill');
    await room.session.addPaths([workspace.path('damaged')]);
    const { ref } = walletOf(room);
    room.session.chooseWallet(ref);
    describeIds(room, ref, wallet.quorumId);
    await room.session.verifier.verify([ref]);
    const { verification } = walletOf(room);
    expect(verification).toMatchObject({ verdict: 'invalid', fault: { details: { player: 1 } } });
    expect(verification.kind === 'judged' && verification.results).toContainEqual(
      expect.objectContaining({ player: 1, check: 'openings', outcome: 'failed', index }),
    );
    expect(
      faultOf(() => {
        room.session.beginUnlock();
      }).code,
    ).toBe('backup.not-verified');
  });

  it('one that can not be verified for want of the quorum id may be unlocked, and is rebuilt only with it', async () => {
    const room = openRoom();
    room.session.chooseMode('drill');
    await room.session.addPaths([folderOf(wallet)]);
    const { ref } = walletOf(room);
    room.session.chooseWallet(ref);
    await room.session.verifier.verify([ref]);
    expect(walletOf(room).verification).toMatchObject({
      verdict: 'unverifiable',
      fault: { code: 'label.unknown' },
    });
    room.session.beginUnlock();
    await room.session.keyFile.choose(keyFile);
    await room.session.keyFile.open(null);
    expect((await faultOfAsync(() => room.session.reconstruct())).code).toBe('label.missing');
    expect(stageOf(room, 'reconstruct').running).toBe(false);
    expect(room.session.state.fault?.code).toBe('label.missing');
  });

  it('version 1, which carries no proof, goes all the way with a warning', async () => {
    const rsa = makeRsaKey(2048);
    const { json, privateKey } = makeVersion1({ key: rsa, label: new TextEncoder().encode('old label') });
    const file = workspace.write('old-ers.json', JSON.stringify(json));
    const der = rsa.keyObject.export({ type: 'pkcs8', format: 'der' });
    const rsaFile = workspace.write('old.der', der);
    const room = openRoom();
    room.session.chooseMode('drill');
    await room.session.addPaths([file]);
    const { ref } = walletOf(room);
    room.session.chooseWallet(ref);
    room.session.describeWallet({
      wallet: ref,
      keyId: null,
      quorumId: null,
      keyAlgorithm: null,
      label: { encoding: 'text', text: 'old label' },
    });
    expect(walletOf(room)).toMatchObject({ labelKnown: true, convention: 'none', recoveryKeys: [] });
    await room.session.verifier.verify([ref]);
    expect(walletOf(room).verification).toMatchObject({
      verdict: 'unverifiable',
      fault: { code: 'backup.version-1' },
    });
    room.session.beginUnlock();
    await room.session.keyFile.choose(rsaFile);
    await room.session.keyFile.open(null);
    await room.session.reconstruct();
    const { recovered } = stageOf(room, 'addresses');
    expect(recovered.warnings.map(({ code }) => code)).toContain('backup.unverifiable');
    expectNoSecret(room.pushed, [
      Buffer.from(privateKey).toString('hex'),
      Buffer.from(privateKey).toString('base64').slice(0, 40),
    ]);
  });
});

describe('the files', () => {
  it('half a file among good ones is named, and the others load', async () => {
    const { kit, parts } = openKit(wallet.file);
    const files = parts.map((part) => packKit({ kit: { ...kit, index: part.player_index }, parts: [part] }));
    const folder = `half/${wallet.keyId}`;
    files.forEach((file, i) => workspace.write(`${folder}/recovery_shard-${i}.txt`, file));
    const half = workspace.write(
      `${folder}/recovery_shard-2.txt`,
      files[0]!.subarray(0, files[0]!.length / 2),
    );
    const room = openRoom();
    room.session.chooseMode('drill');
    await room.session.addPaths([workspace.path('half')]);
    const { files: views } = stageOf(room, 'load').loaded;
    expect(views).toHaveLength(3);
    expect(views.find(({ file }) => file === half)).toMatchObject({
      kind: 'fault',
      fault: { code: 'kit.truncated', details: { file: half } },
    });
    expect(walletOf(room)).toMatchObject({ players: [0, 1] });
    expect(walletOf(room).files).toHaveLength(2);
    expect(room.session.state.fault).toBeNull();
  });

  it('files that contradict each other name each other, and leave the other wallets alone', async () => {
    workspace.write(`mixed/${wallet.keyId}/recovery_shard-0.txt`, wallet.file);
    addWallet(workspace, other, 'mixed');
    const room = openRoom();
    const { session } = room;
    session.chooseMode('drill');
    await session.addPaths([workspace.path('mixed')]);
    expect(walletsOf(room)).toHaveLength(2);
    const { ref } = walletOf(room, other.keyId);
    const conflicting = changePart(wallet.file, 0, ({ vs }) => ({ vs: vs.with(0, flipByte(vs[0]!)) }));
    const bad = workspace.write(`mixed/${wallet.keyId}/recovery_shard-1.txt`, conflicting);
    await session.addPaths([bad]);
    expect(walletsOf(room).map((one) => one.ref)).toEqual([ref]);
    const faults = stageOf(room, 'load').loaded.files.filter(({ kind }) => kind === 'fault');
    expect(faults).toHaveLength(2);
    for (const { fault } of faults)
      expect(fault).toMatchObject({ code: 'kit.conflict', details: { otherFile: bad } });
    session.chooseWallet(ref);
    stageOf(room, 'verify');
  });

  it('a file of another wallet in the folder', async () => {
    workspace.write(`strayed/${wallet.keyId}/recovery_shard-0.txt`, wallet.file);
    workspace.write(`strayed/${wallet.keyId}/recovery_shard-1.txt`, other.file);
    const room = openRoom();
    room.session.chooseMode('drill');
    await room.session.addPaths([workspace.path('strayed')]);
    expect(walletsOf(room)).toEqual([]);
    for (const { fault } of stageOf(room, 'load').loaded.files) expect(fault?.code).toBe('kit.other-wallet');
  });

  it('a path that is not there is a fault on the screen as well, and loading ends', async () => {
    const room = openRoom();
    room.session.chooseMode('drill');
    const fault = await faultOfAsync(() => room.session.addPaths([workspace.path('nowhere')]));
    expect(fault.code).toBe('file.not-found');
    expect(room.session.state.fault).toEqual(fault);
    expect(stageOf(room, 'load').loading).toBe(false);
    await room.session.addPaths([bucket]);
    expect(room.session.state.fault).toBeNull();
    expect(walletsOf(room)).toHaveLength(2);
  });

  it('a register that is not good says so itself, dropped or found in a bucket', async () => {
    const malformed = `${registerOf([wallet])}${wallet.keyId},short\n`;
    addWallet(workspace, wallet, 'bad-register');
    const found = workspace.write('bad-register/register.csv', malformed);
    const dropped = workspace.write('bad-register.csv', malformed);
    const room = openRoom();
    room.session.chooseMode('drill');
    await room.session.addPaths([workspace.path('bad-register'), dropped]);
    const { files, register } = stageOf(room, 'load').loaded;
    expect(register).toBeNull();
    for (const file of [found, dropped]) {
      expect(files.find((view) => view.file === file)).toMatchObject({
        kind: 'fault',
        fault: { code: 'register.malformed', details: { file } },
      });
    }
  });
});

describe('the recovery key', () => {
  it('one of another wallet is told by its fingerprint before anything is decrypted', async () => {
    const stranger = makeRecoveryKey();
    const wrong = addRecoveryKey(workspace, stranger, 'wrong.der');
    const room = await verifiedRoom(folderOf(wallet), wallet);
    room.session.beginUnlock();
    await room.session.keyFile.choose(wrong);
    const fault = await faultOfAsync(() => room.session.keyFile.open(null));
    expect(fault).toMatchObject({
      code: 'rsa-key.mismatch',
      details: { given: stranger.publicKey.fingerprintHex, wanted: key.publicKey.fingerprintHex },
    });
    expect(room.session.state.fault).toEqual(fault);
    expect(stageOf(room, 'unlock').opening).toBe(false);

    await room.session.keyFile.choose(keyFile);
    expect(room.session.state.fault).toBeNull();
    await room.session.keyFile.open(null);
    stageOf(room, 'reconstruct');
    expectNoSecret(room.pushed, [...secretTexts(wallet, key), ...secretTexts(wallet, stranger)]);
  });

  it('password: wanted, wrong, right; it never shows', async () => {
    const room = await verifiedRoom(folderOf(wallet), wallet);
    room.session.beginUnlock();
    await room.session.keyFile.choose(encryptedKeyFile);
    expect(stageOf(room, 'unlock').keyFile).toEqual({
      file: encryptedKeyFile,
      kind: 'encrypted-pkcs8-der',
      needsPassword: true,
    });
    const codes: (string | undefined)[] = [];
    for (const given of [null, password('not this one'), password('')]) {
      const fault = await faultOfAsync(() => room.session.keyFile.open(given));
      expect(room.session.state.fault).toEqual(fault);
      expect(stageOf(room, 'unlock').opening).toBe(false);
      expectNoSecret(fault, ['not this one', PASSWORD]);
      codes.push(fault.code);
    }
    expect(codes).toEqual(['password.required', 'password.wrong', expect.stringMatching(/^password\./)]);
    await room.session.keyFile.open(password(PASSWORD));
    await room.session.reconstruct();
    stageOf(room, 'addresses');
    expectNoSecret(room.pushed, [...secretTexts(wallet, key, [PASSWORD, 'not this one'])]);
  });

  it('no file chosen, a file that is gone, a public key, a kit', async () => {
    const room = await verifiedRoom(folderOf(wallet), wallet);
    const { session } = room;
    session.beginUnlock();
    expect((await faultOfAsync(() => session.keyFile.open(null))).code).toBe('file.not-found');
    expect((await faultOfAsync(() => session.keyFile.choose(workspace.path('gone.der')))).code).toBe(
      'file.not-found',
    );
    expect(session.state.fault?.details).toMatchObject({ file: workspace.path('gone.der') });
    await session.keyFile.choose(workspace.write('public.der', key.publicKey.spkiDer));
    expect((await faultOfAsync(() => session.keyFile.open(null))).code).toBe('rsa-key.public-given');
    await session.keyFile.choose(workspace.write('kit-as-key.txt', wallet.file));
    expect((await faultOfAsync(() => session.keyFile.open(null))).code).toBe('rsa-key.not-understood');
    expect(stageOf(room, 'unlock').opening).toBe(false);
  });

  it('a choice that fails leaves no earlier file chosen', async () => {
    const room = await verifiedRoom(folderOf(wallet), wallet);
    const { session } = room;
    session.beginUnlock();
    await session.keyFile.choose(keyFile);
    expect(stageOf(room, 'unlock').keyFile).toMatchObject({ file: keyFile });
    await faultOfAsync(() => session.keyFile.choose(workspace.path('gone.der')));
    expect(stageOf(room, 'unlock').keyFile).toBeNull();
    expect((await faultOfAsync(() => session.keyFile.open(null))).code).toBe('file.not-found');
  });
});
