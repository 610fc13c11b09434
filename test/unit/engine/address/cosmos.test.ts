import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bech32 } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cosmosAddress } from '../../../../electron/engine/address/cosmos.ts';
import { parseBase64 } from '../../../../electron/engine/bytes/base64.ts';
import { anySecp256k1Key } from './vector-keys.ts';

describe('Cosmos', () => {
  it('cosmjs amino addresses.spec.ts, pubkeyToAddress "works for Secp256k1"', () => {
    const publicKey = parseBase64('AtQaCqFnshaZQp6rIkvAPyzThvCvXSDO+9AzbxVErqJP', 'vector');
    expect(cosmosAddress(publicKey)).toBe('cosmos1h806c7khnvmjlywdrkdgk2vrayy2mmvf9rxk2r');
  });

  it('decodes to the hash of the key, for any key', () => {
    fc.assert(
      fc.property(anySecp256k1Key, (publicKey) => {
        const { prefix, bytes } = bech32.decodeToBytes(cosmosAddress(publicKey));
        expect(prefix).toBe('cosmos');
        expect(bytes).toEqual(ripemd160(sha256(publicKey)));
      }),
      { numRuns: 30 },
    );
  });
});
