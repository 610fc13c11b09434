import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { loadOneWallet, loadWallets, type LoadedGroup } from '../../../electron/session/load-wallets.ts';
import { makeBackup, toErsJson } from '../../fixtures/backups.ts';
import { faultOfAsync } from '../../fixtures/faults.ts';
import { makeFolder } from '../../fixtures/folders.ts';
import { encodeKit, KEY_ID, kitJsonOf, OTHER_KEY_ID } from '../../fixtures/kits.ts';
import { makeRsaKey } from '../../fixtures/rsa.ts';

const key = makeRsaKey();
const made = makeBackup({ key });
const other = makeBackup({ key });
const kit = encodeKit(kitJsonOf(made));
const shard = `${KEY_ID}/recovery_shard-0.txt`;
const ersText = JSON.stringify(toErsJson(made.backup));

async function groupsOf(paths: readonly string[]): Promise<LoadedGroup> {
  const all: LoadedGroup = { wallets: [], faults: [], ignored: [], warnings: [] };
  const merged = { ...all, wallets: [...all.wallets], faults: [...all.faults], ignored: [...all.ignored] };
  for await (const { wallets, faults, ignored } of loadWallets(paths)) {
    merged.wallets.push(...wallets);
    merged.faults.push(...faults);
    merged.ignored.push(...ignored);
  }
  return merged;
}

describe('strangers and damage in a folder', () => {
  it.each([
    ['a bad character inside', ersText.replace(/"es":\["./, '"es":["*'), 'text.malformed'],
    ['half of it', ersText.slice(0, ersText.length / 2), 'kit.truncated'],
    ['a comma too many', ersText.replace('"es":[', '"es":[,'), 'json.malformed'],
  ])('a raw ERS file with %s is told, not passed over', async (_, text, code) => {
    const folder = makeFolder({ 'good.json': JSON.stringify(toErsJson(other.backup)), 'damaged.json': text });
    const { wallets, faults, ignored } = await groupsOf([folder]);
    expect(wallets).toHaveLength(1);
    expect(faults).toMatchObject([{ files: [join(folder, 'damaged.json')], fault: { code } }]);
    expect(ignored).toEqual([]);
  });

  it('JSON of another kind, broken or not, is a stranger', async () => {
    const folder = makeFolder({ 'good.json': ersText, 'a.json': '{"name": "x"}', 'b.json': '{"name": ' });
    const { faults, ignored } = await groupsOf([folder]);
    expect(faults).toEqual([]);
    expect(ignored).toHaveLength(2);
  });
});

describe('several wallets', () => {
  it('a conflict in one, named by itself, leaves the others alone', async () => {
    const folder = makeFolder({
      [shard]: kit,
      [`${KEY_ID}/recovery_shard-1.txt`]: encodeKit(kitJsonOf(other)),
      [`${OTHER_KEY_ID}/recovery_shard-0.txt`]: kit,
    });
    const files = [shard, `${KEY_ID}/recovery_shard-1.txt`, `${OTHER_KEY_ID}/recovery_shard-0.txt`];
    const { wallets, faults } = await groupsOf(files.map((file) => join(folder, file)));
    expect(wallets.map(({ keyId }) => keyId)).toEqual([OTHER_KEY_ID]);
    expect(faults).toMatchObject([{ keyId: KEY_ID, fault: { code: 'kit.other-wallet' } }]);
  });

  it('two files of one wallet that state two wallet keys: kit.conflict', async () => {
    const elsewhere = {
      ...kitJsonOf(made),
      walletPublicKeyBase64: kitJsonOf(other)['walletPublicKeyBase64'] ?? '',
    };
    const folder = makeFolder({ [shard]: kit, [`${KEY_ID}/recovery_shard-1.txt`]: encodeKit(elsewhere) });
    expect((await groupsOf([folder])).faults).toMatchObject([
      { fault: { code: 'kit.conflict', details: { field: 'walletPublicKeyBase64' } } },
    ]);
  });

  it('the algorithm that any file states is the wallet’s', async () => {
    const silent = { ...kitJsonOf(made), keyAlgorithm: null };
    const folder = makeFolder({ [shard]: encodeKit(silent), [`${KEY_ID}/recovery_shard-1.txt`]: kit });
    expect((await groupsOf([folder])).wallets).toMatchObject([
      { keyAlgorithm: 'SECP256K1', statesAlgorithm: true },
    ]);
  });
});

describe('one wallet', () => {
  it('half a file beside a whole one is left out, with a warning', async () => {
    const folder = makeFolder({ [shard]: kit, [`${KEY_ID}/recovery_shard-1.txt`]: kit.subarray(0, 5000) });
    const { wallet, warnings } = await loadOneWallet([folder], KEY_ID);
    expect(wallet.copies).toHaveLength(1);
    expect(warnings).toMatchObject([{ code: 'file.left-out', details: { because: 'kit.truncated' } }]);
  });

  it('half a file by itself is the fault', async () => {
    const folder = makeFolder({ [shard]: kit.subarray(0, 5000) });
    expect((await faultOfAsync(() => loadOneWallet([folder], KEY_ID))).code).toBe('kit.truncated');
  });
});
