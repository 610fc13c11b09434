import { RecoveryError } from '../../../shared/recovery-error.ts';
import { DER_TAG, DerReader } from '../bytes/der.ts';
import type { SecretBytes } from '../bytes/secret-bytes.ts';
import { AES_128_CBC, AES_192_CBC, AES_256_CBC, type CbcCipher, decryptCbc, DES_EDE3_CBC } from './cbc.ts';
import { isWholeSequence } from './der-shape.ts';
import { deriveKey, type Derivation, type Pbkdf2Digest } from './derive-key.ts';
import { asKeyFault } from './key-fault.ts';

const PBES2_OID = '1.2.840.113549.1.5.13';
const PBKDF2_OID = '1.2.840.113549.1.5.12';
const SCRYPT_OID = '1.3.6.1.4.1.11591.4.11';

/** HMAC by OBJECT IDENTIFIER. Source: RFC 8018 B.1.2. */
const DIGESTS: Readonly<Record<string, Pbkdf2Digest>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

/** Ciphers by OBJECT IDENTIFIER. Source: RFC 8018 B.2.2 and B.2.5. */
const CIPHERS: Readonly<Record<string, CbcCipher>> = {
  '1.2.840.113549.3.7': DES_EDE3_CBC,
  '2.16.840.1.101.3.4.1.2': AES_128_CBC,
  '2.16.840.1.101.3.4.1.22': AES_192_CBC,
  '2.16.840.1.101.3.4.1.42': AES_256_CBC,
};

interface EncryptedKey {
  readonly derivation: Derivation;
  readonly cipher: CbcCipher;
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/**
 * Decrypts an encrypted PKCS#8 key here and not in the runtime, whose BoringSSL knows less of PBES2 than OpenSSL.
 * Source: RFC 5958 3, RFC 8018 6.2 and A.4, RFC 7914 7.
 * Fails with `rsa-key.malformed`, `rsa-key.truncated`, `rsa-key.unsupported` (another scheme, or parameters that
 * would take hours), `password.wrong`.
 * @param der EncryptedPrivateKeyInfo
 * @param password bytes as typed
 * @returns the DER inside, one whole SEQUENCE, the caller's to wipe
 */
export async function decryptPkcs8(der: Uint8Array, password: SecretBytes): Promise<Uint8Array> {
  const { derivation, cipher, iv, ciphertext } = asKeyFault(() => readEncryptedKey(der));
  const key = await deriveKey(derivation, password, cipher.keyBytes);
  try {
    const plaintext = decryptCbc(cipher, key, iv, ciphertext);
    if (plaintext !== undefined && isWholeSequence(plaintext)) return plaintext;
    plaintext?.fill(0);
    throw new RecoveryError('password.wrong', { container: 'PKCS#8' });
  } finally {
    key.fill(0);
  }
}

function readEncryptedKey(der: Uint8Array): EncryptedKey {
  const outer = new DerReader(der);
  const info = outer.readSequence('encrypted key');
  outer.end('encrypted key');
  const scheme = info.readSequence('encryption algorithm');
  const ciphertext = info.readOctetString('encrypted data');
  info.end('encrypted key');
  expectOid(scheme, PBES2_OID, 'encryption scheme');
  const parameters = scheme.readSequence('PBES2 parameters');
  scheme.end('encryption algorithm');
  const kdf = parameters.readSequence('key derivation');
  const encryption = parameters.readSequence('cipher');
  parameters.end('PBES2 parameters');
  const cipher = lookUp(CIPHERS, encryption.readOid('cipher'), 'cipher');
  const iv = encryption.readOctetString('initialization vector');
  encryption.end('cipher');
  if (iv.length !== cipher.blockBytes) throw malformed('initialization vector');
  if (ciphertext.length === 0 || ciphertext.length % cipher.blockBytes !== 0)
    throw malformed('encrypted data');
  return { derivation: readDerivation(kdf, cipher), cipher, iv, ciphertext };
}

function readDerivation(kdf: DerReader, cipher: CbcCipher): Derivation {
  const oid = kdf.readOid('key derivation');
  if (oid !== PBKDF2_OID && oid !== SCRYPT_OID) throw unsupported('key derivation', oid);
  const parameters = kdf.readSequence('key derivation parameters');
  kdf.end('key derivation');
  const derivation = oid === SCRYPT_OID ? readScrypt(parameters, cipher) : readPbkdf2(parameters, cipher);
  parameters.end('key derivation parameters');
  return derivation;
}

function readPbkdf2(parameters: DerReader, cipher: CbcCipher): Derivation {
  const salt = parameters.readOctetString('salt');
  const iterations = parameters.readSmallInteger('iterations');
  readKeyLength(parameters, cipher);
  if (parameters.done) return { kind: 'pbkdf2', salt, iterations, digest: 'sha1' };
  const prf = parameters.readSequence('pseudo-random function');
  const digest = lookUp(DIGESTS, prf.readOid('pseudo-random function'), 'pseudo-random function');
  if (!prf.done) prf.readNull('pseudo-random function');
  prf.end('pseudo-random function');
  return { kind: 'pbkdf2', salt, iterations, digest };
}

function readScrypt(parameters: DerReader, cipher: CbcCipher): Derivation {
  const salt = parameters.readOctetString('salt');
  const cost = parameters.readSmallInteger('scrypt cost');
  const blockSize = parameters.readSmallInteger('scrypt block size');
  const parallelization = parameters.readSmallInteger('scrypt parallelization');
  readKeyLength(parameters, cipher);
  return { kind: 'scrypt', salt, cost, blockSize, parallelization };
}

function readKeyLength(parameters: DerReader, cipher: CbcCipher): void {
  if (parameters.nextTag !== DER_TAG.integer) return;
  if (parameters.readSmallInteger('key length') !== cipher.keyBytes) throw malformed('key length');
}

function expectOid(reader: DerReader, oid: string, what: string): void {
  const found = reader.readOid(what);
  if (found !== oid) throw unsupported(what, found);
}

function lookUp<Value>(table: Readonly<Record<string, Value>>, oid: string, what: string): Value {
  const found = table[oid];
  if (found === undefined) throw unsupported(what, oid);
  return found;
}

function malformed(field: string): RecoveryError {
  return new RecoveryError('rsa-key.malformed', { field });
}

function unsupported(what: string, oid: string): RecoveryError {
  return new RecoveryError('rsa-key.unsupported', { what, oid });
}
