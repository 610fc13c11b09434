import { expect, it } from 'vitest';

import { parsePath } from '../../../electron/engine/derive/path.ts';
import { reconstruct } from '../../../electron/engine/ers/reconstruct.ts';
import { softwareDecryptor } from '../../../electron/engine/rsa/decrypt.ts';
import { usableChainCode, walletKeyOf } from '../../../electron/session/wallet-key.ts';
import { makeBackup } from '../../fixtures/backups.ts';
import { faultOf } from '../../fixtures/faults.ts';
import { makeRsaKey } from '../../fixtures/rsa.ts';

const key = makeRsaKey();

it.each([0, 5, 31, 33])('a chain code of %d bytes derives nothing', async (length) => {
  const made = makeBackup({ key, chainCode: new Uint8Array(length).fill(7) });
  const master = await reconstruct(made.backup, softwareDecryptor(key, made.label));
  expect(usableChainCode(master)).toBeUndefined();
  expect(faultOf(() => walletKeyOf(master, parsePath('44/60/0/0/0'), undefined)).code).toBe(
    'chain-code.unreadable',
  );
  expect(walletKeyOf(master, parsePath('m'), undefined).publicKey.equals(master.publicKey)).toBe(true);
});

it('a chain code of 32 bytes derives', async () => {
  const made = makeBackup({ key });
  const master = await reconstruct(made.backup, softwareDecryptor(key, made.label));
  expect(usableChainCode(master)).toBeDefined();
  expect(walletKeyOf(master, parsePath('0'), undefined).path).toEqual([0]);
});
