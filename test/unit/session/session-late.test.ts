import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Workspace } from '../../fixtures/cli.ts';
import {
  addWallet,
  changePart,
  flipByte,
  makeRecoveryKey,
  makeWallet,
  registerOf,
  type TestWallet,
} from '../../fixtures/wallets.ts';
import { faultOfAsync } from '../../fixtures/faults.ts';
import { describeIds, openRoom, stageOf, walletOf, walletsOf, type Room } from './room.ts';

const workspace = new Workspace();
let wallet: TestWallet;
let other: TestWallet;
let bucket: string;
let register: string;

beforeAll(() => {
  const key = makeRecoveryKey();
  wallet = makeWallet({ key, players: 2 });
  other = makeWallet({ key, players: 2 });
  addWallet(workspace, wallet);
  addWallet(workspace, other);
  bucket = workspace.path('bucket');
  register = workspace.write('register.csv', registerOf([wallet, other]));
});
afterAll(() => {
  workspace.remove();
});

/** A bucket of two wallets with their register. */
async function loadedRoom(): Promise<Room> {
  const room = openRoom();
  room.session.chooseMode('drill');
  await room.session.addPaths([bucket, register]);
  return room;
}

const kindsOf = (room: Room): readonly string[] => walletsOf(room).map(({ verification: { kind } }) => kind);

/** Lets everything that was under way come to its end. */
const settled = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 30));

describe('stopping a verification', () => {
  it('leaves what was not finished waiting, and drops what comes late', async () => {
    const room = await loadedRoom();
    room.proofs.hold();
    const work = room.session.verifier.verify(walletsOf(room).map(({ ref }) => ref));
    expect(kindsOf(room)).toEqual(['running', 'waiting']);
    room.session.verifier.stop();
    expect(kindsOf(room)).toEqual(['waiting', 'waiting']);
    const after = room.session.state;
    room.proofs.release();
    await work;
    await settled();
    expect(room.session.state).toBe(after);
  });

  it('keeps the wallets that were finished', async () => {
    const room = await loadedRoom();
    const [first] = walletsOf(room);
    await room.session.verifier.verify([first!.ref]);
    room.proofs.hold();
    const work = room.session.verifier.verify(
      walletsOf(room)
        .slice(1)
        .map(({ ref }) => ref),
    );
    room.session.verifier.stop();
    await work;
    expect(kindsOf(room)).toEqual(['judged', 'waiting']);
  });

  it('with nothing under way changes nothing', async () => {
    const room = await loadedRoom();
    const before = room.session.state;
    room.session.verifier.stop();
    expect(room.session.state).toBe(before);
  });

  it('going back stops it too', async () => {
    const room = await loadedRoom();
    const { ref } = walletsOf(room)[0]!;
    room.session.chooseWallet(ref);
    room.proofs.hold();
    const work = room.session.verifier.verify([ref]);
    room.session.back();
    room.proofs.release();
    await work;
    await settled();
    stageOf(room, 'load');
    expect(kindsOf(room)).toEqual(['waiting', 'waiting']);
  });

  it('so does the end', async () => {
    const room = await loadedRoom();
    room.proofs.hold();
    const work = room.session.verifier.verify(walletsOf(room).map(({ ref }) => ref));
    room.session.end('quit');
    const after = room.session.state;
    const { jobs } = room.proofs;
    room.proofs.release();
    await work;
    await settled();
    expect([room.session.state, room.proofs.jobs]).toEqual([after, jobs]);
  });
});

describe('a verification that is started anew', () => {
  it('of the same wallet: each result is there once', async () => {
    const room = await loadedRoom();
    const { ref } = walletsOf(room)[0]!;
    room.proofs.hold();
    const first = room.session.verifier.verify([ref]);
    room.session.verifier.stop();
    const second = room.session.verifier.verify([ref]);
    const third = room.session.verifier.verify([ref]);
    expect(kindsOf(room)).toEqual(['running', 'waiting']);
    room.proofs.release();
    await Promise.all([first, second, third]);
    const { verification } = walletsOf(room)[0]!;
    expect(verification).toMatchObject({ kind: 'judged', verdict: 'valid' });
    expect(verification.kind === 'judged' ? verification.results : []).toHaveLength(4 + 2 * 5);
    for (const { stage } of room.pushed) {
      const results = stage.kind === 'load' && stage.loaded.wallets[0]?.verification;
      if (results !== false && results?.kind === 'running') expect(results.results.length).toBeLessThan(15);
    }
  });

  it('of another wallet: the first waits again', async () => {
    const room = await loadedRoom();
    const [a, b] = walletsOf(room);
    room.proofs.hold();
    const first = room.session.verifier.verify([a!.ref]);
    const second = room.session.verifier.verify([b!.ref]);
    room.proofs.release();
    await Promise.all([first, second]);
    expect(kindsOf(room)).toEqual(['waiting', 'judged']);
  });
});

