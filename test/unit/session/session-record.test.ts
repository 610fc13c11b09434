import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { RecordEntry, RecordKind } from '../../../shared/record.ts';
import { AIR_GAP_OVERRIDE } from '../../../shared/session-state.ts';
import { parseRecord } from '../../../electron/record/parse-record.ts';
import { verifyRecord } from '../../../electron/record/verify-record.ts';
import { headWords } from '../../../electron/engine/words/head-words.ts';
import { Workspace } from '../../fixtures/cli.ts';
import {
  addRecoveryKey,
  addWallet,
  makeRecoveryKey,
  makeWallet,
  type RecoveryKey,
  type TestWallet,
} from '../../fixtures/wallets.ts';
import { describeIds, expectNoSecret, openRoom, secretTexts, walletOf, type Room } from './room.ts';

const workspace = new Workspace();
let key: RecoveryKey;
let wallet: TestWallet;
let keyFile: string;

beforeAll(() => {
  key = makeRecoveryKey();
  wallet = makeWallet({ key });
  addWallet(workspace, wallet);
  keyFile = addRecoveryKey(workspace, key);
});
afterAll(() => {
  workspace.remove();
});

/** A session from the choice of the mode to the addresses. */
async function recovered(mode: 'live' | 'drill'): Promise<Room> {
  const room = openRoom();
  const { session } = room;
  session.airGapChanged([{ name: 'eth0', up: true, loopback: false }]);
  session.chooseMode(mode);
  await session.addPaths([workspace.path('bucket')]);
  const { ref } = walletOf(room, wallet.keyId);
  describeIds(room, ref, wallet.quorumId);
  session.chooseWallet(ref);
  await session.verifier.verify([ref]);
  session.overrideAirGap(AIR_GAP_OVERRIDE);
  session.beginUnlock();
  await session.keyFile.choose(keyFile);
  await session.keyFile.open(null);
  await session.reconstruct();
  return room;
}

const kindsOf = (entries: readonly RecordEntry[]): readonly RecordKind[] => entries.map(({ kind }) => kind);

