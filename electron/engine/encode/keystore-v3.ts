import { createCipheriv, createDecipheriv } from 'node:crypto';

import { keccak_256 } from '@noble/hashes/sha3.js';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import { ethereumAddress } from '../address/evm.ts';
import { equalBytes } from '../bytes/compare.ts';
import { parseHex, toHex } from '../bytes/hex.ts';
import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '../bytes/json.ts';
import type { RandomBytes } from '../bytes/random.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { deriveKey, type Derivation } from '../rsa/derive-key.ts';
import { isBlank } from '../rsa/secret-text.ts';
import type { DecodedKey, ExportKey } from './export-key.ts';

const OPEN_BRACE = 0x7b;
const CIPHER = 'aes-128-ctr';
const KEY_BYTES = 32;
const AES_KEY_BYTES = 16;
const SALT_BYTES = 32;
const IV_BYTES = 16;

/** The cost that Geth writes with. Source: go-ethereum, "StandardScryptN". */
const SCRYPT = { cost: 262_144, blockSize: 8, parallelization: 1 } as const;

/**
 * Writes an Ethereum keystore: AES-128-CTR under scrypt, with a Keccak-256 check of the password.
 * Source: Ethereum Web3 Secret Storage Definition, version 3.
 * @param key of secp256k1
 * @param password bytes as typed
 * @param randomBytes gives salt, counter and identifier
 */
export async function encodeKeystore(
  key: ExportKey,
  password: SecretBytes,
  randomBytes: RandomBytes,
): Promise<SecretBytes> {
  const salt = randomBytes(SALT_BYTES);
  const iv = randomBytes(IV_BYTES);
  const derived = await deriveKey({ kind: 'scrypt', salt, ...SCRYPT }, password, KEY_BYTES);
  try {
    const cipher = createCipheriv(CIPHER, derived.subarray(0, AES_KEY_BYTES), iv);
    const ciphertext = key.privateKey.use((bytes) => cipher.update(bytes));
    const address = ethereumAddress(key.curve.encodeCompressed(key.publicKey));
    const keystore = {
      version: 3,
      id: uuidOf(randomBytes(16)),
      address: address.slice(2).toLowerCase(),
      crypto: {
        cipher: CIPHER,
        cipherparams: { iv: toHex(iv) },
        ciphertext: toHex(ciphertext),
        kdf: 'scrypt',
        kdfparams: {
          dklen: KEY_BYTES,
          n: SCRYPT.cost,
          r: SCRYPT.blockSize,
          p: SCRYPT.parallelization,
          salt: toHex(salt),
        },
        mac: toHex(macOf(derived, ciphertext)),
      },
    };
    return new SecretBytes(new TextEncoder().encode(`${JSON.stringify(keystore, null, 2)}\n`));
  } finally {
    derived.fill(0);
  }
}

/** Reads a keystore of scrypt back. Fails with `wallet-key.not-understood`, `password.wrong`. */
export async function decodeKeystore(content: Uint8Array, password: SecretBytes): Promise<DecodedKey> {
  const { derivation, iv, ciphertext, mac, address } = readKeystore(content);
  const derived = await derive(derivation, password);
  try {
    if (!equalBytes(macOf(derived, ciphertext), mac)) {
      throw new RecoveryError('password.wrong', { container: 'keystore' });
    }
    const decipher = createDecipheriv(CIPHER, derived.subarray(0, AES_KEY_BYTES), iv);
    return {
      privateKey: SecretBytes.consume(decipher.update(ciphertext)),
      curve: 'secp256k1',
      ...(address === undefined ? {} : { stated: { kind: 'ethereum-address', address } }),
    };
  } finally {
    derived.fill(0);
  }
}

/** Whether a file begins as a JSON object does; nothing else that holds a key is JSON. */
export function looksLikeKeystore(content: Uint8Array): boolean {
  return content.find((byte) => !isBlank(byte)) === OPEN_BRACE;
}

/** What derivation says of its parameters is of RSA key files. */
async function derive(derivation: Derivation, password: SecretBytes): Promise<Uint8Array> {
  try {
    return await deriveKey(derivation, password, KEY_BYTES);
  } catch (error) {
    throw error instanceof RecoveryError ? notUnderstood() : error;
  }
}

interface Keystore {
  readonly derivation: Derivation;
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly mac: Uint8Array;
  /** As the file has it; some programs leave it out. */
  readonly address: string | undefined;
}

function readKeystore(content: Uint8Array): Keystore {
  try {
    const { version, crypto, address } = objectOf(parseJson(new TextDecoder().decode(content)));
    const { cipher, cipherparams, ciphertext, kdf, kdfparams, mac } = objectOf(crypto);
    if (version !== 3 || cipher !== CIPHER || kdf !== 'scrypt') throw notUnderstood();
    if (address !== undefined && typeof address !== 'string') throw notUnderstood();
    const { n, r, p, dklen, salt } = objectOf(kdfparams);
    if (dklen !== KEY_BYTES) throw notUnderstood();
    return {
      derivation: {
        kind: 'scrypt',
        salt: bytesOf(salt),
        cost: numberOf(n),
        blockSize: numberOf(r),
        parallelization: numberOf(p),
      },
      iv: bytesOf(objectOf(cipherparams)['iv'], IV_BYTES),
      ciphertext: bytesOf(ciphertext, KEY_BYTES),
      mac: bytesOf(mac, KEY_BYTES),
      address,
    };
  } catch (error) {
    throw error instanceof RecoveryError ? notUnderstood() : error;
  }
}

/** The second half of the derived key vouches for the ciphertext. */
function macOf(derived: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const message = Uint8Array.from([...derived.subarray(AES_KEY_BYTES), ...ciphertext]);
  try {
    return keccak_256(message);
  } finally {
    message.fill(0);
  }
}

function objectOf(value: JsonValue | undefined): JsonObject {
  if (!isJsonObject(value)) throw notUnderstood();
  return value;
}

function numberOf(value: JsonValue | undefined): number {
  if (typeof value !== 'number') throw notUnderstood();
  return value;
}

function bytesOf(value: JsonValue | undefined, length?: number): Uint8Array {
  if (typeof value !== 'string') throw notUnderstood();
  const bytes = parseHex(value, 'keystore');
  if (length !== undefined && bytes.length !== length) throw notUnderstood();
  return bytes;
}

/** A random UUID. Source: RFC 9562 5.4. */
function uuidOf(random: Uint8Array): string {
  random[6] = ((random[6] ?? 0) & 0x0f) | 0x40;
  random[8] = ((random[8] ?? 0) & 0x3f) | 0x80;
  return toHex(random).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function notUnderstood(): RecoveryError {
  return new RecoveryError('wallet-key.not-understood');
}
