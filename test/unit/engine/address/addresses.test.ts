import { describe, expect, it } from 'vitest';

import { addressesOf } from '../../../../electron/engine/address/addresses.ts';
import { hexKey } from './vector-keys.ts';

const SECP256K1_KEY = hexKey('0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798');
const ED25519_KEY = hexKey('3f0c34bf93ad0d9971d04ccc90f705511c838aad9734a4a2fb0d7a03fc7fe89a');
// x = 5 is on no point: 5^3 + 7 is no square.
const NO_POINT = hexKey(`02${'5'.padStart(64, '0')}`);

describe('names and their order', () => {
  it('secp256k1: Ethereum first', () => {
    expect(addressesOf('secp256k1', SECP256K1_KEY).map(({ name }) => name)).toEqual([
      'ethereum',
      'hedera',
      'xrp',
      'bitcoinMainnet',
      'bitcoinMainnetP2tr',
      'bitcoinMainnetP2shP2wpkh',
      'bitcoinMainnetP2pkh',
      'bitcoinTestnet',
      'bitcoinTestnetP2tr',
      'bitcoinTestnetP2shP2wpkh',
      'bitcoinTestnetP2pkh',
      'tron',
      'litecoin',
      'litecoinP2pkh',
      'dogecoin',
      'cosmos',
    ]);
  });

  it('ED-25519: Solana first', () => {
    expect(addressesOf('ED-25519', ED25519_KEY).map(({ name }) => name)).toEqual([
      'solana',
      'xrp',
      'stellar',
      'algorand',
      'aptos',
      'sui',
      'near',
      'polkadot',
    ]);
  });
});

describe('the table joins each name to its own writer', () => {
  it.each([
    ['ethereum', /^0x[0-9a-fA-F]{40}$/],
    ['hedera', /^0x[0-9a-fA-F]{40}$/],
    ['xrp', /^r/],
    ['bitcoinMainnet', /^bc1q.{38}$/],
    ['bitcoinMainnetP2tr', /^bc1p.{58}$/],
    ['bitcoinMainnetP2shP2wpkh', /^3/],
    ['bitcoinMainnetP2pkh', /^1/],
    ['bitcoinTestnet', /^tb1q.{38}$/],
    ['bitcoinTestnetP2tr', /^tb1p.{58}$/],
    ['bitcoinTestnetP2shP2wpkh', /^2/],
    ['bitcoinTestnetP2pkh', /^[mn]/],
    ['tron', /^T/],
    ['litecoin', /^ltc1q/],
    ['litecoinP2pkh', /^L/],
    ['dogecoin', /^D/],
    ['cosmos', /^cosmos1/],
  ])('secp256k1, %s', (name, form) => {
    expect(addressesOf('secp256k1', SECP256K1_KEY).find((entry) => entry.name === name)?.address).toMatch(
      form,
    );
  });

  it.each([
    ['solana', /^[1-9A-HJ-NP-Za-km-z]{43,44}$/],
    ['xrp', /^r/],
    ['stellar', /^G/],
    ['algorand', /^[A-Z2-7]{58}$/],
    ['aptos', /^0x[0-9a-f]{64}$/],
    ['sui', /^0x[0-9a-f]{64}$/],
    ['near', /^[0-9a-f]{64}$/],
    ['polkadot', /^1/],
  ])('ED-25519, %s', (name, form) => {
    expect(addressesOf('ED-25519', ED25519_KEY).find((entry) => entry.name === name)?.address).toMatch(form);
  });

  it('says the chain and the format', () => {
    expect(addressesOf('secp256k1', SECP256K1_KEY)[3]).toEqual({
      name: 'bitcoinMainnet',
      chain: 'Bitcoin mainnet',
      format: 'P2WPKH',
      address: 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
    });
  });
});

describe('what is no key is a bug, and throws', () => {
  it.each([
    ['nothing', new Uint8Array(0)],
    ['32 bytes', SECP256K1_KEY.slice(1)],
    ['34 bytes', Uint8Array.of(...SECP256K1_KEY, 0)],
    ['uncompressed form', Uint8Array.of(4, ...new Uint8Array(64))],
    ['a wrong first byte', Uint8Array.of(5, ...SECP256K1_KEY.slice(1))],
    ['an x without a point', NO_POINT],
  ])('secp256k1: %s', (_, bytes) => {
    expect(() => addressesOf('secp256k1', bytes)).toThrow('not a compressed secp256k1 public key');
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['31 bytes', ED25519_KEY.slice(1)],
    ['33 bytes', Uint8Array.of(0xed, ...ED25519_KEY)],
  ])('ED-25519: %s', (_, bytes) => {
    expect(() => addressesOf('ED-25519', bytes)).toThrow('not an Ed25519 public key');
  });
});
