import { invert } from '@noble/curves/abstract/modular.js';

import { derInteger, derSequence } from '../bytes/der-writer.ts';
import { integerToBigEndian } from '../bytes/integer.ts';
import type { RandomBytes } from '../bytes/random.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { checkRsaBits, type GeneratedRsaKeyPair } from './generate.ts';
import { randomPrime } from './primes.ts';
import { rsaPublicKeyOf } from './public-key.ts';
import { Scratch } from './scratch.ts';

const EXPONENT = 65_537n;
/** How much shorter than the primes their difference may be, in bits. Source: FIPS 186-5 A.1.3 step 5.4. */
const NEARNESS_BITS = 100;

/**
 * Makes an RSA key pair with exponent 65537 of random primes, all of them drawn from the given source: the same
 * source gives the same pair. It takes some seconds, and gives way to other work in between. The primes are BigInts
 * on their way, which can't be wiped.
 * Source: FIPS 186-5 A.1.3 and A.1.1, RFC 8017 3.2. Fails with `usage.invalid`.
 * @param bits of the modulus: 2048 to 16384, a multiple of 128
 * @param randomBytes where the primes come from
 */
export async function generateRsaKeyPairFrom(
  bits: number,
  randomBytes: RandomBytes,
): Promise<GeneratedRsaKeyPair> {
  checkRsaBits(bits);
  const half = bits / 2;
  const leastDistance = 1n << BigInt(half - NEARNESS_BITS);
  for (;;) {
    const first = await randomPrime(half, EXPONENT, randomBytes);
    const isFar = (other: bigint): boolean => (first > other ? first - other : other - first) > leastDistance;
    const second = await randomPrime(half, EXPONENT, randomBytes, isFar);
    const [p, q] = first > second ? [first, second] : [second, first];
    const d = invert(EXPONENT, leastCommonMultiple(p - 1n, q - 1n));
    // So short an exponent could be found. It never happens, and the standard wants it looked at.
    if (d > 1n << BigInt(half)) return encode(p, q, d, bits);
  }
}

/** RSAPrivateKey. Source: RFC 8017 A.1.2. */
function encode(p: bigint, q: bigint, d: bigint, bits: number): GeneratedRsaKeyPair {
  const scratch = new Scratch();
  const integer = (value: bigint): Uint8Array =>
    scratch.keep(derInteger(scratch.keep(integerToBigEndian(value, bits / 8))));
  try {
    const crt = [d % (p - 1n), d % (q - 1n), invert(q, p)];
    const numbers = [0n, p * q, EXPONENT, d, p, q, ...crt].map(integer);
    const publicKey = rsaPublicKeyOf(integerToBigEndian(p * q, bits / 8), integerToBigEndian(EXPONENT, 3));
    return { spkiDer: publicKey.spkiDer, pkcs1Der: SecretBytes.consume(derSequence(...numbers)) };
  } finally {
    scratch.wipe();
  }
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}
