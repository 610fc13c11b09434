import { pbkdf2Sync } from 'node:crypto';

import { ed25519 } from '@noble/curves/ed25519.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { createBase58check } from '@scure/base';
import { HDKey } from '@scure/bip32';
import fc from 'fast-check';

import { parseHex } from '../../../../electron/engine/bytes/hex.ts';

/** A public key as its vector prints it: hex, in either case. */
export function hexKey(hex: string): Uint8Array {
  return parseHex(hex, 'vector');
}

/** The public key of a private key that a vector prints in hex. */
export function keyOfSecret(secretHex: string): Uint8Array {
  return secp256k1.getPublicKey(parseHex(secretHex, 'vector'), true);
}

/** The public key of a private key in WIF with the mark for compressed keys. */
export function keyOfWif(wif: string): Uint8Array {
  const payload = createBase58check(sha256).decode(wif);
  if (payload.length !== 34 || payload[33] !== 1) throw new Error('not a WIF of a compressed key');
  return secp256k1.getPublicKey(payload.subarray(1, 33), true);
}

/** The public key at a path below the seed of a BIP-39 mnemonic without a passphrase. */
export function keyOfMnemonic(mnemonic: string, path: string): Uint8Array {
  const seed = pbkdf2Sync(mnemonic, 'mnemonic', 2048, 64, 'sha512');
  return publicKeyOf(HDKey.fromMasterSeed(seed).derive(path));
}

/** The public key at /0/0 below an extended public key with the given version bytes. */
export function firstKeyOfExtended(text: string, publicVersion: number): Uint8Array {
  const account = HDKey.fromExtendedKey(text, { public: publicVersion, private: 0 });
  return publicKeyOf(account.deriveChild(0).deriveChild(0));
}

/** Any secp256k1 public key, compressed. */
export const anySecp256k1Key = fc
  .uint8Array({ minLength: 48, maxLength: 48 })
  .map((seed) => secp256k1.getPublicKey(secp256k1.utils.randomSecretKey(seed), true));

/** Any Ed25519 public key. */
export const anyEd25519Key = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((seed) => ed25519.getPublicKey(seed));

function publicKeyOf(key: HDKey): Uint8Array {
  if (key.publicKey === null) throw new Error('vector has no public key');
  return key.publicKey;
}
