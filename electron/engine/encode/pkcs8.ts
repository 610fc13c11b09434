import { createCipheriv } from 'node:crypto';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import { derInteger, derNull, derOctetString, derOid, derSequence } from '../bytes/der-writer.ts';
import { integerToBigEndian } from '../bytes/integer.ts';
import type { RandomBytes } from '../bytes/random.ts';
import type { SecretBytes } from '../bytes/secret-bytes.ts';
import { AES_256_CBC } from '../rsa/cbc.ts';
import { deriveKey, type Derivation } from '../rsa/derive-key.ts';
import { decryptPkcs8 } from '../rsa/pbes2.ts';
import { readPrivateKeyInfo, writePrivateKeyInfo } from './ec-key.ts';
import type { DecodedKey, ExportKey } from './export-key.ts';
import { decodePem, encodePem, isPemOf } from './pem-text.ts';

const LABEL = 'ENCRYPTED PRIVATE KEY';
const SALT_BYTES = 16;

const OIDS = {
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacSha256: '1.2.840.113549.2.9',
  scrypt: '1.3.6.1.4.1.11591.4.11',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
} as const;

/** As many as password storage is told to take for HMAC-SHA-256: OWASP, "Password Storage Cheat Sheet", 2023. */
const PBKDF2_ITERATIONS = 600_000;

/** The most memory that OpenSSL opens a file with unless told otherwise is 32 MiB; the work is in the passes. */
const SCRYPT = { cost: 16_384, blockSize: 8, parallelization: 8 } as const;

/** How the password becomes a key. */
export type Pkcs8Derivation = 'scrypt' | 'pbkdf2';

/**
 * Writes an encrypted PKCS#8 key as PEM: PBES2 with scrypt or PBKDF2-HMAC-SHA-256, and AES-256-CBC.
 * Source: RFC 5958 3, RFC 8018 6.2, A.2 and A.4, RFC 7914 7.
 * @param password bytes as typed
 * @param randomBytes gives salt and initialization vector
 */
export async function encodePkcs8(
  key: ExportKey,
  kind: Pkcs8Derivation,
  password: SecretBytes,
  randomBytes: RandomBytes,
): Promise<SecretBytes> {
  const derivation = derivationOf(kind, randomBytes(SALT_BYTES));
  const iv = randomBytes(AES_256_CBC.blockBytes);
  const aesKey = await deriveKey(derivation, password, AES_256_CBC.keyBytes);
  const plaintext = writePrivateKeyInfo(key);
  try {
    const cipher = createCipheriv(AES_256_CBC.name, aesKey, iv);
    const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    const scheme = derSequence(
      derOid(OIDS.pbes2),
      derSequence(derivationParameters(derivation), derSequence(derOid(OIDS.aes256Cbc), derOctetString(iv))),
    );
    return encodePem(LABEL, derSequence(scheme, derOctetString(ciphertext)));
  } finally {
    aesKey.fill(0);
    plaintext.fill(0);
  }
}

/** Reads such a file back. Fails with `wallet-key.not-understood`, `password.wrong`. */
export async function decodePkcs8(content: Uint8Array, password: SecretBytes): Promise<DecodedKey> {
  const inner = await decrypted(decodePem(LABEL, content), password);
  try {
    return readPrivateKeyInfo(inner);
  } finally {
    inner.fill(0);
  }
}

/** Whether a text is an encrypted PKCS#8 key in PEM, of whatever kind of key. */
export function looksLikeEncryptedPem(content: Uint8Array): boolean {
  return isPemOf(LABEL, content);
}

/** What the reader of RSA keys says of a file that is no such container is said of a wallet key here. */
async function decrypted(der: Uint8Array, password: SecretBytes): Promise<Uint8Array> {
  try {
    return await decryptPkcs8(der, password);
  } catch (error) {
    const isOfContainer = error instanceof RecoveryError && error.code !== 'password.wrong';
    throw isOfContainer ? new RecoveryError('wallet-key.not-understood') : error;
  }
}

function derivationOf(kind: Pkcs8Derivation, salt: Uint8Array): Derivation {
  return kind === 'scrypt'
    ? { kind, salt, ...SCRYPT }
    : { kind, salt, iterations: PBKDF2_ITERATIONS, digest: 'sha256' };
}

function derivationParameters(derivation: Derivation): Uint8Array {
  if (derivation.kind === 'scrypt') {
    const { salt, cost, blockSize, parallelization } = derivation;
    const numbers = [cost, blockSize, parallelization].map(integer);
    return derSequence(derOid(OIDS.scrypt), derSequence(derOctetString(salt), ...numbers));
  }
  const { salt, iterations } = derivation;
  const prf = derSequence(derOid(OIDS.hmacSha256), derNull());
  return derSequence(derOid(OIDS.pbkdf2), derSequence(derOctetString(salt), integer(iterations), prf));
}

function integer(value: number): Uint8Array {
  return derInteger(integerToBigEndian(BigInt(value), 4));
}
