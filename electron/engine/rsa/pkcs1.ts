import { RecoveryError } from '../../../shared/recovery-error.ts';
import { DerReader } from '../bytes/der.ts';
import { bigEndianToInteger } from '../bytes/integer.ts';
import { asKeyFault } from './key-fault.ts';
import { checkRsaNumbers } from './rsa-numbers.ts';

const FACTORS = ['prime p', 'prime q', 'exponent dP', 'exponent dQ', 'coefficient qInv'] as const;

/** The public half of an RSA private key: magnitudes, big-endian, views into its DER. */
export interface RsaNumbers {
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}

/**
 * Reads an RSAPrivateKey through and checks that its numbers belong together, so that a damaged key is told here
 * and not as a failed decryption. Source: RFC 8017 3.2 and A.1.2.
 * Fails with `rsa-key.malformed`, `rsa-key.truncated`, `rsa-key.unsupported` (several primes, no CRT values, sizes
 * out of range).
 * @param der RSAPrivateKey
 */
export function readPkcs1(der: Uint8Array): RsaNumbers {
  return asKeyFault(() => {
    const outer = new DerReader(der);
    const key = outer.readSequence('RSA key');
    outer.end('RSA key');
    if (key.readSmallInteger('version') !== 0) {
      throw new RecoveryError('rsa-key.unsupported', { what: 'more than two primes' });
    }
    const modulus = key.readInteger('modulus');
    const exponent = key.readInteger('exponent');
    checkRsaNumbers(modulus, exponent);
    const privateExponent = bigEndianToInteger(key.readInteger('private exponent'));
    if (key.done) throw withoutFactors();
    const [p, q, dP, dQ, qInv] = FACTORS.map((field) => bigEndianToInteger(key.readInteger(field)));
    key.end('RSA key');
    if (!p || !q || !dP || !dQ || !qInv) throw withoutFactors();
    const e = bigEndianToInteger(exponent);
    if (p === 1n || q === 1n || p * q !== bigEndianToInteger(modulus)) throw damaged('primes');
    if (!isInverse(e, privateExponent, p - 1n) || !isInverse(e, privateExponent, q - 1n)) {
      throw damaged('private exponent');
    }
    if (!isInverse(e, dP, p - 1n) || !isInverse(e, dQ, q - 1n)) throw damaged('CRT exponents');
    if (!isInverse(q, qInv, p)) throw damaged('CRT coefficient');
    return { modulus, exponent };
  });
}

/**
 * Takes the RSAPrivateKey out of a PrivateKeyInfo that is known to be of rsaEncryption. Source: RFC 5958 2.
 * Fails with `rsa-key.malformed`, `rsa-key.truncated`.
 * @param der PrivateKeyInfo
 * @returns a view into `der`
 */
export function unwrapPkcs8(der: Uint8Array): Uint8Array {
  return asKeyFault(() => {
    const outer = new DerReader(der);
    const info = outer.readSequence('private key');
    outer.end('private key');
    if (info.readSmallInteger('version') > 1) throw damaged('version');
    const algorithm = info.readSequence('algorithm');
    algorithm.readOid('algorithm');
    if (!algorithm.done) algorithm.readNull('algorithm parameters');
    algorithm.end('algorithm');
    const key = info.readOctetString('private key');
    // Attributes and the public key may follow; they add nothing to an RSA key.
    while (!info.done) info.readAny('attributes');
    return key;
  });
}

function isInverse(a: bigint, b: bigint, modulus: bigint): boolean {
  return (a * b) % modulus === 1n;
}

function withoutFactors(): RecoveryError {
  return new RecoveryError('rsa-key.unsupported', { what: 'no primes in the key' });
}

function damaged(field: string): RecoveryError {
  return new RecoveryError('rsa-key.malformed', { field });
}
