import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { base58xrp } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { xrpEd25519Address, xrpSecp256k1Address } from '../../../../electron/engine/address/xrp.ts';
import { anyEd25519Key, hexKey } from './vector-keys.ts';

describe('XRP Ledger, secp256k1', () => {
  it('ripple-keypairs fixtures/api.json, secp256k1', () => {
    const publicKey = hexKey('030D58EB48B4420B1F7B9DF55087E0E29FEF0E8468F9A6825B01CA2C361042D435');
    expect(xrpSecp256k1Address(publicKey)).toBe('rU6K7V3Po4snVhBBaU29sesqs2qTQJWDw1');
  });

  it('xrpl-dev-portal encode_address.js, secp256k1 example', () => {
    const publicKey = hexKey('0303E20EC6B4A39A629815AE02C0A1393B9225E3B890CAE45B59F42FA29BE9668D');
    expect(xrpSecp256k1Address(publicKey)).toBe('rnBFvgZphmN39GWzUJeUitaP22Fr9be75H');
  });
});

describe('XRP Ledger, Ed25519', () => {
  it('ripple-keypairs fixtures/api.json, ed25519', () => {
    const publicKey = hexKey('01FA53FA5A7E77798F882ECE20B1ABC00BB358A9E55A202D0D0676BD0CE37A63');
    expect(xrpEd25519Address(publicKey)).toBe('rLUEXYuLiQptky37CqLcm9USQpPiz5rkpD');
  });

  it('xrpl-dev-portal encode_address.js, Ed25519 example', () => {
    const publicKey = hexKey('9434799226374926EDA3B54B1B461B4ABF7237962EAE18528FEA67595397FA32');
    expect(xrpEd25519Address(publicKey)).toBe('rDTXLQ7ZKZVKz33zJbHjgVShjsBnqMBhmN');
  });

  it('decodes to a zero byte, the hash of the marked key and its checksum, for any key', () => {
    fc.assert(
      fc.property(anyEd25519Key, (publicKey) => {
        const accountId = ripemd160(sha256(Uint8Array.of(0xed, ...publicKey)));
        const payload = Uint8Array.of(0x00, ...accountId);
        const decoded = base58xrp.decode(xrpEd25519Address(publicKey));
        expect(decoded.slice(0, 21)).toEqual(payload);
        expect(decoded.slice(21)).toEqual(sha256(sha256(payload)).slice(0, 4));
      }),
      { numRuns: 30 },
    );
  });
});
