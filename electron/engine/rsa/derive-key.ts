import { pbkdf2, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import type { SecretBytes } from '../bytes/secret-bytes.ts';

/** The most PBKDF2 iterations that a file may ask for: some ten seconds. */
export const MAX_PBKDF2_ITERATIONS = 10_000_000;

/** The most memory that a file may ask scrypt for, in bytes. */
export const MAX_SCRYPT_BYTES = 2 ** 30;

/** The most scrypt work that a file may ask for: memory in bytes times passes. */
const MAX_SCRYPT_WORK = 8 * MAX_SCRYPT_BYTES;

/** Digests of PBKDF2's HMAC, by the runtime's names. */
export type Pbkdf2Digest = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

/** How a password becomes a key. Source: RFC 8018 5.2 (PBKDF2), RFC 7914 6 (scrypt: N, r, p). */
export type Derivation =
  | {
      readonly kind: 'pbkdf2';
      readonly salt: Uint8Array;
      readonly iterations: number;
      readonly digest: Pbkdf2Digest;
    }
  | {
      readonly kind: 'scrypt';
      readonly salt: Uint8Array;
      readonly cost: number;
      readonly blockSize: number;
      readonly parallelization: number;
    };

const pbkdf2Async = promisify(pbkdf2);
const scryptAsync = promisify<Uint8Array, Uint8Array, number, ScryptLimits, Buffer>(scrypt);

interface ScryptLimits {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly maxmem: number;
}

/**
 * Derives a key from a password off the main thread, so that a window stays alive meanwhile.
 * Fails with `rsa-key.unsupported` where it would take too long or too much memory, `rsa-key.malformed` for
 * parameters that no derivation has.
 * @param derivation checked here against the caps, since it comes from a file
 * @param password bytes as typed
 * @param keyBytes the length of the key
 * @returns the key, the caller's to wipe
 */
export async function deriveKey(
  derivation: Derivation,
  password: SecretBytes,
  keyBytes: number,
): Promise<Uint8Array> {
  if (derivation.kind === 'pbkdf2') {
    const { salt, iterations, digest } = derivation;
    if (!isCount(iterations)) throw new RecoveryError('rsa-key.malformed', { field: 'iterations' });
    if (iterations > MAX_PBKDF2_ITERATIONS) throw tooMuch('iterations', MAX_PBKDF2_ITERATIONS);
    return password.use((bytes) => pbkdf2Async(bytes, salt, iterations, keyBytes, digest));
  }
  const limits = scryptLimits(derivation.cost, derivation.blockSize, derivation.parallelization);
  return password.use((bytes) => scryptAsync(bytes, derivation.salt, keyBytes, limits));
}

function scryptLimits(N: number, r: number, p: number): ScryptLimits {
  const isPowerOfTwo = N > 1 && Number.isInteger(Math.log2(N));
  // RFC 7914 2 and 6: N below 2^(128 r / 8), and p at most (2^32 - 1) * 32 / (128 r).
  if (!isPowerOfTwo || !isCount(r) || !isCount(p) || Math.log2(N) >= 16 * r) {
    throw new RecoveryError('rsa-key.malformed', { field: 'scrypt parameters' });
  }
  const memory = 128 * r * (N + p + 2);
  if (memory > MAX_SCRYPT_BYTES + 2 ** 20) throw tooMuch('scrypt memory', MAX_SCRYPT_BYTES);
  if (128 * N * r * p > MAX_SCRYPT_WORK) throw tooMuch('scrypt work', MAX_SCRYPT_WORK);
  return { N, r, p, maxmem: memory + 2 ** 20 };
}

/** Not by comparing alone: nothing is less than 1 of what is no number. */
function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}

function tooMuch(what: string, limit: number): RecoveryError {
  return new RecoveryError('rsa-key.unsupported', { what, limit });
}
