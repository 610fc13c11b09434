import type { RecoveredView } from '../../shared/session-state.ts';
import { toHex } from '../engine/bytes/hex.ts';
import { formatPath } from '../engine/derive/path.ts';
import type { RecoveredWallet } from './recover-wallet.ts';

/** What may be shown of a recovered wallet: public data only. */
export function recoveredViewOf(
  { key, addresses, matchingAddress, warnings }: RecoveredWallet,
  expectedAddress: string | undefined,
): RecoveredView {
  const compared = matchingAddress === undefined ? 'mismatched' : 'matched';
  return {
    path: formatPath(key.path),
    publicKeyHex: toHex(key.curve.encodeCompressed(key.publicKey)),
    addresses: addresses.map(({ name, chain, format, address }) => ({
      name,
      chain,
      format,
      address,
      registered: address === matchingAddress?.address,
    })),
    comparison: expectedAddress === undefined ? 'not-given' : compared,
    expectedAddress: expectedAddress ?? null,
    warnings,
  };
}
