import { createPrivateKey, type KeyObject } from 'node:crypto';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import type { SecretBytes } from '../bytes/secret-bytes.ts';
import type { DecryptionKey } from './decrypt.ts';
import { identifyKeyFile, type KeyFile, type KeyFileKind, type Unreadable } from './key-file.ts';
import { decryptLegacyPem } from './legacy-pem.ts';
import { decryptPkcs8 } from './pbes2.ts';
import { openPke1 } from './pke1.ts';
import { readPkcs1, unwrapPkcs8 } from './pkcs1.ts';
import { GOOD_MODULUS_BITS, type RsaPublicKey, rsaPublicKeyOf } from './public-key.ts';
import { Scratch } from './scratch.ts';

/** Something that a key's owner should know, though the key is usable. */
export interface RsaKeyWarning {
  readonly code: 'rsa-key.small';
  readonly bits: number;
}

/** An RSA private key whose numbers were checked. */
export interface RsaPrivateKey extends DecryptionKey {
  readonly publicKey: RsaPublicKey;
  readonly keyObject: KeyObject;
  /** What the file was, on the outside. */
  readonly kind: KeyFileKind;
  readonly warnings: readonly RsaKeyWarning[];
}

/**
 * Reads an RSA private key, found by content: PKCS#8 or PKCS#1 as DER, hex text, base64 text or PEM; encrypted
 * PKCS#8; encrypted PEM of the legacy sort; PKE1 with its header or without. Source: docs/key-files.md.
 * Fails with `password.required`, `password.wrong`, `rsa-key.not-understood`, `rsa-key.public-given`,
 * `rsa-key.other-algorithm`, `rsa-key.unsupported`, `rsa-key.truncated`, `rsa-key.malformed`, `file.too-large`.
 * @param content the file; the caller wipes it
 * @param password bytes as typed; left alone where the key is not encrypted
 */
export async function readRsaPrivateKey(content: Uint8Array, password?: SecretBytes): Promise<RsaPrivateKey> {
  const scratch = new Scratch();
  try {
    const file = identifyKeyFile(content, 'private', scratch);
    const inner = await decryptContent(file, content, password);
    if (inner === undefined) return toPrivateKey(readable(file), file.kind);
    scratch.keep(inner);
    return toPrivateKey(readable(identifyKeyFile(inner, 'private', scratch)), file.kind);
  } finally {
    scratch.wipe();
  }
}

/** What an encrypted file holds inside; undefined for one that is not encrypted. */
async function decryptContent(
  file: KeyFile,
  content: Uint8Array,
  password: SecretBytes | undefined,
): Promise<Uint8Array | undefined> {
  switch (file.holds) {
    case 'encrypted-pkcs8':
      return await decryptPkcs8(file.der, required(password));
    case 'legacy-encrypted':
      return decryptLegacyPem(file.dekInfo, file.ciphertext, required(password));
    case 'pke1':
      return copyOut(await openPke1(content, required(password)));
    case 'maybe-pke1':
      return password === undefined ? undefined : await openHeaderless(content, password, file.otherwise);
    case 'pkcs8':
    case 'pkcs1':
    case 'spki':
    case 'pkcs1-public':
    case 'other-public':
    case 'other-algorithm':
    case 'container':
    case 'nothing':
      return undefined;
  }
}

/**
 * Only the password can tell an old PKE1 file from any other bytes, also from those that begin by chance as
 * another format does. Bytes of no known format, long enough, then mean a wrong password.
 */
async function openHeaderless(
  content: Uint8Array,
  password: SecretBytes,
  otherwise: Unreadable,
): Promise<Uint8Array | undefined> {
  try {
    return copyOut(await openPke1(content, password));
  } catch (error) {
    if (!(error instanceof RecoveryError)) throw error;
    const isPerhapsPke1 = error.code === 'password.wrong' && otherwise.kind === 'unknown-binary';
    if (isPerhapsPke1) throw error.within({ looksLike: otherwise.looksLike });
    return undefined;
  }
}

function required(password: SecretBytes | undefined): SecretBytes {
  if (password === undefined) throw new RecoveryError('password.required');
  return password;
}

function copyOut(secret: SecretBytes): Uint8Array {
  try {
    return secret.use((bytes) => Uint8Array.from(bytes));
  } finally {
    secret.wipe();
  }
}

/** The RSAPrivateKey inside a file, or why there is none. */
function readable(file: KeyFile): Uint8Array {
  switch (file.holds) {
    case 'pkcs1':
      return file.der;
    case 'pkcs8':
      return unwrapPkcs8(file.der);
    case 'spki':
    case 'pkcs1-public':
      throw new RecoveryError('rsa-key.public-given', { looksLike: 'public key' });
    case 'other-public':
      throw new RecoveryError('rsa-key.public-given', { looksLike: file.looksLike });
    case 'other-algorithm':
      throw new RecoveryError('rsa-key.other-algorithm', { algorithm: file.algorithm });
    case 'container':
      throw new RecoveryError('rsa-key.unsupported', { container: file.container });
    case 'maybe-pke1':
      return readable(file.otherwise);
    case 'nothing':
      throw new RecoveryError('rsa-key.not-understood', { looksLike: file.looksLike });
    case 'encrypted-pkcs8':
    case 'legacy-encrypted':
    case 'pke1':
      throw new RecoveryError('rsa-key.unsupported', { what: 'encrypted twice' });
  }
}

function toPrivateKey(pkcs1Der: Uint8Array, kind: KeyFileKind): RsaPrivateKey {
  const { modulus, exponent } = readPkcs1(pkcs1Der);
  const publicKey = rsaPublicKeyOf(modulus, exponent);
  const key: DecryptionKey = { publicKey, keyObject: toKeyObject(pkcs1Der) };
  const bits = publicKey.modulusBits;
  return {
    ...key,
    kind,
    warnings: bits < GOOD_MODULUS_BITS ? [{ code: 'rsa-key.small', bits }] : [],
  };
}

/** Strictly read and never encrypted by now, so that BoringSSL takes what OpenSSL takes. */
function toKeyObject(pkcs1Der: Uint8Array): KeyObject {
  // A view, not a copy: `Buffer.from(array)` would leave the key in a shared pool.
  const key = Buffer.from(pkcs1Der.buffer, pkcs1Der.byteOffset, pkcs1Der.byteLength);
  try {
    return createPrivateKey({ key, format: 'der', type: 'pkcs1' });
  } catch {
    throw new RecoveryError('rsa-key.malformed', { field: 'RSA key' });
  }
}
