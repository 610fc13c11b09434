import type { CurveName } from '../../../shared/curve-name.ts';
import { algorandAddress } from './algorand.ts';
import {
  BITCOIN_MAINNET,
  BITCOIN_TESTNET,
  DOGECOIN_MAINNET,
  LITECOIN_MAINNET,
  p2pkhAddress,
  p2shP2wpkhAddress,
  p2trAddress,
  p2wpkhAddress,
} from './bitcoin.ts';
import { cosmosAddress } from './cosmos.ts';
import { ethereumAddress, hederaEvmAlias, tronAddress } from './evm.ts';
import { aptosAddress, suiAddress } from './move.ts';
import { nearImplicitAccount, solanaAddress } from './plain-key.ts';
import { polkadotAddress } from './polkadot.ts';
import { stellarAddress } from './stellar.ts';
import { xrpEd25519Address, xrpSecp256k1Address } from './xrp.ts';

/** One way to write a key as an address. */
interface AddressKind<Name extends string> {
  readonly name: Name;
  readonly chain: string;
  readonly format: string;
  readonly write: (publicKey: Uint8Array) => string;
}

const main = BITCOIN_MAINNET;
const test = BITCOIN_TESTNET;

const ADDRESS_KINDS = {
  secp256k1: [
    kind('ethereum', 'Ethereum and EVM chains', 'EIP-55', ethereumAddress),
    kind('hedera', 'Hedera', 'EVM alias', hederaEvmAlias),
    kind('xrp', 'XRP Ledger', 'classic', xrpSecp256k1Address),
    kind('bitcoinMainnet', 'Bitcoin mainnet', 'P2WPKH', (key) => p2wpkhAddress(main, key)),
    kind('bitcoinMainnetP2tr', 'Bitcoin mainnet', 'P2TR', (key) => p2trAddress(main, key)),
    kind('bitcoinMainnetP2shP2wpkh', 'Bitcoin mainnet', 'P2SH-P2WPKH', (key) => p2shP2wpkhAddress(main, key)),
    kind('bitcoinMainnetP2pkh', 'Bitcoin mainnet', 'P2PKH', (key) => p2pkhAddress(main, key)),
    kind('bitcoinTestnet', 'Bitcoin testnet', 'P2WPKH', (key) => p2wpkhAddress(test, key)),
    kind('bitcoinTestnetP2tr', 'Bitcoin testnet', 'P2TR', (key) => p2trAddress(test, key)),
    kind('bitcoinTestnetP2shP2wpkh', 'Bitcoin testnet', 'P2SH-P2WPKH', (key) => p2shP2wpkhAddress(test, key)),
    kind('bitcoinTestnetP2pkh', 'Bitcoin testnet', 'P2PKH', (key) => p2pkhAddress(test, key)),
    kind('tron', 'Tron', 'base58check', tronAddress),
    kind('litecoin', 'Litecoin', 'P2WPKH', (key) => p2wpkhAddress(LITECOIN_MAINNET, key)),
    kind('litecoinP2pkh', 'Litecoin', 'P2PKH', (key) => p2pkhAddress(LITECOIN_MAINNET, key)),
    kind('dogecoin', 'Dogecoin', 'P2PKH', (key) => p2pkhAddress(DOGECOIN_MAINNET, key)),
    kind('cosmos', 'Cosmos Hub', 'bech32', cosmosAddress),
  ],
  'ED-25519': [
    kind('solana', 'Solana', 'base58', solanaAddress),
    kind('xrp', 'XRP Ledger', 'classic', xrpEd25519Address),
    kind('stellar', 'Stellar', 'strkey', stellarAddress),
    kind('algorand', 'Algorand', 'base32', algorandAddress),
    kind('aptos', 'Aptos', 'authentication key', aptosAddress),
    kind('sui', 'Sui', 'hex', suiAddress),
    kind('near', 'NEAR', 'implicit account', nearImplicitAccount),
    kind('polkadot', 'Polkadot', 'SS58', polkadotAddress),
  ],
} as const satisfies Partial<Record<CurveName, readonly AddressKind<string>[]>>;

/** A curve whose keys have addresses, by the name that a backup gives it. */
export type AddressCurve = keyof typeof ADDRESS_KINDS;

/** The stable name of one kind of address; a name is the same kind on every curve that has it. */
export type AddressName = (typeof ADDRESS_KINDS)[AddressCurve][number]['name'];

/** An address of a key, with the chain it is for and the form it has, as a person would say them. */
export interface NamedAddress {
  readonly name: AddressName;
  readonly chain: string;
  readonly format: string;
  readonly address: string;
}

/**
 * Every address that this program can write for a key, in a fixed order, the commonest chain first.
 * Throws, as a bug, when the bytes are no public key of the curve.
 * @param curve the curve of the key
 * @param publicKey 33 bytes, compressed, on secp256k1; 32 bytes on ED-25519
 */
export function addressesOf(curve: AddressCurve, publicKey: Uint8Array): readonly NamedAddress[] {
  return ADDRESS_KINDS[curve].map(({ name, chain, format, write }) => ({
    name,
    chain,
    format,
    address: write(publicKey),
  }));
}

function kind<Name extends string>(
  name: Name,
  chain: string,
  format: string,
  write: (publicKey: Uint8Array) => string,
): AddressKind<Name> {
  return { name, chain, format, write };
}
