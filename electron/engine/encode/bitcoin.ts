import { sha256 } from '@noble/hashes/sha2.js';
import { createBase58check } from '@scure/base';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { textLine } from './clear-text.ts';
import type { DecodedKey } from './export-key.ts';

/** The networks whose wallets import a WIF key, and the byte that names each. Source: Bitcoin's chainparams. */
export const WIF_VERSION = { wif: 0x80, 'wif-testnet': 0xef } as const;

/** Says that the public key is written compressed. */
const COMPRESSED = 0x01;
const KEY_BYTES = 32;
/** `xprv` on mainnet. Source: BIP-32, "Serialization format". */
const XPRV_VERSION = [0x04, 0x88, 0xad, 0xe4];
/** Depth, fingerprint of the parent and child number of a master key: all zero. */
const MASTER_POSITION = new Uint8Array(9);
const XPRV_BYTES = 4 + MASTER_POSITION.length + 32 + 33;

const base58check = createBase58check(sha256);

/**
 * Writes a secp256k1 key for Bitcoin wallets, marked as that of a compressed public key.
 * Source: the wallet import format, Bitcoin's `EncodeSecret`.
 * @param key big-endian, 32 bytes
 */
export function encodeWif(key: SecretBytes, version: number): SecretBytes {
  return ofPayload(key, (bytes) => Uint8Array.from([version, ...bytes, COMPRESSED]));
}

/** Reads a WIF key of one network. Fails with `wallet-key.not-understood`. */
export function decodeWif(content: Uint8Array, version: number): SecretBytes {
  const payload = payloadOf(content);
  try {
    const fits = payload.length === KEY_BYTES + 2 && payload[0] === version && payload.at(-1) === COMPRESSED;
    if (!fits) throw new RecoveryError('wallet-key.not-understood');
    return new SecretBytes(payload.subarray(1, -1));
  } finally {
    payload.fill(0);
  }
}

/**
 * Writes a master key and its chain code as an extended private key. Source: BIP-32, "Serialization format".
 * @param privateKey big-endian, 32 bytes
 * @param chainCode 32 bytes
 */
export function encodeXprv(privateKey: SecretBytes, chainCode: SecretBytes): SecretBytes {
  return chainCode.use((code) =>
    ofPayload(privateKey, (bytes) =>
      Uint8Array.from([...XPRV_VERSION, ...MASTER_POSITION, ...code, 0, ...bytes]),
    ),
  );
}

/** Reads the extended private key of a master key. Fails with `wallet-key.not-understood`. */
export function decodeXprv(content: Uint8Array): DecodedKey {
  const payload = payloadOf(content);
  try {
    const head = Uint8Array.from([...XPRV_VERSION, ...MASTER_POSITION]);
    const fits =
      payload.length === XPRV_BYTES && head.every((byte, i) => payload[i] === byte) && payload[45] === 0;
    if (!fits) throw new RecoveryError('wallet-key.not-understood');
    return {
      curve: 'secp256k1',
      chainCode: new SecretBytes(payload.subarray(head.length, head.length + 32)),
      privateKey: new SecretBytes(payload.subarray(-KEY_BYTES)),
    };
  } finally {
    payload.fill(0);
  }
}

/** Whether a text is a WIF key of one network, its checksum aside. */
export function looksLikeWif(content: Uint8Array, version: number): boolean {
  return WIF_STARTS[version]?.test(lineOf(content)) === true;
}

/** Whether a text begins as an extended private key does. */
export function looksLikeXprv(content: Uint8Array): boolean {
  return /^xprv[1-9A-HJ-NP-Za-km-z]{107}$/.test(lineOf(content));
}

/** No other text of a key is as long: 52 characters of base64 are 39 bytes, which no curve's scalar has. */
const WIF_STARTS: Readonly<Record<number, RegExp>> = {
  [WIF_VERSION.wif]: /^[KL][1-9A-HJ-NP-Za-km-z]{51}$/,
  [WIF_VERSION['wif-testnet']]: /^c[1-9A-HJ-NP-Za-km-z]{51}$/,
};

/** The longest of these texts, with a line break. */
const MAX_LINE = 128;

function lineOf(content: Uint8Array): string {
  return content.length > MAX_LINE ? '' : new TextDecoder().decode(content).trim();
}

function ofPayload(key: SecretBytes, write: (bytes: Uint8Array) => Uint8Array): SecretBytes {
  const payload = key.use(write);
  try {
    return textLine(base58check.encode(payload));
  } finally {
    payload.fill(0);
  }
}

function payloadOf(content: Uint8Array): Uint8Array {
  try {
    return base58check.decode(new TextDecoder().decode(content).trim());
  } catch {
    // What the decoder says may repeat what it read.
    throw new RecoveryError('wallet-key.not-understood');
  }
}
