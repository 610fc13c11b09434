import { describe, expect, it } from 'vitest';

import type { KeyId } from '../../../../shared/ids.ts';
import type { JsonValue } from '../../../../electron/engine/bytes/json.ts';
import { readKitFile } from '../../../../electron/engine/kit/kit-file.ts';
import { sortIntoWallets, type NamedKit } from '../../../../electron/engine/kit/wallet.ts';
import {
  flipBit,
  makeBackup,
  makeVersion1,
  toErsJson,
  withPart,
  withParts,
  type MadeBackup,
} from '../../../fixtures/backups.ts';
import { faultOf } from '../../../fixtures/faults.ts';
import { encodeKit, KEY_ID, kitJsonOf, OTHER_KEY_ID } from '../../../fixtures/kits.ts';
import { makeRsaKey } from '../../../fixtures/rsa.ts';

const key = makeRsaKey();
const otherKey = makeRsaKey();
const made = makeBackup({ key });
const stranger = makeBackup({ key, players: 2 });

const named = (file: string, json: JsonValue, keyId: KeyId | undefined = KEY_ID): NamedKit => ({
  file,
  keyId,
  kit: readKitFile(encodeKit(json)),
});
const kit = (
  file: string,
  of: MadeBackup = made,
  backup = of.backup,
  rsa = of.key,
  keyId?: KeyId,
): NamedKit => named(file, kitJsonOf(of, backup, rsa), keyId);
const onlyPlayers = (...players: readonly number[]): MadeBackup['backup'] => ({
  ...made.backup,
  parts: made.backup.parts.filter(({ playerIndex }) => players.includes(playerIndex)),
});

describe('one wallet', () => {
  it('of one file: what the kit states', () => {
    const [wallet, ...others] = sortIntoWallets([kit('a')]);
    expect(others).toEqual([]);
    expect(wallet).toMatchObject({
      keyId: KEY_ID,
      convention: 'palisade',
      keyAlgorithm: 'SECP256K1',
      statesAlgorithm: true,
    });
    expect(wallet?.stated?.master.equals(made.master)).toBe(true);
    expect(wallet?.copies).toHaveLength(1);
    expect(wallet?.copies[0]).toMatchObject({ files: ['a'], backup: made.backup });
  });

  it('that does not state its algorithm: implied by the curve', () => {
    const json = { ...kitJsonOf(made), keyAlgorithm: null };
    expect(sortIntoWallets([named('a', json)])[0]).toMatchObject({
      keyAlgorithm: 'SECP256K1',
      statesAlgorithm: false,
    });
  });

  it('of two recovery keys: two copies, one for each', () => {
    const [wallet] = sortIntoWallets([kit('a'), kit('b', made, made.backup, otherKey)]);
    expect(wallet?.copies.map(({ recoveryKey, files }) => [recoveryKey?.fingerprintHex, files])).toEqual([
      [key.publicKey.fingerprintHex, ['a']],
      [otherKey.publicKey.fingerprintHex, ['b']],
    ]);
  });

  it("of players spread over files: merged, in the players' order", () => {
    const [wallet] = sortIntoWallets([
      kit('c', made, onlyPlayers(2)),
      kit('a', made, onlyPlayers(0)),
      kit('b', made, onlyPlayers(1)),
    ]);
    expect(wallet?.copies).toHaveLength(1);
    expect(wallet?.copies[0]).toMatchObject({ files: ['c', 'a', 'b'], backup: made.backup });
  });

  it('of files that overlap: an identical part counts once', () => {
    const [wallet] = sortIntoWallets([
      kit('a', made, onlyPlayers(0, 1)),
      kit('b', made, onlyPlayers(1, 2)),
      kit('c'),
    ]);
    expect(wallet?.copies[0]?.backup).toEqual(made.backup);
  });

  it('of bare parts: merged', () => {
    const parts = toErsJson(made.backup).recovery_data;
    const [wallet] = sortIntoWallets(parts.map((part, i) => named(`p${i}`, kitJsonOf(made, part))));
    expect(wallet?.copies[0]?.backup).toEqual(made.backup);
  });

  it('of raw ERS data: no convention, nothing stated', () => {
    const [wallet] = sortIntoWallets([named('a', toErsJson(made.backup))]);
    expect(wallet).toMatchObject({
      convention: 'none',
      keyAlgorithm: 'SECP256K1',
      statesAlgorithm: false,
      stated: undefined,
    });
    expect(wallet?.copies[0].recoveryKey).toBeUndefined();
  });

  it('of a curve that wallets do not use: no algorithm', () => {
    const p224 = makeBackup({ key, curve: 'P-224', players: 2 });
    expect(sortIntoWallets([named('a', toErsJson(p224.backup))])[0]?.keyAlgorithm).toBeUndefined();
  });

  it('of version 1, twice the same: one copy', () => {
    const { json } = makeVersion1({ key, players: 2 });
    const [wallet, ...others] = sortIntoWallets([named('a', json), named('b', json)]);
    expect(others).toEqual([]);
    expect(wallet?.copies).toHaveLength(1);
    expect(wallet?.copies[0].files).toEqual(['a', 'b']);
  });
});

