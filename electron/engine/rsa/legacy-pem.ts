import { md5 } from '@noble/hashes/legacy.js';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { isHex, parseHex } from '../bytes/hex.ts';
import type { SecretBytes } from '../bytes/secret-bytes.ts';
import { AES_128_CBC, AES_192_CBC, AES_256_CBC, type CbcCipher, decryptCbc, DES_EDE3_CBC } from './cbc.ts';
import { isWholeSequence } from './der-shape.ts';

/** Ciphers by their name in DEK-Info. */
const CIPHERS: Readonly<Record<string, CbcCipher>> = {
  'AES-128-CBC': AES_128_CBC,
  'AES-192-CBC': AES_192_CBC,
  'AES-256-CBC': AES_256_CBC,
  'DES-EDE3-CBC': DES_EDE3_CBC,
};

const SALT_BYTES = 8;

/**
 * Decrypts the body of a PEM block with `Proc-Type: 4,ENCRYPTED`. Source: RFC 1421 4.6.1.3; OpenSSL,
 * PEM_read_bio_PrivateKey(3), "PEM encryption format".
 * Fails with `rsa-key.unsupported` (another cipher), `rsa-key.malformed`, `rsa-key.truncated`, `password.wrong`.
 * @param dekInfo the DEK-Info header: cipher name, comma, initialization vector in hex
 * @param ciphertext the body, decoded
 * @param password bytes as typed
 * @returns the DER inside, one whole SEQUENCE, the caller's to wipe
 */
export function decryptLegacyPem(dekInfo: string, ciphertext: Uint8Array, password: SecretBytes): Uint8Array {
  const [name = '', ivHex = ''] = dekInfo.split(',').map((part) => part.trim());
  const cipher = CIPHERS[name.toUpperCase()];
  if (cipher === undefined) throw new RecoveryError('rsa-key.unsupported', { what: 'cipher' });
  if (!isHex(ivHex) || ivHex.length !== cipher.blockBytes * 2) {
    throw new RecoveryError('rsa-key.malformed', { field: 'initialization vector' });
  }
  if (ciphertext.length === 0 || ciphertext.length % cipher.blockBytes !== 0) {
    throw new RecoveryError('rsa-key.truncated', { encoding: 'PEM' });
  }
  const iv = parseHex(ivHex, 'initialization vector');
  const key = bytesToKey(password, iv.subarray(0, SALT_BYTES), cipher.keyBytes);
  try {
    const plaintext = decryptCbc(cipher, key, iv, ciphertext);
    if (plaintext !== undefined && isWholeSequence(plaintext)) return plaintext;
    plaintext?.fill(0);
    throw new RecoveryError('password.wrong', { container: 'PEM' });
  } finally {
    key.fill(0);
  }
}

/** OpenSSL's EVP_BytesToKey(3) with MD5 and one iteration: each digest is of the last one, password and salt. */
function bytesToKey(password: SecretBytes, salt: Uint8Array, keyBytes: number): Uint8Array {
  const key = new Uint8Array(keyBytes);
  let digest = new Uint8Array(0);
  for (let offset = 0; offset < keyBytes; offset += digest.length) {
    const last = digest;
    digest = password.use((bytes) => md5.create().update(last).update(bytes).update(salt).digest());
    last.fill(0);
    key.set(digest.subarray(0, keyBytes - offset), offset);
  }
  digest.fill(0);
  return key;
}