describe('what is verified changes meanwhile', () => {
  it('another quorum id: the judgement by the old one is dropped', async () => {
    const room = await loadedRoom();
    const { ref } = walletOf(room, wallet.keyId);
    room.session.chooseWallet(ref);
    room.proofs.hold();
    const work = room.session.verifier.verify([ref]);
    describeIds(room, ref, other.quorumId);
    room.proofs.release();
    await work;
    expect(walletOf(room, wallet.keyId)).toMatchObject({
      quorumId: other.quorumId,
      verification: { kind: 'waiting' },
    });
    await room.session.verifier.verify([ref]);
    expect(walletOf(room, wallet.keyId).verification).toMatchObject({ fault: { code: 'label.mismatch' } });
  });

  it('a further file: the judgement without it is dropped', async () => {
    const loose = makeWallet({ key: makeRecoveryKey(), players: 2 });
    addWallet(workspace, loose, 'grows');
    const room = openRoom();
    room.session.chooseMode('drill');
    await room.session.addPaths([workspace.path('grows'), workspace.write('grows.csv', registerOf([loose]))]);
    const { ref } = walletOf(room);
    room.proofs.hold();
    const work = room.session.verifier.verify([ref]);
    const same = workspace.write(`more/${loose.keyId}/recovery_shard-7.txt`, loose.file);
    const adding = room.session.addPaths([same]);
    room.proofs.release();
    await Promise.all([work, adding]);
    await settled();
    expect(walletOf(room)).toMatchObject({ ref, verification: { kind: 'waiting' } });
    expect(walletOf(room).files).toHaveLength(2);
    const bad = changePart(loose.file, 0, ({ vs }) => ({ vs: vs.with(0, flipByte(vs[0]!)) }));
    await room.session.addPaths([workspace.write(`more/${loose.keyId}/recovery_shard-8.txt`, bad)]);
    expect((await faultOfAsync(() => room.session.verifier.verify([ref]))).code).toBe('key-id.not-found');
  });
});

describe('loading', () => {
  it('what was loaded is there again when the mode is chosen anew', async () => {
    const room = await loadedRoom();
    const { loaded } = stageOf(room, 'load');
    room.session.back();
    expect(room.session.state.stage).toEqual({ kind: 'prepare' });
    room.session.chooseMode('live');
    expect(stageOf(room, 'load')).toEqual({ kind: 'load', loaded, loading: false });
    expect(room.session.state.mode).toBe('live');
  });

  it('choosing a mode on the way changes nothing, what was verified least of all', async () => {
    const room = await loadedRoom();
    await room.session.verifier.verify(walletsOf(room).map(({ ref }) => ref));
    const before = room.session.state;
    room.session.chooseMode('live');
    expect(room.session.state).toBe(before);
    expect(kindsOf(room)).toEqual(['judged', 'judged']);
  });

  it('left while it lasts: what it finds shows where files are loaded, and nowhere else', async () => {
    const room = openRoom();
    room.session.chooseMode('drill');
    const adding = room.session.addPaths([bucket]);
    room.session.back();
    await adding;
    expect(room.session.state.stage).toEqual({ kind: 'prepare' });
    room.session.chooseMode('live');
    expect(walletsOf(room)).toHaveLength(2);

    const again = room.session.addPaths([register]);
    room.session.back();
    room.session.chooseMode('drill');
    await again;
    expect(stageOf(room, 'load')).toMatchObject({ loading: false, loaded: { register } });
  });

  it('left while it lasts: its fault is not shown', async () => {
    const room = openRoom();
    room.session.chooseMode('drill');
    const adding = room.session.addPaths([workspace.path('nowhere')]);
    room.session.back();
    const before = room.session.state;
    await adding;
    expect(room.session.state).toBe(before);
  });

  it('only where files are loaded', async () => {
    const room = openRoom();
    await room.session.addPaths([bucket]);
    expect(room.session.state.stage).toEqual({ kind: 'prepare' });
    room.session.chooseMode('drill');
    await room.session.addPaths([join(bucket, wallet.keyId)]);
    const { ref } = walletOf(room);
    room.session.chooseWallet(ref);
    const before = room.session.state;
    await room.session.addPaths([register]);
    expect(room.session.state).toBe(before);
    room.session.back();
    await room.session.addPaths([join(bucket, other.keyId)]);
    expect(walletsOf(room).map(({ labelKnown }) => labelKnown)).toEqual([false, false]);
  });

  it('two folders at the same time: both are there in the end', async () => {
    const room = openRoom();
    room.session.chooseMode('drill');
    await Promise.all([
      room.session.addPaths([join(bucket, wallet.keyId)]),
      room.session.addPaths([join(bucket, other.keyId), register]),
    ]);
    expect(stageOf(room, 'load')).toMatchObject({ loading: false, loaded: { register } });
    expect(walletsOf(room)).toHaveLength(2);
    expect(walletsOf(room).every(({ labelKnown }) => labelKnown)).toBe(true);
  });
});

describe('a bug while verifying', () => {
  it('is told to the caller, and leaves no wallet running', async () => {
    const room = await loadedRoom();
    room.proofs.failWith(new Error('a proof worker died twice of one part'));
    await expect(room.session.verifier.verify(walletsOf(room).map(({ ref }) => ref))).rejects.toThrow(
      'died twice',
    );
    expect(kindsOf(room)).toEqual(['waiting', 'waiting']);
  });
});
