import { scrypt, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

import { blake2b } from '@noble/hashes/blake2.js';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import { equalBytes } from '../bytes/compare.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { KEY_BYTES, publicKeyOf } from './ed25519.ts';

const scryptAsync = promisify<Uint8Array, Uint8Array, number, ScryptOptions, Buffer>(scrypt);

const ALGORITHM = [0x45, 0x64]; // Ed
const SCRYPT = [0x53, 0x63]; // Sc
const NO_KDF = [0, 0];
const BLAKE2 = [0x42, 0x32]; // B2
const SALT_AT = 6;
const SALT_BYTES = 32;
const LIMITS_AT = SALT_AT + SALT_BYTES;
const BOX_AT = LIMITS_AT + 16;
const KEY_ID_BYTES = 8;
const CHECKSUM_BYTES = 32;
const BOX_BYTES = KEY_ID_BYTES + 2 * KEY_BYTES + CHECKSUM_BYTES;
const SECRET_KEY_BYTES = BOX_AT + BOX_BYTES;

/** What scrypt may take: what minisign takes unless it was told otherwise. */
const MAX_MEMORY_BYTES = 2 ** 30;
const MAX_WORK = 2 ** 26;
const SCRYPT_R = 8;

/** A secret key of minisign, opened. */
export interface MinisignKey {
  readonly keyId: Uint8Array;
  /** The caller wipes it. */
  readonly seed: SecretBytes;
}

/** Whether the bytes of a key file's second line have the form of a secret key. */
export function isMinisignSecretKey(bytes: Uint8Array): boolean {
  return (
    bytes.length === SECRET_KEY_BYTES && startsWith(bytes, ALGORITHM) && startsWith(bytes.subarray(4), BLAKE2)
  );
}

/** Whether a secret key is encrypted. */
export function isEncryptedMinisignKey(bytes: Uint8Array): boolean {
  return !startsWith(bytes.subarray(2), NO_KDF);
}

/**
 * Opens a secret key of minisign, with its password where it has one. Source: minisign, "Minisign file formats".
 * Fails with `signing-key.unsupported` (another derivation, or one that takes more than a gibibyte),
 * `signing-key.not-understood`, `password.required`, `password.wrong`.
 * @param bytes what stands in the file's second line
 */
export async function openMinisignKey(
  bytes: Uint8Array,
  password: SecretBytes | undefined,
): Promise<MinisignKey> {
  if (!isMinisignSecretKey(bytes)) throw new RecoveryError('signing-key.not-understood');
  if (!isEncryptedMinisignKey(bytes)) return readKeys(bytes.subarray(BOX_AT));
  if (!startsWith(bytes.subarray(2), SCRYPT)) {
    throw new RecoveryError('signing-key.unsupported', { algorithm: 'another derivation than scrypt' });
  }
  if (password === undefined) throw new RecoveryError('password.required');
  const stream = await deriveStream(bytes, password);
  const box = bytes.subarray(BOX_AT).map((byte, i) => byte ^ (stream[i] ?? 0));
  try {
    if (!hasItsChecksum(box)) throw new RecoveryError('password.wrong');
    return readKeys(box);
  } finally {
    stream.fill(0);
    box.fill(0);
  }
}

function deriveStream(bytes: Uint8Array, password: SecretBytes): Promise<Uint8Array> {
  const limits = new DataView(bytes.buffer, bytes.byteOffset + LIMITS_AT, 16);
  const { N, p } = scryptCost(Number(limits.getBigUint64(0, true)), Number(limits.getBigUint64(8, true)));
  const salt = bytes.subarray(SALT_AT, LIMITS_AT);
  // Node counts what it needs beside the table against the limit too.
  const options = { N, r: SCRYPT_R, p, maxmem: MAX_MEMORY_BYTES + 2 ** 20 };
  return password.use((given) => scryptAsync(given, salt, BOX_BYTES, options));
}

/** From libsodium's two limits to scrypt's numbers. Source: libsodium, crypto_pwhash_scryptsalsa208sha256. */
function scryptCost(opsLimit: number, memoryLimit: number): { readonly N: number; readonly p: number } {
  const work = Math.max(opsLimit, 2 ** 15);
  const byWork = work < memoryLimit / 32;
  const most = byWork ? work / (SCRYPT_R * 4) : memoryLimit / (SCRYPT_R * 128);
  let log = 1;
  while (log < 63 && 2 ** log <= most / 2) log++;
  const N = 2 ** log;
  const p = byWork ? 1 : Math.floor(Math.min(Math.floor(work / 4 / N), 2 ** 30 - 1) / SCRYPT_R);
  if (128 * N * SCRYPT_R > MAX_MEMORY_BYTES || N * SCRYPT_R * p > MAX_WORK || p < 1) {
    throw new RecoveryError('signing-key.unsupported', { algorithm: 'scrypt beyond 1 GiB' });
  }
  return { N, p };
}

/** Over algorithm, key id and key: it says whether the password was right. A key without a password may have none. */
function hasItsChecksum(box: Uint8Array): boolean {
  const checksum = blake2b
    .create({ dkLen: CHECKSUM_BYTES })
    .update(Uint8Array.from(ALGORITHM))
    .update(box.subarray(0, -CHECKSUM_BYTES))
    .digest();
  return equalBytes(checksum, box.subarray(-CHECKSUM_BYTES));
}

/** The two halves of the key have to belong together: a signature by halves that don't gives the key away. */
function readKeys(box: Uint8Array): MinisignKey {
  const key = box.subarray(KEY_ID_BYTES, -CHECKSUM_BYTES);
  const seed = new SecretBytes(key.subarray(0, KEY_BYTES));
  if (equalBytes(publicKeyOf(seed), key.subarray(KEY_BYTES))) {
    return { keyId: Uint8Array.from(box.subarray(0, KEY_ID_BYTES)), seed };
  }
  seed.wipe();
  throw new RecoveryError('signing-key.not-understood');
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}
