import { constants, hash, publicEncrypt } from 'node:crypto';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import type { RsaPublicKey } from './public-key.ts';

/** Bytes of SHA-256: of the seed, of the label's hash. */
export const OAEP_HASH_BYTES = 32;

/** What encoding adds to a message, in bytes: a zero, the seed, the label's hash, a one. */
export const OAEP_OVERHEAD_BYTES = 2 * OAEP_HASH_BYTES + 2;

const DATA_BLOCK_START = 1 + OAEP_HASH_BYTES;
const COUNTER_BYTES = 4;

/** The longest message that a key encrypts, in bytes; negative for a key too small for any. Source: RFC 8017 7.1.1. */
export function maxMessageBytes(key: RsaPublicKey): number {
  return key.modulusBytes - OAEP_OVERHEAD_BYTES;
}

/** A key and a label, made ready to encrypt many messages. */
export interface PreparedOaep {
  /**
   * Encrypts one message with the given seed, to exactly what the writer of that seed got.
   * Fails with `rsa-key.unsupported` when the message is too long for the key.
   * @param message at most `modulusBytes - 66` bytes
   * @param seed 32 bytes
   */
  readonly encrypt: (message: Uint8Array, seed: Uint8Array) => Uint8Array;
}

/** Hashes a label for encoding and decoding; an empty label is one. Source: RFC 8017 7.1.1 step 2a. */
export function hashOaepLabel(label: Uint8Array): Uint8Array {
  return hash('sha256', label, 'buffer');
}

/**
 * Encodes a message by EME-OAEP with SHA-256 and MGF1-SHA-256. Source: RFC 8017 7.1.1 step 2.
 * Fails with `rsa-key.unsupported` when the message is too long for the key.
 * @param message at most `modulusBytes - 66` bytes
 * @param seed 32 bytes; another length is a bug of the caller
 * @param labelHash from `hashOaepLabel`
 * @param modulusBytes length of the result
 */
export function oaepEncode(
  message: Uint8Array,
  seed: Uint8Array,
  labelHash: Uint8Array,
  modulusBytes: number,
): Uint8Array {
  if (seed.length !== OAEP_HASH_BYTES) throw new Error('an OAEP seed has 32 bytes');
  if (message.length > modulusBytes - OAEP_OVERHEAD_BYTES) {
    throw new RecoveryError('rsa-key.unsupported', { what: 'message longer than the key', modulusBytes });
  }
  const block = new Uint8Array(modulusBytes);
  const maskedSeed = block.subarray(1, DATA_BLOCK_START);
  const dataBlock = block.subarray(DATA_BLOCK_START);
  dataBlock.set(labelHash);
  dataBlock[dataBlock.length - message.length - 1] = 1;
  dataBlock.set(message, dataBlock.length - message.length);
  xorWithMask(dataBlock, seed);
  maskedSeed.set(seed);
  xorWithMask(maskedSeed, dataBlock);
  return block;
}

/**
 * XORs MGF1-SHA-256 of a seed into bytes, in place. Source: RFC 8017 B.2.1.
 * @param bytes what is masked or unmasked
 * @param seed not a part of `bytes`
 */
export function xorWithMask(bytes: Uint8Array, seed: Uint8Array): void {
  const input = new Uint8Array(seed.length + COUNTER_BYTES);
  input.set(seed);
  for (let counter = 0, offset = 0; offset < bytes.length; counter++, offset += OAEP_HASH_BYTES) {
    // Two bytes of the counter cover 2 MiB, beyond any modulus.
    input[input.length - 1] = counter;
    input[input.length - 2] = counter >> 8;
    const mask = hash('sha256', input, 'buffer');
    const end = Math.min(OAEP_HASH_BYTES, bytes.length - offset);
    for (let i = 0; i < end; i++) bytes[offset + i] = (bytes[offset + i] ?? 0) ^ (mask[i] ?? 0);
    mask.fill(0);
  }
  input.fill(0);
}

/**
 * Makes a key and a label ready for a run of encryptions: the label is hashed once.
 * @param key whom to encrypt to
 * @param label any bytes, also none
 */
export function prepareOaep(key: RsaPublicKey, label: Uint8Array): PreparedOaep {
  const labelHash = hashOaepLabel(label);
  const { keyObject, modulusBytes } = key;
  const options = { key: keyObject, padding: constants.RSA_NO_PADDING };
  return {
    encrypt: (message, seed) => publicEncrypt(options, oaepEncode(message, seed, labelHash, modulusBytes)),
  };
}
