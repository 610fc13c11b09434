import { describe, expect, it } from 'vitest';

import { algorandAddress } from '../../../../electron/engine/address/algorand.ts';
import {
  BITCOIN_MAINNET,
  p2pkhAddress,
  p2shP2wpkhAddress,
  p2trAddress,
  p2wpkhAddress,
} from '../../../../electron/engine/address/bitcoin.ts';
import { cosmosAddress } from '../../../../electron/engine/address/cosmos.ts';
import { ethereumAddress, hederaEvmAlias, tronAddress } from '../../../../electron/engine/address/evm.ts';
import { aptosAddress, suiAddress } from '../../../../electron/engine/address/move.ts';
import { nearImplicitAccount, solanaAddress } from '../../../../electron/engine/address/plain-key.ts';
import { polkadotAddress } from '../../../../electron/engine/address/polkadot.ts';
import { stellarAddress } from '../../../../electron/engine/address/stellar.ts';
import { xrpEd25519Address, xrpSecp256k1Address } from '../../../../electron/engine/address/xrp.ts';

// A key of the other curve is the likeliest slip, and without a check most writers would answer it.
describe('every writer refuses a key of the other curve', () => {
  it.each([
    ['ethereumAddress', ethereumAddress],
    ['hederaEvmAlias', hederaEvmAlias],
    ['tronAddress', tronAddress],
    ['cosmosAddress', cosmosAddress],
    ['xrpSecp256k1Address', xrpSecp256k1Address],
    ['p2wpkhAddress', (key: Uint8Array) => p2wpkhAddress(BITCOIN_MAINNET, key)],
    ['p2trAddress', (key: Uint8Array) => p2trAddress(BITCOIN_MAINNET, key)],
    ['p2shP2wpkhAddress', (key: Uint8Array) => p2shP2wpkhAddress(BITCOIN_MAINNET, key)],
    ['p2pkhAddress', (key: Uint8Array) => p2pkhAddress(BITCOIN_MAINNET, key)],
  ])('%s', (_, write) => {
    expect(() => write(new Uint8Array(32).fill(1))).toThrow('not a compressed secp256k1 public key');
  });

  it.each([
    ['solanaAddress', solanaAddress],
    ['nearImplicitAccount', nearImplicitAccount],
    ['xrpEd25519Address', xrpEd25519Address],
    ['stellarAddress', stellarAddress],
    ['algorandAddress', algorandAddress],
    ['aptosAddress', aptosAddress],
    ['suiAddress', suiAddress],
    ['polkadotAddress', polkadotAddress],
  ])('%s', (_, write) => {
    expect(() => write(new Uint8Array(33).fill(2))).toThrow('not an Ed25519 public key');
  });
});
