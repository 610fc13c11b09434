import { keccak_256 } from '@noble/hashes/sha3.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { createBase58check } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  ethereumAddress,
  hederaEvmAlias,
  tronAddress,
  withEip55Case,
} from '../../../../electron/engine/address/evm.ts';
import { toHex } from '../../../../electron/engine/bytes/hex.ts';
import { anySecp256k1Key, hexKey, keyOfSecret } from './vector-keys.ts';

describe('EIP-55', () => {
  // ethereum/ERCs, ERCS/erc-55.md, "Test Cases".
  it.each([
    '0x52908400098527886E0F7030069857D2E4169EE7',
    '0x8617E340B3D01FA5F11F306F4090FD50E238070D',
    '0xde709f2102306220921060314715629080e2fb77',
    '0x27b1fdb04752bbc536007a920d24acb045561c26',
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
    '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
    '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
  ])('ERC-55 test case %s', (address) => {
    expect(withEip55Case(address.slice(2).toLowerCase())).toBe(address);
  });
});

describe('Ethereum', () => {
  it('go-ethereum crypto_test.go, testPrivHex gives testAddrHex', () => {
    const publicKey = keyOfSecret('289c2857d4598e37fb9647507e47a309d6133539bf21a8b9cb6df88fd5232032');
    expect(ethereumAddress(publicKey).toLowerCase()).toBe('0x970e8128ab834e8eac17ab8e3812f010678cf791');
  });

  it('writes the last 20 bytes of the hash of the coordinates, for any key', () => {
    fc.assert(
      fc.property(anySecp256k1Key, (publicKey) => {
        const coordinates = secp256k1.Point.fromBytes(publicKey).toBytes(false).slice(1);
        const digits = toHex(keccak_256(coordinates)).slice(24);
        expect(ethereumAddress(publicKey)).toBe(withEip55Case(digits));
      }),
      { numRuns: 30 },
    );
  });
});

describe('Hedera', () => {
  it('hedera-sdk-js cryptography PublicKey.js, "ECDSA public key to ethereum address"', () => {
    const publicKey = hexKey('03af80b90d25145da28c583359beb47b21796b2fe1a23c1511e443e7a64dfdb27d');
    expect(hederaEvmAlias(publicKey).toLowerCase()).toBe('0x627306090abab3a6e1400e9345bc60c78a8bef57');
  });

  it('is the Ethereum address of the same key, as HIP-583 says', () => {
    fc.assert(
      fc.property(anySecp256k1Key, (publicKey) => {
        expect(hederaEvmAlias(publicKey)).toBe(ethereumAddress(publicKey));
      }),
      { numRuns: 10 },
    );
  });
});

describe('Tron', () => {
  it('tronweb "TronWeb Instance.js", "should set the appropriate address for the private key"', () => {
    const publicKey = keyOfSecret('da146374a75310b9666e834ee4ad0866d6f4035967bfc76217c5a495fff9f0d0');
    expect(tronAddress(publicKey)).toBe('TPL66VK2gCXNCD7EJg9pgJRfqcRazjhUZY');
  });

  it('java-tron ECKeyTest.testGetAddress', () => {
    const publicKey = hexKey('030947751e3022ecf3016be03ec77ab0ce3c2662b4843898cb068d74f698ccc8ad');
    const payload = createBase58check(sha256).decode(tronAddress(publicKey));
    expect(toHex(payload)).toBe('41cd2a3d9f938e13cd947ec05abc7fe734df8dd826');
  });

  it('decodes to 41 and the Ethereum account, for any key', () => {
    fc.assert(
      fc.property(anySecp256k1Key, (publicKey) => {
        const payload = createBase58check(sha256).decode(tronAddress(publicKey));
        expect(toHex(payload)).toBe(`41${ethereumAddress(publicKey).slice(2).toLowerCase()}`);
      }),
      { numRuns: 30 },
    );
  });
});
