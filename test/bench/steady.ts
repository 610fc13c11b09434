import { readKitFile } from '../../electron/engine/kit/kit-file.ts';
import { sortIntoWallets, type Wallet } from '../../electron/engine/kit/wallet.ts';
import type { RsaPrivateKey } from '../../electron/engine/rsa/private-key.ts';
import { labelOf } from '../../electron/session/label.ts';
import { recoverWallet, wipeRecovered } from '../../electron/session/recover-wallet.ts';
import { fileRecoveryKey } from '../../electron/session/recovery-key.ts';
import { verifyCopy } from '../../electron/session/verify-wallet.ts';
import { systemRandom } from '../random.ts';
import type { BenchKit } from './sandbox.ts';

/** One kit from its bytes to the verdict, as `verify` does it, disk and output left out. */
export async function verifyOnce(kit: BenchKit): Promise<void> {
  const wallet = readWallet(kit);
  const { verdict } = await verifyCopy(wallet, wallet.copies[0], {
    label: labelOfKit(wallet, kit),
    ersPublicKey: undefined,
    randomBytes: systemRandom,
    onCheck: () => undefined,
  });
  if (verdict.kind !== 'valid') throw new Error(`the kit is ${verdict.kind}`);
}

/** One kit from its bytes to its addresses, as `recover` does it: verified, rebuilt, derived. */
export async function recoverOnce(kit: BenchKit, privateKey: RsaPrivateKey): Promise<void> {
  const wallet = readWallet(kit);
  const recovery = await recoverWallet(wallet, {
    recoveryKey: fileRecoveryKey(privateKey),
    label: labelOfKit(wallet, kit),
    path: undefined,
    keyAlgorithm: kit.keyAlgorithm,
    expectedAddress: undefined,
    chainCodeIsSeed: false,
    randomBytes: systemRandom,
    onCheck: () => undefined,
    onShare: () => undefined,
  });
  if (recovery.kind === 'refused') throw new Error(`the kit is refused: ${recovery.fault.code}`);
  wipeRecovered(recovery);
  if (recovery.addresses.length === 0) throw new Error('the wallet has no addresses');
}

function readWallet({ content, file, keyId }: BenchKit): Wallet {
  const [wallet] = sortIntoWallets([{ file, keyId, kit: readKitFile(content) }]);
  if (wallet === undefined) throw new Error('the kit holds no wallet');
  return wallet;
}

function labelOfKit(wallet: Wallet, { keyId, quorumId }: BenchKit): ReturnType<typeof labelOf> {
  return labelOf(wallet, { keyId, quorumId, label: undefined, register: undefined });
}
