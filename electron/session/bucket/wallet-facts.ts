import { basename, dirname, resolve } from 'node:path';

import { summarize } from '../../engine/ers/backup.ts';
import type { LoadFault } from '../../engine/kit/sort-kits.ts';
import type { Wallet } from '../../engine/kit/wallet.ts';
import type { WalletFacts } from '../../record/compare-register.ts';
import { loadWallets } from '../load-wallets.ts';
import { curveOf } from '../../engine/curve/curve.ts';
import { addressesFor } from '../wallet-key.ts';

/**
 * What the files of every wallet below the paths say without any secret, read a folder at a time.
 * Fails with what `loadWallets` fails with.
 * @param paths files, wallet folders or whole buckets
 * @param bucket name of the bucket; undefined to take that of the folder around the wallets' folders
 * @param onPassedOver told of each link, pipe and folder too deep that was not looked into
 */
export async function* walletFacts(
  paths: readonly string[],
  bucket: string | undefined,
  onPassedOver?: (path: string) => void,
): AsyncGenerator<WalletFacts> {
  for await (const { wallets, faults } of loadWallets(paths, onPassedOver)) {
    for (const fault of faults) yield factsOfFault(fault, bucket);
    for (const wallet of wallets) yield factsOf(wallet, bucket);
  }
}

/** What one wallet that was read says. */
export function factsOf(wallet: Wallet, bucket: string | undefined): WalletFacts {
  const files = wallet.copies.flatMap((copy) => copy.files);
  const { curve } = summarize(wallet.copies[0].backup);
  const { stated, keyId } = wallet;
  const addresses =
    stated === undefined ? undefined : addressesFor({ curve: curveOf(curve), publicKey: stated.wallet });
  return { keyId, files, bucket: bucket ?? bucketOf(files, keyId), said: { curve, addresses } };
}

function factsOfFault({ files, keyId, fault }: LoadFault, bucket: string | undefined): WalletFacts {
  return { keyId, files, bucket: bucket ?? bucketOf(files, keyId), said: { fault } };
}

/** The folder around the one that is named after the key id; without such a folder nobody knows. */
function bucketOf([file]: readonly string[], keyId: string | undefined): string | undefined {
  if (file === undefined || keyId === undefined) return undefined;
  const folder = dirname(resolve(file));
  return basename(folder).toLowerCase() === keyId ? basename(dirname(folder)) : undefined;
}
