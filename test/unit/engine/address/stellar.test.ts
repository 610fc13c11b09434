import { base32nopad } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { stellarAddress } from '../../../../electron/engine/address/stellar.ts';
import { anyEd25519Key, hexKey } from './vector-keys.ts';

describe('Stellar', () => {
  it('SEP-23, valid test case 1', () => {
    const publicKey = hexKey('3f0c34bf93ad0d9971d04ccc90f705511c838aad9734a4a2fb0d7a03fc7fe89a');
    const address = 'GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ';
    expect(stellarAddress(publicKey)).toBe(address);
  });

  it('js-stellar-base keypair.test.ts, Keypair.fromRawEd25519Seed', () => {
    const publicKey = hexKey('2e3c35010749c1de3d9a5bdd6a31c12458768da5ce87cca6aad63ebbaaef7432');
    const address = 'GAXDYNIBA5E4DXR5TJN522RRYESFQ5UNUXHIPTFGVLLD5O5K552DF5ZH';
    expect(stellarAddress(publicKey)).toBe(address);
  });

  it('decodes to its kind and the key, for any key', () => {
    fc.assert(
      fc.property(anyEd25519Key, (publicKey) => {
        const address = stellarAddress(publicKey);
        expect(address).toMatch(/^G[A-Z2-7]{55}$/);
        expect(base32nopad.decode(address).slice(1, 33)).toEqual(publicKey);
      }),
      { numRuns: 30 },
    );
  });
});
