import { base32nopad } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { algorandAddress } from '../../../../electron/engine/address/algorand.ts';
import { anyEd25519Key } from './vector-keys.ts';

describe('Algorand', () => {
  it('js-algorand-sdk tests/3.Address.ts, correctCase', () => {
    const publicKey = Uint8Array.of(
      ...[99, 180, 127, 102, 156, 252, 55, 227, 39, 198, 169, 232, 163, 16, 36, 130],
      ...[26, 223, 230, 213, 0, 153, 108, 192, 200, 197, 28, 77, 196, 50, 141, 112],
    );
    const address = 'MO2H6ZU47Q36GJ6GVHUKGEBEQINN7ZWVACMWZQGIYUOE3RBSRVYHV4ACJI';
    expect(algorandAddress(publicKey)).toBe(address);
  });

  it('decodes to the key, for any key', () => {
    fc.assert(
      fc.property(anyEd25519Key, (publicKey) => {
        const address = algorandAddress(publicKey);
        expect(address).toHaveLength(58);
        expect(base32nopad.decode(address).slice(0, 32)).toEqual(publicKey);
      }),
      { numRuns: 30 },
    );
  });
});
