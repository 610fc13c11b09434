import { checkPrime } from 'node:crypto';

import { bigEndianToInteger } from '../bytes/integer.ts';
import type { RandomBytes } from '../bytes/random.ts';

/** Miller-Rabin rounds: a composite passes all with a chance below 2^-128, whoever chose it. FIPS 186-5 B.3 asks for 4. */
const ROUNDS = 64;
const SIEVE_LIMIT = 2000;
/** Candidates drawn before the source is called broken. FIPS 186-5 A.1.3, steps 4.7 and 5.8, allow 5 and 10 a bit. */
const MAX_CANDIDATES_A_BIT = 10;

const SIEVE = sieve();

/**
 * Draws a random prime for an RSA modulus, uniformly from those that FIPS 186-5 A.1.3 allows: `bits` long, at least
 * sqrt(2) * 2^(bits - 1), and one less than it has no divisor in common with the exponent. Each candidate is fresh;
 * the heavy test runs on a thread of the runtime. A BigInt can't be wiped: only the end of the process takes it.
 * Throws, as a bug, when the source gives no prime in as many candidates as chance could need.
 * @param bits a multiple of 8
 * @param exponent an odd prime
 * @param randomBytes where every bit of the candidates comes from
 * @param isFar refuses a prime too near to the other one
 */
export async function randomPrime(
  bits: number,
  exponent: bigint,
  randomBytes: RandomBytes,
  isFar: (prime: bigint) => boolean = () => true,
): Promise<bigint> {
  const leastSquare = 1n << BigInt(2 * bits - 1);
  for (let left = MAX_CANDIDATES_A_BIT * bits; left > 0; left--) {
    const bytes = randomBytes(bits / 8);
    try {
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 1;
      const candidate = bigEndianToInteger(bytes);
      if (candidate * candidate < leastSquare || !isFar(candidate)) continue;
      if (hasSmallFactor(candidate) || (candidate - 1n) % exponent === 0n) continue;
      if (await isPrime(bytes)) return candidate;
    } finally {
      bytes.fill(0);
    }
  }
  throw new Error('the source of randomness gives no primes');
}

function isPrime(candidate: Uint8Array): Promise<boolean> {
  return new Promise((resolve, reject) => {
    checkPrime(candidate, { checks: ROUNDS }, (error, isIt) => {
      // The types say null where the runtime says undefined.
      if (error instanceof Error) reject(error);
      else resolve(isIt);
    });
  });
}

/** One remainder of the long number serves many short ones. */
function hasSmallFactor(candidate: bigint): boolean {
  return SIEVE.some(({ product, primes }) => {
    const rest = Number(candidate % product);
    return primes.some((prime) => rest % prime === 0);
  });
}

/** The odd primes below the limit, in groups whose product is an exact number. */
function sieve(): readonly { readonly product: bigint; readonly primes: readonly number[] }[] {
  const groups: { product: bigint; primes: number[] }[] = [];
  const primes: number[] = [];
  for (let n = 3; n < SIEVE_LIMIT; n += 2) {
    if (primes.some((prime) => n % prime === 0)) continue;
    primes.push(n);
    const last = groups.at(-1);
    if (last === undefined || last.product * BigInt(n) > BigInt(Number.MAX_SAFE_INTEGER)) {
      groups.push({ product: BigInt(n), primes: [n] });
    } else {
      last.product *= BigInt(n);
      last.primes.push(n);
    }
  }
  return groups;
}
