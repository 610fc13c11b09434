import { RecoveryError } from '../../shared/recovery-error.ts';
import type { Wallet, WalletCopy } from '../engine/kit/wallet.ts';
import { sameRsaKey, type RsaPublicKey } from '../engine/rsa/public-key.ts';

/**
 * The copy of a wallet that a recovery key opens, found by comparing public keys before anything is decrypted. A raw
 * ERS file, which does not say whom it is encrypted to, is taken on trust: its proofs will tell.
 * Fails with `rsa-key.mismatch`, naming the fingerprints of the key given and of those the wallet is backed up to.
 */
export function copyFor(wallet: Wallet, publicKey: RsaPublicKey): WalletCopy {
  const copy = wallet.copies.find(
    ({ recoveryKey }) => recoveryKey === undefined || sameRsaKey(recoveryKey, publicKey),
  );
  if (copy !== undefined) return copy;
  throw new RecoveryError('rsa-key.mismatch', {
    given: publicKey.fingerprintHex,
    wanted: wallet.copies.map(({ recoveryKey }) => recoveryKey?.fingerprintHex ?? '').join(', '),
  });
}
