import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bech32, createBase58check } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  BITCOIN_MAINNET,
  BITCOIN_TESTNET,
  DOGECOIN_MAINNET,
  LITECOIN_MAINNET,
  p2pkhAddress,
  p2shP2wpkhAddress,
  p2trAddress,
  p2wpkhAddress,
} from '../../../../electron/engine/address/bitcoin.ts';
import { toHex } from '../../../../electron/engine/bytes/hex.ts';
import { anySecp256k1Key, firstKeyOfExtended, hexKey, keyOfMnemonic, keyOfWif } from './vector-keys.ts';

const ALL_ALL_ALL = Array<string>(12).fill('all').join(' ');
const EXAMPLE_KEY = '0279BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798';

describe('Bitcoin mainnet', () => {
  it.each([
    [
      'first receiving address',
      '0330d54fd0dd420a6e5f8d3624f5f3482cae350f79d5f0753bf5beef9c2d91af3c',
      'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu',
    ],
    [
      'second receiving address',
      '03e775fd51f0dfb8cd865d9ff1cca2a158cf651fe997fdc9fee9c1d3b5e995ea77',
      'bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g',
    ],
    [
      'first change address',
      '03025324888e429ab8e3dbaf1f7802648b9cd01e9b418485c5fa4c1b9b5700e1a6',
      'bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el',
    ],
  ])('P2WPKH: BIP-84, %s', (_, publicKeyHex, address) => {
    expect(p2wpkhAddress(BITCOIN_MAINNET, hexKey(publicKeyHex))).toBe(address);
  });

  it('P2WPKH: BIP-173, examples', () => {
    const address = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4';
    expect(p2wpkhAddress(BITCOIN_MAINNET, hexKey(EXAMPLE_KEY))).toBe(address);
  });

  // The vectors print the internal key alone; its parity does not count, so both are tried.
  it.each([
    [
      'first receiving address',
      'cc8a4bc64d897bddc5fbc2f670f7a8ba0b386779106cf1223c6fc5d7cd6fc115',
      'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
    ],
    [
      'second receiving address',
      '83dfe85a3151d2517290da461fe2815591ef69f2b18a2ce63f01697a8b313145',
      'bc1p4qhjn9zdvkux4e44uhx8tc55attvtyu358kutcqkudyccelu0was9fqzwh',
    ],
    [
      'first change address',
      '399f1b2f4393f29a18c937859c5dd8a77350103157eb880f02e8c08214277cef',
      'bc1p3qkhfews2uk44qtvauqyr2ttdsw7svhkl9nkm9s9c3x4ax5h60wqwruhk7',
    ],
  ])('P2TR: BIP-86, %s', (_, internalKeyHex, address) => {
    expect(p2trAddress(BITCOIN_MAINNET, hexKey(`02${internalKeyHex}`))).toBe(address);
    expect(p2trAddress(BITCOIN_MAINNET, hexKey(`03${internalKeyHex}`))).toBe(address);
  });

  it("P2SH-P2WPKH: SLIP-132, m/49'/0'/0'/0/0", () => {
    const account =
      'ypub6Ww3ibxVfGzLrAH1PNcjyAWenMTbbAosGNB6VvmSEgytSER9azLDWCxoJwW7Ke7icmizBMXrzBx9979FfaHxHcrArf3zbeJJJUZPf663zsP';
    const publicKey = firstKeyOfExtended(account, 0x049d7cb2);
    expect(p2shP2wpkhAddress(BITCOIN_MAINNET, publicKey)).toBe('37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf');
  });

  it("P2PKH: SLIP-132, m/44'/0'/0'/0/0", () => {
    const account =
      'xpub6BosfCnifzxcFwrSzQiqu2DBVTshkCXacvNsWGYJVVhhawA7d4R5WSWGFNbi8Aw6ZRc1brxMyWMzG3DSSSSoekkudhUd9yLb6qx39T9nMdj';
    const publicKey = firstKeyOfExtended(account, 0x0488b21e);
    expect(p2pkhAddress(BITCOIN_MAINNET, publicKey)).toBe('1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA');
  });
});

