import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { SessionState } from '../../../shared/session-state.ts';
import { SecretBytes } from '../../../electron/engine/bytes/secret-bytes.ts';
import type * as RecoverWallet from '../../../electron/session/recover-wallet.ts';
import { Workspace } from '../../fixtures/cli.ts';
import {
  addRecoveryKey,
  addWallet,
  makeRecoveryKey,
  makeWallet,
  type RecoveryKey,
  type TestWallet,
} from '../../fixtures/wallets.ts';
import { faultOfAsync } from '../../fixtures/faults.ts';
import {
  expectNoSecret,
  secretTexts,
  stageOf,
  unlockedRoom,
  verifiedRoom,
  walletOf,
  type Room,
} from './room.ts';

/** Every recovered wallet that the session was ever given, at every path. */
const given = vi.hoisted(() => [] as RecoverWallet.RecoveredWallet[]);

vi.mock('../../../electron/session/recover-wallet.ts', async (original) => {
  const real = await original<typeof RecoverWallet>();
  return {
    ...real,
    recoverWallet: async (...args: Parameters<typeof real.recoverWallet>) => {
      const recovery = await real.recoverWallet(...args);
      if (recovery.kind === 'recovered') given.push(recovery);
      return recovery;
    },
    keyAt: (...args: Parameters<typeof real.keyAt>) => {
      const recovery = real.keyAt(...args);
      given.push(recovery);
      return recovery;
    },
  };
});

const PASSWORD = 'the right password';

const workspace = new Workspace();
let key: RecoveryKey;
let wallet: TestWallet;
let keyFile: string;
let encryptedKeyFile: string;
let folder: string;

