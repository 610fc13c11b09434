import { constants, type KeyObject, privateDecrypt } from 'node:crypto';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { oaepBlockLooksRight } from './oaep-decode.ts';
import type { RsaPublicKey } from './public-key.ts';

/**
 * Decrypts one RSA-OAEP ciphertext, in software or in a token; any fault of key, label or ciphertext is
 * `decryption.failed`.
 */
export type Decryptor = (ciphertext: Uint8Array) => Promise<SecretBytes>;

/** The part of a private key that decrypts. */
export interface DecryptionKey {
  readonly publicKey: RsaPublicKey;
  readonly keyObject: KeyObject;
}

/**
 * Makes a decryptor of a private key in memory: RSAES-OAEP, SHA-256, MGF1-SHA-256. Source: RFC 8017 7.1.2.
 * It fails with `decryption.failed`.
 * @param key the private key
 * @param label any bytes, also none
 */
export function softwareDecryptor(key: DecryptionKey, label: Uint8Array): Decryptor {
  // BoringSSL and OpenSSL differ on a label that is given and empty; a label that is not given is empty in both.
  const oaepLabel = label.length === 0 ? {} : { oaepLabel: Buffer.from(label) };
  const options = {
    key: key.keyObject,
    padding: constants.RSA_PKCS1_OAEP_PADDING,
    oaepHash: 'sha256',
    ...oaepLabel,
  };
  return (ciphertext) =>
    new Promise((resolve, reject) => {
      const plaintext = decryptNatively(key, options, ciphertext);
      if (plaintext === undefined) reject(new RecoveryError('decryption.failed'));
      else resolve(SecretBytes.consume(plaintext));
    });
}

/**
 * Tells a wrong label from a wrong key after a decryption failed: computes the raw block and looks at its shape.
 * A damaged ciphertext counts as a wrong key.
 * @param key the private key
 * @param ciphertext the one that failed
 */
export function labelMismatchProbe(key: DecryptionKey, ciphertext: Uint8Array): 'label' | 'key' {
  const options = { key: key.keyObject, padding: constants.RSA_NO_PADDING };
  const block = decryptNatively(key, options, ciphertext);
  if (block === undefined) return 'key';
  try {
    return oaepBlockLooksRight(block) ? 'label' : 'key';
  } finally {
    block.fill(0);
  }
}

function decryptNatively(
  key: DecryptionKey,
  options: Parameters<typeof privateDecrypt>[0],
  ciphertext: Uint8Array,
): Uint8Array | undefined {
  if (ciphertext.length !== key.publicKey.modulusBytes) return undefined;
  try {
    return privateDecrypt(options, ciphertext);
  } catch {
    // The runtime's reason differs by runtime, and says more than an answer should.
    return undefined;
  }
}
