import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { base58, bech32, bech32m } from '@scure/base';

import { bigEndianToInteger } from '../bytes/integer.ts';
import { hash160, withBase58Checksum } from './hash.ts';
import { requireSecp256k1Key } from './public-key.ts';

/** What an address of a chain built like Bitcoin begins with: a bech32 prefix, or a version byte. */
interface BitcoinLike {
  readonly segwitPrefix: string;
  readonly keyHashVersion: number;
  readonly scriptHashVersion: number;
}

/** Bitcoin's main chain. Source: BIP-173; Bitcoin Core, `chainparams.cpp`. */
export const BITCOIN_MAINNET = {
  segwitPrefix: 'bc',
  keyHashVersion: 0x00,
  scriptHashVersion: 0x05,
} as const satisfies BitcoinLike;

/** Bitcoin's test chains, which share one form. Source: BIP-173; Bitcoin Core, `chainparams.cpp`. */
export const BITCOIN_TESTNET = {
  segwitPrefix: 'tb',
  keyHashVersion: 0x6f,
  scriptHashVersion: 0xc4,
} as const satisfies BitcoinLike;

/** Litecoin's main chain. Source: SLIP-173; Litecoin Core, `chainparams.cpp`. */
export const LITECOIN_MAINNET = {
  segwitPrefix: 'ltc',
  keyHashVersion: 0x30,
} as const satisfies Partial<BitcoinLike>;

/** Dogecoin's main chain. Source: Dogecoin Core, `chainparams.cpp`. */
export const DOGECOIN_MAINNET = { keyHashVersion: 0x1e } as const satisfies Partial<BitcoinLike>;

const WITNESS_V0 = 0;
const WITNESS_V1 = 1;
const PUSH_20_BYTES = 0x14;
const EVEN_Y = 0x02;

/**
 * Pays to the hash of a key, in a witness. Source: BIP-141, BIP-173.
 * @param chain whose prefix to write
 * @param publicKey 33 bytes, compressed
 * @returns bech32, lower case
 */
export function p2wpkhAddress(chain: Pick<BitcoinLike, 'segwitPrefix'>, publicKey: Uint8Array): string {
  requireSecp256k1Key(publicKey);
  return bech32.encode(chain.segwitPrefix, [WITNESS_V0, ...bech32.toWords(hash160(publicKey))]);
}

/**
 * Pays to a key alone: tweaked, so that no script can spend. Source: BIP-341, BIP-86, BIP-350.
 * @param chain whose prefix to write
 * @param publicKey 33 bytes, compressed; the internal key
 * @returns bech32m, lower case
 */
export function p2trAddress(chain: Pick<BitcoinLike, 'segwitPrefix'>, publicKey: Uint8Array): string {
  requireSecp256k1Key(publicKey);
  const internalKey = publicKey.subarray(1);
  const tweak = bigEndianToInteger(schnorr.utils.taggedHash('TapTweak', internalKey));
  const internalPoint = secp256k1.Point.fromBytes(concatBytes(Uint8Array.of(EVEN_Y), internalKey));
  const outputPoint = internalPoint.add(secp256k1.Point.BASE.multiply(tweak));
  const outputKey = outputPoint.toBytes(true).subarray(1);
  return bech32m.encode(chain.segwitPrefix, [WITNESS_V1, ...bech32m.toWords(outputKey)]);
}

/**
 * Pays to the hash of a witness script that pays to the hash of a key. Source: BIP-141, BIP-49.
 * @param chain whose version byte to write
 * @param publicKey 33 bytes, compressed
 * @returns base58check
 */
export function p2shP2wpkhAddress(
  chain: Pick<BitcoinLike, 'scriptHashVersion'>,
  publicKey: Uint8Array,
): string {
  requireSecp256k1Key(publicKey);
  const redeemScript = concatBytes(Uint8Array.of(WITNESS_V0, PUSH_20_BYTES), hash160(publicKey));
  return versionedHash(chain.scriptHashVersion, hash160(redeemScript));
}

/**
 * Pays to the hash of a key, as it was before there were witnesses. Source: Bitcoin wiki, "P2PKH".
 * @param chain whose version byte to write
 * @param publicKey 33 bytes, compressed
 * @returns base58check
 */
export function p2pkhAddress(chain: Pick<BitcoinLike, 'keyHashVersion'>, publicKey: Uint8Array): string {
  requireSecp256k1Key(publicKey);
  return versionedHash(chain.keyHashVersion, hash160(publicKey));
}

function versionedHash(version: number, hash: Uint8Array): string {
  return base58.encode(withBase58Checksum(concatBytes(Uint8Array.of(version), hash)));
}
