import { generateKeyPair, type RSAKeyPairOptions } from 'node:crypto';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';

/** The bits of a recovery key; products refuse fewer. */
export const DEFAULT_RSA_BITS = 4096;

const MIN_BITS = 2048;
const MAX_BITS = 16_384;
/** BoringSSL rounds other sizes; here they are refused. */
const BITS_STEP = 128;

/** A fresh RSA key pair, in the forms that are handed out. */
export interface GeneratedRsaKeyPair {
  /** SubjectPublicKeyInfo (RFC 5280 4.1): 550 bytes for 4096 bits. */
  readonly spkiDer: Uint8Array;
  /** RSAPrivateKey (RFC 8017 A.1.2), what a PKE1 file of a recovery key holds as hex. */
  readonly pkcs1Der: SecretBytes;
}

/**
 * Makes an RSA key pair with exponent 65537, off the main thread. Its randomness is the runtime's own, an exception to
 * the rule that the engine is given its randomness; `generateRsaKeyPairFrom` is given it.
 * Source: RFC 8017 3. Fails with `usage.invalid`.
 * @param bits of the modulus: 2048 to 16384, a multiple of 128
 */
export async function generateRsaKeyPair(bits: number = DEFAULT_RSA_BITS): Promise<GeneratedRsaKeyPair> {
  checkRsaBits(bits);
  const options: RSAKeyPairOptions<'der', 'der'> = {
    modulusLength: bits,
    publicExponent: 65_537,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs1', format: 'der' },
  };
  return new Promise((resolve, reject) => {
    generateKeyPair('rsa', options, (error, publicKey, privateKey) => {
      if (error !== null) reject(error);
      else resolve({ spkiDer: new Uint8Array(publicKey), pkcs1Der: SecretBytes.consume(privateKey) });
    });
  });
}

/** Refuses a size of which no key is made. Fails with `usage.invalid`. */
export function checkRsaBits(bits: number): void {
  if (!(bits >= MIN_BITS && bits <= MAX_BITS && bits % BITS_STEP === 0)) {
    throw new RecoveryError('usage.invalid', { what: 'RSA key size', bits });
  }
}
