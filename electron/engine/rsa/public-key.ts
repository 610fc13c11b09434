import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { equalBytes } from '../bytes/compare.ts';
import { DerReader } from '../bytes/der.ts';
import { derBitString, derInteger, derNull, derOid, derSequence } from '../bytes/der-writer.ts';
import { algorithmName, RSA_OID } from './algorithms.ts';
import { bigEndianToInteger } from '../bytes/integer.ts';
import { asKeyFault } from './key-fault.ts';
import { identifyKeyFile } from './key-file.ts';
import { bitLength, checkRsaNumbers } from './rsa-numbers.ts';
import { Scratch } from './scratch.ts';

/** Below so many bits a key is worth a warning. Source: NIST SP 800-131A. */
export const GOOD_MODULUS_BITS = 2048;

/** An RSA public key: to encrypt with, to compare, to name. */
export interface RsaPublicKey {
  readonly modulusBits: number;
  /** How many bytes the modulus has, and so every ciphertext. */
  readonly modulusBytes: number;
  readonly exponent: bigint;
  /** SubjectPublicKeyInfo in the one DER form that this program writes. Source: RFC 5280 4.1, RFC 8017 A.1.1. */
  readonly spkiDer: Uint8Array;
  /** SHA-256 of `spkiDer`, lower-case hex. */
  readonly fingerprintHex: string;
  readonly keyObject: KeyObject;
}

/**
 * Reads an RSA public key of 512 to 16384 bits, found by content: SubjectPublicKeyInfo or RSAPublicKey
 * (RFC 8017 A.1.1), as DER, hex text, base64 text or PEM.
 * Fails with `rsa-key.not-understood`, `rsa-key.other-algorithm`, `rsa-key.truncated`, `rsa-key.malformed`,
 * `rsa-key.unsupported`, `file.too-large`.
 * @param content the file's bytes, or the field's text
 */
export function parseRsaPublicKey(content: Uint8Array | string): RsaPublicKey {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const scratch = new Scratch();
  try {
    const file = identifyKeyFile(bytes, 'public', scratch);
    switch (file.holds) {
      case 'spki':
        return asKeyFault(() => fromRsaPublicKeyDer(unwrapSpki(file.der)));
      case 'pkcs1-public':
        return asKeyFault(() => fromRsaPublicKeyDer(file.der));
      case 'other-public':
      case 'nothing':
        throw notUnderstood(file.looksLike);
      case 'container':
        throw notUnderstood(file.container);
      case 'maybe-pke1':
        throw notUnderstood(
          'looksLike' in file.otherwise ? file.otherwise.looksLike : file.otherwise.container,
        );
      case 'pkcs8':
      case 'pkcs1':
      case 'encrypted-pkcs8':
      case 'legacy-encrypted':
      case 'pke1':
      case 'other-algorithm':
        throw notUnderstood('private key');
    }
  } finally {
    scratch.wipe();
  }
}

/** Says whether two public keys are the same, whatever form they were written in: modulus and exponent. */
export function sameRsaKey(a: RsaPublicKey, b: RsaPublicKey): boolean {
  return equalBytes(a.spkiDer, b.spkiDer);
}

/**
 * Makes a public key of its two numbers. Fails with `rsa-key.malformed`, `rsa-key.unsupported`.
 * @param modulus magnitude, big-endian; copied
 * @param exponent magnitude, big-endian; copied
 */
export function rsaPublicKeyOf(modulus: Uint8Array, exponent: Uint8Array): RsaPublicKey {
  checkRsaNumbers(modulus, exponent);
  const spkiDer = derSequence(
    derSequence(derOid(RSA_OID), derNull()),
    derBitString(derSequence(derInteger(modulus), derInteger(exponent))),
  );
  return {
    modulusBits: bitLength(modulus),
    modulusBytes: modulus.length,
    exponent: bigEndianToInteger(exponent),
    spkiDer,
    fingerprintHex: hash('sha256', spkiDer, 'hex'),
    keyObject: toKeyObject(spkiDer),
  };
}

function fromRsaPublicKeyDer(der: Uint8Array): RsaPublicKey {
  const outer = new DerReader(der);
  const key = outer.readSequence('RSA key');
  outer.end('RSA key');
  const modulus = key.readInteger('modulus');
  const exponent = key.readInteger('exponent');
  key.end('RSA key');
  return rsaPublicKeyOf(modulus, exponent);
}

function unwrapSpki(der: Uint8Array): Uint8Array {
  const outer = new DerReader(der);
  const info = outer.readSequence('public key');
  outer.end('public key');
  const algorithm = info.readSequence('algorithm');
  const oid = algorithm.readOid('algorithm');
  if (oid !== RSA_OID) throw new RecoveryError('rsa-key.other-algorithm', { algorithm: algorithmName(oid) });
  if (!algorithm.done) algorithm.readNull('algorithm parameters');
  algorithm.end('algorithm');
  const key = info.readBitString('public key');
  info.end('public key');
  return key;
}

/** The runtime gets what we wrote, never what came in: Electron's BoringSSL and Node's OpenSSL then agree. */
function toKeyObject(spkiDer: Uint8Array): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(spkiDer), format: 'der', type: 'spki' });
  } catch {
    throw new RecoveryError('rsa-key.unsupported', { what: 'key' });
  }
}

function notUnderstood(looksLike: string): RecoveryError {
  return new RecoveryError('rsa-key.not-understood', { looksLike });
}
