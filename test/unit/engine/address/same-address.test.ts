import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addressesOf } from '../../../../electron/engine/address/addresses.ts';
import { findAddress, sameAddress } from '../../../../electron/engine/address/same-address.ts';
import { anyEd25519Key, anySecp256k1Key } from './vector-keys.ts';

// ERC-55, "Test Cases".
const EVM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const EVM_ALL_CAPS = '0x52908400098527886E0F7030069857D2E4169EE7';
// BIP-173, "Examples", and BIP-86.
const P2WPKH = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4';
const P2TR = 'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr';
// SLIP-132.
const P2PKH = '1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA';

describe('EVM addresses', () => {
  it.each([
    ['as it is', EVM],
    ['blanks around', ` \t${EVM}\n`],
    ['all lower case', EVM.toLowerCase()],
    ['all upper case', `0x${EVM.slice(2).toUpperCase()}`],
  ])('equal: %s', (_, typed) => {
    expect(sameAddress(typed, EVM)).toBe(true);
    expect(sameAddress(EVM, typed)).toBe(true);
  });

  it('equal: one whose checksum is all capitals', () => {
    expect(sameAddress(EVM_ALL_CAPS.toLowerCase(), EVM_ALL_CAPS)).toBe(true);
  });

  it.each([
    ['a letter in the wrong case', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD'],
    ['another last digit', `${EVM.toLowerCase().slice(0, -1)}e`],
    ['no prefix', EVM.slice(2)],
    ['a digit too few', EVM.slice(0, -1)],
    ['a blank inside', `${EVM.slice(0, 10)} ${EVM.slice(10)}`],
    ['nothing', ''],
  ])('not equal: %s', (_, typed) => {
    expect(sameAddress(typed, EVM)).toBe(false);
    expect(sameAddress(EVM, typed)).toBe(false);
  });

  it('one with a wrong checksum does not even equal itself', () => {
    const wrong = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD';
    expect(sameAddress(wrong, wrong)).toBe(false);
  });
});

describe('bech32 addresses', () => {
  it.each([P2WPKH, P2TR])('equal in either case: %s', (address) => {
    expect(sameAddress(address.toUpperCase(), address)).toBe(true);
    expect(sameAddress(` ${address} `, address)).toBe(true);
  });

  it.each([P2WPKH, P2TR])('not equal in mixed case: %s', (address) => {
    expect(sameAddress(`BC1${address.slice(3)}`, address)).toBe(false);
    expect(sameAddress(`bc1${address.slice(3).toUpperCase()}`, address)).toBe(false);
  });

  it('not equal: the same hash on the other chain', () => {
    expect(sameAddress('tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx', P2WPKH)).toBe(false);
  });
});

describe('all other addresses are compared letter by letter', () => {
  it('equal but for blanks around', () => {
    expect(sameAddress(`\n${P2PKH} `, P2PKH)).toBe(true);
  });

  it.each([
    ['base58', P2PKH, P2PKH.toLowerCase()],
    [
      'strkey',
      'GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ',
      'ga7qynf7sowq3glr2bgmzehxavirza4kvwltjjfc7mgxua74p7ujvsgz',
    ],
  ])('not equal in another case: %s', (_, address, other) => {
    expect(sameAddress(address, other)).toBe(false);
  });

  it('equal in another case: hex of 64 digits, whose case says nothing', () => {
    const address = '0xd77a6cd55073e98d4029b1b0b8bd8d88f45f343dad2732fc9a7965094e635c55';
    expect(sameAddress(address, address.toUpperCase().replace('0X', '0x'))).toBe(true);
    expect(sameAddress(address.slice(2), address.slice(2).toUpperCase())).toBe(true);
    expect(sameAddress(address, address.slice(2))).toBe(false);
  });
});

describe('findAddress', () => {
  it('finds every address of a key by its own text, and nothing of another key', () => {
    fc.assert(
      fc.property(anySecp256k1Key, anySecp256k1Key, (key, otherKey) => {
        fc.pre(!Buffer.from(key).equals(otherKey));
        const addresses = addressesOf('secp256k1', key);
        for (const { address } of addresses) expect(findAddress(addresses, address)?.address).toBe(address);
        for (const { address } of addressesOf('secp256k1', otherKey)) {
          // A point and its negative share the P2TR address alone; random keys never meet there.
          expect(findAddress(addresses, address)).toBeUndefined();
        }
      }),
      { numRuns: 10 },
    );
  });

  it('finds every ED-25519 address by its own name', () => {
    fc.assert(
      fc.property(anyEd25519Key, (key) => {
        const addresses = addressesOf('ED-25519', key);
        for (const entry of addresses) expect(findAddress(addresses, ` ${entry.address}`)).toBe(entry);
      }),
      { numRuns: 10 },
    );
  });

  it('answers with the first of two that are written alike: Ethereum, not Hedera', () => {
    fc.assert(
      fc.property(anySecp256k1Key, (key) => {
        const addresses = addressesOf('secp256k1', key);
        const hedera = addresses.find(({ name }) => name === 'hedera');
        expect(findAddress(addresses, hedera!.address)?.name).toBe('ethereum');
      }),
      { numRuns: 5 },
    );
  });

  it('answers nothing for nothing', () => {
    expect(findAddress([], EVM)).toBeUndefined();
    expect(findAddress([{ name: 'ethereum', chain: '', format: '', address: EVM }], ' ')).toBeUndefined();
  });
});