beforeAll(() => {
  key = makeRecoveryKey();
  wallet = makeWallet({ key, players: 2 });
  addWallet(workspace, wallet);
  folder = join(workspace.path('bucket'), wallet.keyId);
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
beforeEach(() => {
  given.length = 0;
});

const isWiped = (secret: SecretBytes): boolean => {
  try {
    secret.use(() => undefined);
    return false;
  } catch {
    return true;
  }
};

/** How many of the secrets that the session was given are still there. */
const left = (): number =>
  given
    .flatMap(({ key: { privateKey }, master }) => [privateKey, master.privateKey, master.chainCode!])
    .filter((secret) => !isWiped(secret)).length;

const unlocked = (): Promise<Room> => unlockedRoom(folder, wallet, keyFile);
const unlocking = async (file = keyFile): Promise<Room> => {
  const room = await verifiedRoom(folder, wallet);
  room.session.beginUnlock();
  await room.session.keyFile.choose(file);
  return room;
};

/** Leaves a room by either way, and lets everything that was under way come to its end. */
const WAYS = [
  [
    'back',
    'verify',
    ({ session }: Room) => {
      session.back();
    },
  ],
  [
    'end',
    'done',
    ({ session }: Room) => {
      session.end('screen-lock');
    },
  ],
] as const;

/** After what was under way is over, nothing has changed, and no key is left. */
async function expectNothingLate(room: Room, work: Promise<unknown>, after: SessionState): Promise<void> {
  const pushed = room.pushed.length;
  await work;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(room.session.state).toBe(after);
  expect(room.pushed).toHaveLength(pushed);
  expect(left()).toBe(0);
  expectNoSecret(room.pushed, secretTexts(wallet, key, [PASSWORD]));
}

describe('wiping', () => {
  it.each(WAYS)(
    '%s from the addresses wipes the master key, its chain code and every derived key',
    async (_, kind, leave) => {
      const room = await unlocked();
      await room.session.reconstruct();
      expect(given).toHaveLength(1);
      expect(left()).toBe(3);
      room.session.derivePath('m/5');
      room.session.derivePath('m/6');
      expect(given).toHaveLength(3);
      expect(given.map(({ key: { privateKey } }) => isWiped(privateKey))).toEqual([true, true, false]);
      leave(room);
      expect(left()).toBe(0);
      stageOf(room, kind);
      expect(room.session.state.fault).toBeNull();
    },
  );

  it('a wipe takes the recovery key with it, and the file that was chosen', async () => {
    const room = await unlocked();
    room.session.back();
    room.session.beginUnlock();
    expect(stageOf(room, 'unlock').keyFile).toBeNull();
    expect((await faultOfAsync(() => room.session.keyFile.open(null))).code).toBe('file.not-found');
    await room.session.reconstruct();
    expect(given).toEqual([]);
    stageOf(room, 'unlock');
    await room.session.keyFile.choose(keyFile);
    await room.session.keyFile.open(null);
    await room.session.reconstruct();
    stageOf(room, 'addresses');
  });

  it('the end is the end', async () => {
    const room = await unlocked();
    await room.session.reconstruct();
    room.session.end('idle');
    const { jobs } = room.proofs;
    const after = room.session.state;
    room.session.end('user');
    room.session.back();
    room.session.chooseMode('drill');
    room.session.airGapChanged([]);
    await room.session.addPaths([folder]);
    await room.session.keyFile.choose(keyFile);
    await room.session.verifier.verify([]);
    room.session.verifier.stop();
    for (const work of [() => room.session.keyFile.open(null), () => room.session.reconstruct()]) {
      await work().catch(() => undefined);
    }
    expect(room.session.state).toBe(after);
    expect(after.stage).toMatchObject({ kind: 'done', reason: 'idle' });
    expect([left(), room.proofs.jobs]).toEqual([0, jobs]);
  });
});

describe('leaving while the key is being rebuilt', () => {
  it.each(WAYS)('%s while the proof is checked again', async (_, kind, leave) => {
    const room = await unlocked();
    room.proofs.hold();
    const work = room.session.reconstruct();
    leave(room);
    stageOf(room, kind);
    const after = room.session.state;
    room.proofs.release();
    await expectNothingLate(room, work, after);
    expect(given).toEqual([]);
  });

  it.each(WAYS)('%s between two shares: what is rebuilt all the same is wiped', async (_, kind, leave) => {
    const room = await unlocked();
    let after: SessionState | undefined;
    let isLeaving = false;
    room.session.onChange(({ stage }) => {
      if (isLeaving || stage.kind !== 'reconstruct' || stage.rebuilt.length === 0) return;
      isLeaving = true;
      setImmediate(() => undefined);
      queueMicrotask(() => {
        leave(room);
        after = room.session.state;
      });
    });
    const work = room.session.reconstruct();
    await vi.waitFor(() => {
      expect(after).toBeDefined();
    });
    stageOf(room, kind);
    await expectNothingLate(room, work, after!);
    expect(given).toHaveLength(1);
  });

  it('after going back and forth again, the first result is not taken for the second', async () => {
    const room = await unlocked();
    room.proofs.hold();
    const first = room.session.reconstruct();
    room.session.back();
    room.session.beginUnlock();
    await room.session.keyFile.choose(keyFile);
    await room.session.keyFile.open(null);
    const before = room.session.state;
    room.proofs.release();
    await first;
    expect(room.session.state).toBe(before);
    await room.session.reconstruct();
    stageOf(room, 'addresses');
    expect(given).toHaveLength(1);
    room.session.back();
    expect(left()).toBe(0);
  });

  it('asked for twice it is done once, and no key is forgotten', async () => {
    const room = await unlocked();
    await Promise.all([room.session.reconstruct(), room.session.reconstruct()]);
    stageOf(room, 'addresses');
    await room.session.reconstruct();
    expect(given).toHaveLength(1);
    room.session.back();
    expect(left()).toBe(0);
  });

  it('neither stopping a verification nor a new one disturbs it', async () => {
    const room = await unlocked();
    room.proofs.hold();
    const work = room.session.reconstruct();
    room.session.verifier.stop();
    const verifying = room.session.verifier.verify([walletOf(room).ref]);
    room.proofs.release();
    await Promise.all([work, verifying]);
    stageOf(room, 'addresses');
    expect(walletOf(room).verification).toMatchObject({ kind: 'judged', verdict: 'valid' });
  });
});

describe('leaving while the key file is opened', () => {
  it.each(WAYS)('%s: a key that fits is not kept', async (_, kind, leave) => {
    const room = await unlocking();
    const work = room.session.keyFile.open(null);
    leave(room);
    stageOf(room, kind);
    await expectNothingLate(room, work, room.session.state);
  });

  it.each(WAYS)('%s: a wrong password is not told any more', async (_, kind, leave) => {
    const room = await unlocking(encryptedKeyFile);
    const work = room.session.keyFile.open(new SecretBytes(new TextEncoder().encode('wrong password')));
    leave(room);
    stageOf(room, kind);
    await expectNothingLate(room, work, room.session.state);
  });

  it('its fault does not show at the next unlocking', async () => {
    const room = await unlocking(encryptedKeyFile);
    const work = room.session.keyFile.open(null);
    room.session.back();
    room.session.beginUnlock();
    await expectNothingLate(room, work, room.session.state);
    expect(room.session.state.fault).toBeNull();
  });

  it.each(WAYS)('%s while a key file is looked at', async (_, kind, leave) => {
    const room = await unlocking();
    const work = room.session.keyFile.choose(encryptedKeyFile);
    leave(room);
    stageOf(room, kind);
    await expectNothingLate(room, work, room.session.state);
    if (kind === 'done') return;
    room.session.beginUnlock();
    expect((await faultOfAsync(() => room.session.keyFile.open(null))).code).toBe('file.not-found');
  });
});

describe('out of turn', () => {
  it('no key is opened or rebuilt before the path has come to it', async () => {
    const room = await verifiedRoom(folder, wallet);
    const before = room.session.state;
    await room.session.keyFile.choose(keyFile);
    await room.session.keyFile.open(null).catch(() => undefined);
    await room.session.reconstruct().catch(() => undefined);
    expect(given).toEqual([]);
    expect(room.session.state).toMatchObject({ stage: before.stage });
    stageOf(room, 'verify');
  });

  it('a wallet is not described anew once its recovery key is asked for', async () => {
    const room = await unlocked();
    const before = room.session.state;
    room.session.describeWallet({
      wallet: walletOf(room).ref,
      keyId: null,
      quorumId: wallet.keyId,
      keyAlgorithm: null,
      label: null,
    });
    expect(room.session.state).toBe(before);
    await room.session.reconstruct();
    stageOf(room, 'addresses');
  });
});
