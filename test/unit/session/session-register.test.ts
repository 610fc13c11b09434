import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { parseRecord } from '../../../electron/record/parse-record.ts';
import type { Mode } from '../../../shared/session-state.ts';
import { Workspace } from '../../fixtures/cli.ts';
import { addWallet, makeRecoveryKey, makeWallet, type TestWallet } from '../../fixtures/wallets.ts';
import { faultOf } from '../../fixtures/faults.ts';
import { openRoom, stageOf, walletOf, type Room } from './room.ts';

/** Where the register says which wallets are real. */

const workspace = new Workspace();
let real: TestWallet;
let sandbox: TestWallet;

beforeAll(() => {
  const key = makeRecoveryKey();
  [real, sandbox] = [makeWallet({ key, players: 2 }), makeWallet({ key, players: 2 })];
  addWallet(workspace, real);
  addWallet(workspace, sandbox);
  workspace.write(
    'register.csv',
    [
      'key_id,quorum_id,key_algorithm,address,environment',
      `${real.keyId},${real.quorumId},SECP256K1,,production`,
      `${sandbox.keyId},${sandbox.quorumId},SECP256K1,,sandbox`,
      '',
    ].join('\n'),
  );
});
afterAll(() => {
  workspace.remove();
});

/** A room in which one of the wallets was verified as good. */
async function verified(
  mode: Mode,
  { keyId }: TestWallet,
): Promise<Room & { readonly kept: readonly Uint8Array[] }> {
  const kept: Uint8Array[] = [];
  const room = openRoom(undefined, undefined, (name, content) => {
    kept.push(content);
    return name;
  });
  const { session } = room;
  session.chooseMode(mode);
  await session.addPaths([workspace.path('bucket'), workspace.path('register.csv')]);
  const { ref } = walletOf(room, keyId);
  session.chooseWallet(ref);
  await session.verifier.verify([ref]);
  expect(walletOf(room, keyId).verification).toMatchObject({ kind: 'judged', verdict: 'valid' });
  return { ...room, kept };
}

describe('a wallet that the register calls one of production', () => {
  it('is verified in a drill, but not unlocked, and the record says so', async () => {
    const room = await verified('drill', real);
    const fault = { code: 'guard.drill-on-production', details: { keyId: real.keyId } };
    expect(
      faultOf(() => {
        room.session.beginUnlock();
      }),
    ).toEqual(fault);
    stageOf(room, 'verify');
    expect(room.session.state.fault).toEqual(fault);
    room.session.end('user');
    const faults = parseRecord(room.kept[0]!).entries.filter(({ kind }) => kind === 'fault');
    expect(faults).toMatchObject([{ code: fault.code, details: fault.details }]);
  });

  it('is unlocked in a live recovery, and a sandbox one in a drill', async () => {
    for (const [mode, wallet] of [
      ['live', real],
      ['drill', sandbox],
    ] as const) {
      const room = await verified(mode, wallet);
      room.session.beginUnlock();
      stageOf(room, 'unlock');
    }
  });
});

it('a register of both worlds is warned of as soon as it is loaded', async () => {
  const room = openRoom();
  room.session.chooseMode('drill');
  await room.session.addPaths([workspace.path('bucket')]);
  expect(stageOf(room, 'load').loaded.registerWarnings).toEqual([]);
  await room.session.addPaths([workspace.path('register.csv')]);
  expect(stageOf(room, 'load').loaded.registerWarnings).toEqual([
    {
      code: 'register.mixed-environments',
      details: { sandbox: 1, production: 1, sandboxRows: sandbox.keyId, productionRows: real.keyId },
    },
  ]);
});
