import { base58 } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { polkadotAddress } from '../../../../electron/engine/address/polkadot.ts';
import { anyEd25519Key } from './vector-keys.ts';

describe('Polkadot', () => {
  // The vector's key is of sr25519; SS58 writes any 32-byte account id alike.
  it('polkadot-js util-crypto encode.spec.ts, "can re-encode an address to Polkadot live"', () => {
    const alicePublicSr = Uint8Array.of(
      ...[212, 53, 147, 199, 21, 253, 211, 28, 97, 20, 26, 189, 4, 169, 159, 214],
      ...[130, 44, 133, 88, 133, 76, 205, 227, 154, 86, 132, 231, 165, 109, 162, 125],
    );
    expect(polkadotAddress(alicePublicSr)).toBe('15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5');
  });

  it('decodes to its network and the key, for any key', () => {
    fc.assert(
      fc.property(anyEd25519Key, (publicKey) => {
        const decoded = base58.decode(polkadotAddress(publicKey));
        expect(decoded).toHaveLength(35);
        expect(decoded.slice(0, 33)).toEqual(Uint8Array.of(0, ...publicKey));
      }),
      { numRuns: 30 },
    );
  });
});
