import { expect, it } from 'vitest';

import { readKitFile } from '../../../electron/engine/kit/kit-file.ts';
import { sortIntoWallets, type Wallet } from '../../../electron/engine/kit/wallet.ts';
import type { RsaPublicKey } from '../../../electron/engine/rsa/public-key.ts';
import { verifyWallet, worstVerdict } from '../../../electron/session/verify-wallet.ts';
import { makeBackup } from '../../fixtures/backups.ts';
import { faultOfAsync } from '../../fixtures/faults.ts';
import { encodeKit, KEY_ID, kitJsonOf } from '../../fixtures/kits.ts';
import { makeRsaKey } from '../../fixtures/rsa.ts';
import { systemRandom } from '../../random.ts';

const key = makeRsaKey();
const made = makeBackup({ key });

function walletOf(file: Uint8Array): Wallet {
  const [wallet] = sortIntoWallets([{ file: 'kit', keyId: KEY_ID, kit: readKitFile(file) }]);
  if (wallet === undefined) throw new Error('no wallet');
  return wallet;
}

function verify(ersPublicKey: RsaPublicKey | undefined) {
  return verifyWallet(walletOf(encodeKit(kitJsonOf(made))), {
    label: { bytes: made.label, keyId: KEY_ID, quorumId: undefined, missing: 'label.unknown' },
    ersPublicKey,
    randomBytes: systemRandom,
    onCheck: () => undefined,
  });
}

it('warns of a recovery key below 2048 bits', async () => {
  const { reports, warnings } = await verify(undefined);
  expect(worstVerdict(reports)).toEqual({ kind: 'valid' });
  expect(warnings).toEqual([{ code: 'rsa-key.small', details: { bits: 1024 } }]);
});

it('the ERS public key that the user names has to be the one that the kit is encrypted to', async () => {
  expect(worstVerdict((await verify(key.publicKey)).reports)).toEqual({ kind: 'valid' });
  const stranger = makeRsaKey();
  expect(await faultOfAsync(() => verify(stranger.publicKey))).toMatchObject({
    code: 'rsa-key.mismatch',
    details: { given: stranger.publicKey.fingerprintHex, wanted: key.publicKey.fingerprintHex },
  });
});

it('no copy makes no verdict', () => {
  expect(() => worstVerdict([])).toThrow('at least one copy');
});