describe('the record of a session', () => {
  it('says what was done, in order, ends with the wipe, and verifies', async () => {
    const { session } = await recovered('drill');
    session.end('user');
    const folder = mkdtempSync(join(tmpdir(), 'breakglass-record-'));
    const file = join(folder, 'record.json');
    await session.records.save('json', file);
    const bytes = readFileSync(file);
    rmSync(folder, { recursive: true });
    const record = parseRecord(bytes);
    expect(kindsOf(record.entries).filter((kind) => kind !== 'stage')).toEqual([
      'opened',
      'air-gap',
      'file',
      'wallet',
      'verified',
      'air-gap',
      'unlocked',
      'recovered',
      'drill',
      'wiped',
      'closed',
    ]);
    expect(verifyRecord(bytes)).toMatchObject({ sound: true, head: session.state.record.headHex });
    expect(session.state.record.headWords).toEqual(headWords(record.head));
    expect(record.entries.find(({ kind }) => kind === 'file')).toMatchObject({
      name: `${wallet.keyId}/recovery_shard-0.txt`,
      what: 'kit',
    });
    expect(record.entries.find(({ kind }) => kind === 'wiped')).toMatchObject({
      reason: 'user',
      secretsWiped: true,
      hsmClosed: null,
    });
    expect(record.entries.find(({ kind }) => kind === 'unlocked')).toMatchObject({
      fingerprint: key.publicKey.fingerprintHex,
    });
  });

  it('holds no secret, no path of the machine, and no hash of the recovery key file', async () => {
    const { session } = await recovered('live');
    session.end('idle');
    const { entries } = parseRecord(await savedRecord(session.records));
    expectNoSecret(entries, secretTexts(wallet, key));
    expect(JSON.stringify(entries)).not.toContain(tmpdir());
    expect(entries.some((entry) => entry.kind === 'file' && entry.what === 'recovery-key')).toBe(false);
  });

  it('is kept by itself however the session ends', () => {
    const kept: { name: string; content: Uint8Array }[] = [];
    for (const reason of ['user', 'idle', 'screen-lock', 'quit'] as const) {
      const room = openRoom(undefined, undefined, (name, content) => {
        kept.push({ name, content });
        return `/kept/${name}`;
      });
      room.session.end(reason);
      expect(room.session.state.record.kept).toBeNull();
      room.session.chooseMode('drill');
      const again = openRoom(undefined, undefined, (name, content) => {
        kept.push({ name, content });
        return `/kept/${name}`;
      });
      again.session.chooseMode('drill');
      again.session.end(reason);
      expect(again.session.state.record.kept).toBe(`/kept/${kept.at(-1)!.name}`);
      expect(kindsOf(parseRecord(kept.at(-1)!.content).entries)).toEqual([
        'opened',
        'air-gap',
        'stage',
        'stage',
        'wiped',
        'closed',
      ]);
    }
    expect(kept).toHaveLength(4);
    expect(kept[0]!.name).toMatch(/^breakglass-drill-20260102-0304-[0-9a-f]{8}\.json$/);
  });

  it('a fault that the user met is there, a slip of the finger is not', async () => {
    const room = openRoom();
    const { session } = room;
    session.chooseMode('drill');
    await session.addPaths([workspace.path('bucket')]);
    const { ref } = walletOf(room, wallet.keyId);
    expect(() => {
      session.overrideAirGap('no');
    }).toThrow();
    describeIds(room, ref, wallet.quorumId);
    session.chooseWallet(ref);
    await session.verifier.verify([ref]);
    session.beginUnlock();
    const other = addRecoveryKey(workspace, makeRecoveryKey(), 'other.der');
    await session.keyFile.choose(other);
    await expect(session.keyFile.open(null)).rejects.toThrow();
    session.end('user');
    const { entries } = parseRecord(await savedRecord(session.records));
    const faults = entries.filter((entry) => entry.kind === 'fault');
    expect(faults.map((entry) => entry.code)).toEqual(['rsa-key.mismatch']);
  });

  it('is not given out before the session has ended, and nothing is added after', async () => {
    const { session } = await recovered('drill');
    const file = workspace.path('early.json');
    await expect(session.records.save('json', file)).rejects.toMatchObject({ code: 'usage.invalid' });
    expect(existsSync(file)).toBe(false);
    session.end('user');
    const { headHex } = session.state.record;
    session.airGapChanged([]);
    session.end('quit');
    expect(session.state.record.headHex).toBe(headHex);
  });
});

describe('signing', () => {
  it('with a key made for it: the signature fits, the key is gone, its public half stands beside', async () => {
    const { session } = await recovered('drill');
    session.end('user');
    await expect(session.records.signOnce()).rejects.toMatchObject({ code: 'usage.invalid' });
    const file = join(mkdtempSync(join(tmpdir(), 'breakglass-record-')), 'record.json');
    await session.records.save('json', file);
    await session.records.signOnce();
    const report = verifyRecord(readFileSync(file), {
      signatures: [{ file: `${file}.sig`, content: readFileSync(`${file}.sig`) }],
      publicKeys: [{ file: `${file}.pub`, content: readFileSync(`${file}.pub`) }],
    });
    expect(report.sound).toBe(true);
    expect(report.checks.find(({ check }) => check === 'signature')?.outcome).toBe('passed');
    expect(session.state.record.saved.map(({ form }) => form)).toEqual(['json', 'public-key', 'signature']);
    rmSync(join(file, '..'), { recursive: true });
  });
});

async function savedRecord(records: Room['session']['records']): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'breakglass-record-'));
  try {
    await records.save('json', join(folder, 'record.json'));
    return readFileSync(join(folder, 'record.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
