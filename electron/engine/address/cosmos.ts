import { bech32 } from '@scure/base';

import { hash160 } from './hash.ts';
import { requireSecp256k1Key } from './public-key.ts';

const ACCOUNT_PREFIX = 'cosmos';

/**
 * The account of a key on the Cosmos Hub. Sister chains write the same 20 bytes with a prefix of their own.
 * Source: docs.cosmos.network, ADR-28.
 * @param publicKey 33 bytes, compressed
 * @returns bech32, lower case, beginning with cosmos1
 */
export function cosmosAddress(publicKey: Uint8Array): string {
  requireSecp256k1Key(publicKey);
  return bech32.encode(ACCOUNT_PREFIX, bech32.toWords(hash160(publicKey)));
}
