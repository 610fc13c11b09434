import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { AIR_GAP_OVERRIDE, type NetworkInterface } from '../../../shared/session-state.ts';
import { Workspace } from '../../fixtures/cli.ts';
import {
  addRecoveryKey,
  addWallet,
  makeRecoveryKey,
  makeWallet,
  type TestWallet,
} from '../../fixtures/wallets.ts';
import { faultOf, faultOfAsync } from '../../fixtures/faults.ts';
import { describeIds, openRoom, stageOf, unlockedRoom, walletOf } from './room.ts';

const LOOPBACK: NetworkInterface = { name: 'lo', up: true, loopback: true };
const CABLE: NetworkInterface = { name: 'eth0', up: true, loopback: false };

const workspace = new Workspace();
let wallet: TestWallet;
let keyFile: string;
let folder: string;

beforeAll(() => {
  const key = makeRecoveryKey();
  wallet = makeWallet({ key, players: 2 });
  folder = addWallet(workspace, wallet);
  keyFile = addRecoveryKey(workspace, key);
});
afterAll(() => {
  workspace.remove();
});

describe('the air gap', () => {
  it('live and connected: neither unlocks nor rebuilds until the exact sentence is typed, for these interfaces', async () => {
    const room = openRoom();
    const { session } = room;
    session.airGapChanged([LOOPBACK, CABLE]);
    expect(session.state.airGap).toEqual({ interfaces: [LOOPBACK, CABLE], holds: false, overridden: false });
    session.chooseMode('live');
    await session.addPaths([folder]);
    const { ref } = walletOf(room);
    session.chooseWallet(ref);
    describeIds(room, ref, wallet.quorumId);
    await session.verifier.verify([ref]);
    session.beginUnlock();
    await session.keyFile.choose(keyFile);
    const before = session.state;
    expect((await faultOfAsync(() => session.keyFile.open(null))).code).toBe('air-gap.open');
    expect(session.state).toBe(before);
    for (const sentence of ['', 'yes', AIR_GAP_OVERRIDE.toLowerCase(), `${AIR_GAP_OVERRIDE}!`]) {
      expect(
        faultOf(() => {
          session.overrideAirGap(sentence);
        }).code,
        sentence,
      ).toBe('air-gap.sentence');
      expect(session.state.airGap.overridden).toBe(false);
    }
    session.overrideAirGap(` ${AIR_GAP_OVERRIDE}\n`);
    expect(session.state.airGap.overridden).toBe(true);
    await session.keyFile.open(null);
    stageOf(room, 'reconstruct');

    session.airGapChanged([LOOPBACK, CABLE, { name: 'wlan0', up: true, loopback: false }]);
    expect(session.state.airGap.overridden).toBe(false);
    expect((await faultOfAsync(() => session.reconstruct())).code).toBe('air-gap.open');
    expect(stageOf(room, 'reconstruct')).toMatchObject({ running: false, rebuilt: [] });
    session.airGapChanged([LOOPBACK, { ...CABLE, up: false }]);
    expect(session.state.airGap).toMatchObject({ holds: true, overridden: false });
    await session.reconstruct();
    stageOf(room, 'addresses');
  });

  it('as long as nobody has looked, it does not hold', async () => {
    const room = openRoom();
    room.session.chooseMode('live');
    await room.session.addPaths([folder]);
    const { ref } = walletOf(room);
    room.session.chooseWallet(ref);
    describeIds(room, ref, wallet.quorumId);
    await room.session.verifier.verify([ref]);
    room.session.beginUnlock();
    await room.session.keyFile.choose(keyFile);
    expect((await faultOfAsync(() => room.session.keyFile.open(null))).code).toBe('air-gap.open');
  });

  it('a drill goes on', async () => {
    const room = await unlockedRoom(folder, wallet, keyFile);
    room.session.airGapChanged([LOOPBACK, CABLE]);
    await room.session.reconstruct();
    stageOf(room, 'addresses');
    expect(room.session.state).toMatchObject({ mode: 'drill', airGap: { holds: false, overridden: false } });
  });
});
