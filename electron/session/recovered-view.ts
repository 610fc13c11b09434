import type { RecoveredView } from '../../shared/session-state.ts';
import { findAddress } from '../engine/address/same-address.ts';
import { toHex } from '../engine/bytes/hex.ts';
import { bigEndianToInteger } from '../engine/bytes/integer.ts';
import { timesBase } from '../engine/curve/curve.ts';
import { formatPath } from '../engine/derive/path.ts';
import { exportableChainCode, type RecoveredWallet } from './recover-wallet.ts';
import type { WalletKey } from './wallet-key.ts';

/** What may be shown of a recovered wallet: public data only. */
export function recoveredViewOf(
  recovery: RecoveredWallet,
  expectedAddress: string | undefined,
): RecoveredView {
  const { key, addresses, matchingAddress, warnings, keySource } = recovery;
  const compared = matchingAddress === undefined ? 'mismatched' : 'matched';
  return {
    path: formatPath(key.path),
    publicKeyHex: toHex(key.curve.encodeCompressed(key.publicKey)),
    hasChainCode: exportableChainCode(recovery) !== undefined,
    publicKeyMatches: makesItsPublicKey(key),
    addresses: addresses.map(({ name, chain, format, address }) => ({
      name,
      chain,
      format,
      address,
      registered:
        expectedAddress !== undefined &&
        findAddress([{ name, chain, format, address }], expectedAddress) !== undefined,
    })),
    comparison: expectedAddress === undefined ? 'not-given' : compared,
    expectedAddress: expectedAddress ?? null,
    warnings,
    keySource,
  };
}

/** Asked anew of the very key that would be given out: derivation has worked on both halves apart. */
function makesItsPublicKey({ curve, publicKey, privateKey }: WalletKey): boolean {
  return privateKey.use((bytes) => timesBase(curve, bigEndianToInteger(bytes)).equals(publicKey));
}