// The BIPs have no testnet vector for P2PKH or P2TR; these are of the tests of Trezor's firmware, whose device
// holds the mnemonic "all all all ...".
describe('Bitcoin testnet', () => {
  it('P2WPKH: BIP-173, examples', () => {
    const address = 'tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx';
    expect(p2wpkhAddress(BITCOIN_TESTNET, hexKey(EXAMPLE_KEY))).toBe(address);
  });

  it.each([
    ["m/86'/1'/0'/0/0", 'tb1pswrqtykue8r89t9u4rprjs0gt4qzkdfuursfnvqaa3f2yql07zmq8s8a5u'],
    ["m/86'/1'/0'/1/0", 'tb1pn2d0yjeedavnkd8z8lhm566p0f2utm3lgvxrsdehnl94y34txmts5s7t4c'],
  ])('P2TR: trezor-firmware test_getaddress_segwit_native.py, %s', (path, address) => {
    expect(p2trAddress(BITCOIN_TESTNET, keyOfMnemonic(ALL_ALL_ALL, path))).toBe(address);
  });

  it('P2SH-P2WPKH: BIP-49', () => {
    const publicKey = hexKey('03a1af804ac108a8a51782198c2d034b28bf90c8803f5a53f76276fa69a4eae77f');
    expect(p2shP2wpkhAddress(BITCOIN_TESTNET, publicKey)).toBe('2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2');
  });

  it("P2PKH: trezor-firmware test_getaddress_segwit.py, m/44'/1'/0'/0/0", () => {
    const publicKey = keyOfMnemonic(ALL_ALL_ALL, "m/44'/1'/0'/0/0");
    expect(p2pkhAddress(BITCOIN_TESTNET, publicKey)).toBe('mvbu1Gdy8SUjTenqerxUaZyYjmveZvt33q');
  });
});

describe('Litecoin', () => {
  // Weaker than the others: Litecoin Core has no vector from a key to ltc1, so this is a wallet's.
  it('P2WPKH: trustwallet/wallet-core LitecoinAddressTests.cpp, deriveAddress_segwit', () => {
    const publicKey = hexKey('030fc2fdd1a0b5d43b31227a4b1cd57e7d35a6edc93fb12f9315e67762abeb8be0');
    const address = 'ltc1q3m3ujh350qrqdl33pv7pjw0d0m9qnm6qjcjpga';
    expect(p2wpkhAddress(LITECOIN_MAINNET, publicKey)).toBe(address);
  });

  // Of the old releases; a stored copy of the file was found by its text, without its commit.
  it.each([
    ['addr1C', 'T6UsJv9hYpvDfM5noKYkB3vfeHxhyegkeWJ4y7qKeQJuyXMK11XX', 'LZWK8h7C166niP6GmpUmiGrvn4oxPqQgFV'],
    ['addr2C', 'T9PBs5kq9QrkBPxeGNWKitMi4XuFVr25jaXTnuopLVZxCUAJbixA', 'Lgb6tdqmdW3n5E12johSuEAqRMt4kAr7yu'],
  ])('P2PKH: Litecoin Core key_tests.cpp, %s', (_, wif, address) => {
    expect(p2pkhAddress(LITECOIN_MAINNET, keyOfWif(wif))).toBe(address);
  });
});

describe('Dogecoin', () => {
  it.each([
    ['addr1C', 'QP8WvtVMV2iU6y7LE27ksRspp4MAJizPWYovx88W71g1nfSdAhkV', 'D8jZ6R8uuyQwiybupiVs3eDCedKdZ5bYV3'],
    ['addr2C', 'QTuro8Pwx5yaonvJmU4jbBfwuEmTViyAGNeNyfnG82o7HWJmnrLj', 'DP7rGcDbpAvMb1dKup981zNt1heWUuVLP7'],
  ])('P2PKH: dogecoin/dogecoin key_tests.cpp, %s', (_, wif, address) => {
    expect(p2pkhAddress(DOGECOIN_MAINNET, keyOfWif(wif))).toBe(address);
  });
});

describe('any key', () => {
  it('P2WPKH and P2PKH decode to the same hash', () => {
    fc.assert(
      fc.property(anySecp256k1Key, (publicKey) => {
        const hashHex = toHex(ripemd160(sha256(publicKey)));
        const { prefix, words } = bech32.decode(
          p2wpkhAddress(LITECOIN_MAINNET, publicKey) as `ltc1${string}`,
        );
        const payload = createBase58check(sha256).decode(p2pkhAddress(DOGECOIN_MAINNET, publicKey));
        expect(prefix).toBe('ltc');
        expect(words[0]).toBe(0);
        expect(toHex(bech32.fromWords(words.slice(1)))).toBe(hashHex);
        expect(toHex(payload)).toBe(`1e${hashHex}`);
      }),
      { numRuns: 30 },
    );
  });
});