describe('files that contradict each other', () => {
  it('two parts of one player: kit.conflict, naming player and both files', () => {
    const changed = withPart(made.backup, 1, ({ openedSeeds }) => ({
      openedSeeds: openedSeeds.toReversed(),
    }));
    expect(faultOf(() => sortIntoWallets([kit('a'), kit('b', made, changed)]))).toEqual({
      code: 'kit.conflict',
      details: { player: 1, file: 'a', otherFile: 'b' },
    });
  });

  it('players of two backups of the same key: kit.conflict, naming both files', () => {
    const renewed = withParts(onlyPlayers(1), ({ nonce }) => ({ nonce: flipBit(nonce) }));
    expect(
      faultOf(() => sortIntoWallets([kit('a', made, onlyPlayers(0)), kit('b', made, renewed)])),
    ).toMatchObject({
      code: 'kit.conflict',
      details: { file: 'a', otherFile: 'b' },
    });
  });

  it('the same under two recovery keys is no conflict', () => {
    const again = withPart(made.backup, 1, ({ openedSeeds }) => ({ openedSeeds: openedSeeds.toReversed() }));
    expect(sortIntoWallets([kit('a'), kit('b', made, again, otherKey)])[0]?.copies).toHaveLength(2);
  });

  it('two version 1 files of one key: kit.conflict, naming both files', () => {
    const { json } = makeVersion1({ key, players: 2 });
    const other = { ...json, threshold: 0, sharing_type: 'additive' };
    expect(faultOf(() => sortIntoWallets([named('a', json), named('b', other)]))).toEqual({
      code: 'kit.conflict',
      details: { file: 'a', otherFile: 'b' },
    });
  });

  it('a version 1 and a version 3 file of one key: kit.conflict, whichever comes first', () => {
    const { json } = makeVersion1({ key, players: 2 });
    const newer = withParts(made.backup, () => ({ publicKey: publicKeyOf(json) }));
    const old = named('a', json);
    const recent = named('b', toErsJson(newer));
    for (const files of [
      [old, recent],
      [recent, old],
    ]) {
      expect(faultOf(() => sortIntoWallets(files)).code).toBe('kit.conflict');
    }
  });
});

describe('several wallets', () => {
  it('in two folders: two wallets', () => {
    const wallets = sortIntoWallets([kit('a'), kit('b', stranger, stranger.backup, key, OTHER_KEY_ID)]);
    expect(wallets.map(({ keyId }) => keyId)).toEqual([KEY_ID, OTHER_KEY_ID]);
  });

  it('under one key id: kit.other-wallet, naming id and both files', () => {
    expect(faultOf(() => sortIntoWallets([kit('a'), kit('b', stranger)]))).toEqual({
      code: 'kit.other-wallet',
      details: { keyId: KEY_ID, file: 'a', otherFile: 'b' },
    });
  });

  it('under no key id: told apart by their keys', () => {
    const files = [made, stranger].map((of, i): NamedKit => ({ ...kit(`f${i}`, of), keyId: undefined }));
    expect(sortIntoWallets(files)).toHaveLength(2);
  });

  it('no file at all: no wallet', () => {
    expect(sortIntoWallets([])).toEqual([]);
  });
});

function publicKeyOf(json: JsonValue): Uint8Array {
  const { kit: file } = named('x', json);
  if (file.backup.kind !== 'unproven') throw new Error('version 1');
  return file.backup.publicKey;
}
