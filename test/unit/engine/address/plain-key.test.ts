import { ed25519 } from '@noble/curves/ed25519.js';
import { base58 } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { nearImplicitAccount, solanaAddress } from '../../../../electron/engine/address/plain-key.ts';
import { parseBase64 } from '../../../../electron/engine/bytes/base64.ts';
import { parseHex } from '../../../../electron/engine/bytes/hex.ts';
import { anyEd25519Key } from './vector-keys.ts';

describe('Solana', () => {
  it('solana-web3.js keypair.test.ts, "create keypair from secret key"', () => {
    const secretAndPublicKey = parseBase64(
      'mdqVWeFekT7pqy5T49+tV12jO0m+ESW7ki4zSU9JiCgbL0kJbj5dvQ/PqcDAzZLZqzshVEs01d1KZdmLh4uZIg==',
      'vector',
    );
    const publicKey = secretAndPublicKey.slice(32);
    expect(publicKey).toEqual(ed25519.getPublicKey(secretAndPublicKey.slice(0, 32)));
    expect(solanaAddress(publicKey)).toBe('2q7pyhPwAwZ3QMfZrnAbDhnh9mDUqycszcpf86VgQxhF');
  });

  it('decodes to the key, for any key', () => {
    fc.assert(
      fc.property(anyEd25519Key, (publicKey) => {
        expect(base58.decode(solanaAddress(publicKey))).toEqual(publicKey);
      }),
      { numRuns: 30 },
    );
  });
});

describe('NEAR', () => {
  it('near/NEPs specs/DataStructures/Account.md, "Implicit account IDs"', () => {
    const publicKey = base58.decode('BGCCDDHfysuuVnaNVtEhhqeT4k9Muyem3Kpgq2U1m9HX');
    const account = '98793cd91a3f870fb126f66285808c7e094afcfc4eda8a970f6648cdf0dbd6de';
    expect(nearImplicitAccount(publicKey)).toBe(account);
  });

  it('docs.near.org "Implicit Accounts", example output', () => {
    const publicKey = base58.decode('AQgnQSR1Mp3v7xrw7egJtu3ibNzoCGwUwnEehypip9od');
    const account = '8bca86065be487de45e795b2c3154fe834d53ffa07e0a44f29e76a2a5f075df8';
    expect(nearImplicitAccount(publicKey)).toBe(account);
  });

  it('decodes to the key, for any key', () => {
    fc.assert(
      fc.property(anyEd25519Key, (publicKey) => {
        expect(parseHex(nearImplicitAccount(publicKey), 'account')).toEqual(publicKey);
      }),
      { numRuns: 30 },
    );
  });
});
