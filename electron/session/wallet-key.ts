import type { CurveName } from '../../shared/curve-name.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import type { Warning } from '../../shared/warning.ts';
import { toHex } from '../engine/bytes/hex.ts';
import { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import type { Curve, Point } from '../engine/curve/curve.ts';
import { addressesOf, type NamedAddress } from '../engine/address/addresses.ts';
import { derive } from '../engine/derive/derive.ts';
import { parsePath, type DerivationPath } from '../engine/derive/path.ts';
import type { RecoveredKey } from '../engine/ers/reconstruct.ts';
import type { Wallet } from '../engine/kit/wallet.ts';

/** The key that a wallet signs with: the master key or a child of it. The caller wipes the private key. */
export interface WalletKey {
  readonly curve: Curve;
  readonly path: DerivationPath;
  readonly publicKey: Point;
  readonly privateKey: SecretBytes;
}

/**
 * Derives the wallet's own key. Fails with `chain-code.unreadable` when a child is wanted and the backup gave no
 * chain code, and with `derivation.unsupported`.
 * @param master the recovered master key, which stays the caller's
 * @param path below the master key
 * @param algorithm the backup's signing algorithm, where it states one
 */
export function walletKeyOf(
  master: RecoveredKey,
  path: DerivationPath,
  algorithm: string | undefined,
): WalletKey {
  const { curve } = master;
  const chainCode = usableChainCode(master);
  if (path.length === 0) {
    const privateKey = master.privateKey.use((bytes) => new SecretBytes(bytes));
    return { curve, path, publicKey: master.publicKey, privateKey };
  }
  if (chainCode === undefined) throw new RecoveryError('chain-code.unreadable');
  const child = derive({ ...master, chainCode }, path, algorithm);
  child.chainCode.wipe();
  if (child.privateKey === undefined) throw new Error('a private parent has private children');
  return { curve, path, publicKey: child.publicKey, privateKey: child.privateKey };
}

/** Bytes of a chain code, on the curves that derive. Source: docs/derivation-and-addresses.md, "Limits". */
const CHAIN_CODE_BYTES: Partial<Record<CurveName, number>> = { secp256k1: 32, 'ED-25519': 32, 'ED-448': 56 };

/** The chain code, where it has the length that derivation takes; one of another length is as good as none. */
export function usableChainCode({ curve, chainCode }: RecoveredKey): SecretBytes | undefined {
  const wanted = CHAIN_CODE_BYTES[curve.name];
  return wanted === undefined || chainCode?.length === wanted ? chainCode : undefined;
}

/** The addresses of a key on every chain of its curve; none on a curve that no chain here uses. */
export function addressesFor({
  curve,
  publicKey,
}: Pick<WalletKey, 'curve' | 'publicKey'>): readonly NamedAddress[] {
  return curve.name === 'secp256k1' || curve.name === 'ED-25519'
    ? addressesOf(curve.name, curve.encodeCompressed(publicKey))
    : [];
}

/**
 * Compares the wallet public key that the kit states with the recovered one: it should be the child at `[0]` or the
 * master key. Source: docs/kits.md, "Key to wallet".
 */
export function warnOfOtherWalletKey(
  wallet: Wallet,
  master: RecoveredKey,
  algorithm: string | undefined,
): readonly Warning[] {
  if (wallet.stated === undefined || wallet.stated.wallet.equals(master.publicKey)) return [];
  const { curve } = master;
  const chainCode = usableChainCode(master);
  const child =
    chainCode === undefined
      ? undefined
      : derive(
          { curve, publicKey: master.publicKey, privateKey: undefined, chainCode },
          parsePath('0'),
          algorithm,
        );
  child?.chainCode.wipe();
  if (child?.publicKey.equals(wallet.stated.wallet) === true) return [];
  return [
    {
      code: 'wallet-key.mismatch',
      details: {
        stated: toHex(curve.encodeCompressed(wallet.stated.wallet)),
        derived: toHex(curve.encodeCompressed(child?.publicKey ?? master.publicKey)),
      },
    },
  ];
}
