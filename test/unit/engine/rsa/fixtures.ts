import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { RecoveryError, type Fault } from '../../../../shared/recovery-error.ts';
import { derValue } from '../../../../electron/engine/bytes/der-writer.ts';
import { SecretBytes } from '../../../../electron/engine/bytes/secret-bytes.ts';
import { softwareDecryptor } from '../../../../electron/engine/rsa/decrypt.ts';
import { prepareOaep } from '../../../../electron/engine/rsa/oaep.ts';
import type { RsaPrivateKey } from '../../../../electron/engine/rsa/private-key.ts';
import type { RsaPublicKey } from '../../../../electron/engine/rsa/public-key.ts';

/** A key pair of the runtime's own making, in the forms that files hold. */
export interface KeyPairFixture {
  readonly privateKey: KeyObject;
  readonly pkcs8: Uint8Array;
  readonly pkcs1: Uint8Array;
  readonly spki: Uint8Array;
  readonly pkcs1Public: Uint8Array;
}

/** Makes an RSA key pair; 2048 bits take some 50 ms. */
export function makeKeyPair(modulusLength = 2048): KeyPairFixture {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength });
  return {
    privateKey,
    pkcs8: privateKey.export({ type: 'pkcs8', format: 'der' }),
    pkcs1: privateKey.export({ type: 'pkcs1', format: 'der' }),
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    pkcs1Public: publicKey.export({ type: 'pkcs1', format: 'der' }),
  };
}

/** UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** UTF-8 bytes of a text as a secret. */
export function secret(text: string): SecretBytes {
  return new SecretBytes(utf8(text));
}

/** A copy of what a secret holds. */
export function reveal(bytes: SecretBytes): Uint8Array {
  return bytes.use((lent) => Uint8Array.from(lent));
}

/** Hex text of bytes. */
export function hexText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** Base64 text of bytes, in lines when a width is given. */
export function base64Text(bytes: Uint8Array, width?: number, newline = '\n'): string {
  const text = Buffer.from(bytes).toString('base64');
  if (width === undefined) return text;
  return (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(newline);
}

/** A PEM block. */
export function pem(label: string, der: Uint8Array, newline = '\n'): string {
  const body = base64Text(der, 64, newline);
  return `-----BEGIN ${label}-----${newline}${body}${newline}-----END ${label}-----${newline}`;
}

/** The fault that `work` ends with; anything else it does is a failure of the test. */
export async function faultOf(work: () => unknown): Promise<Fault> {
  try {
    await work();
  } catch (error) {
    if (error instanceof RecoveryError) return error.toFault();
    throw error;
  }
  throw new Error('no fault');
}

/** One RSA-OAEP ciphertext with a given seed. */
export function encryptWithSeed(
  key: RsaPublicKey,
  message: Uint8Array,
  seed: Uint8Array,
  label: Uint8Array,
): Uint8Array {
  return prepareOaep(key, label).encrypt(message, seed);
}

/** What one RSA-OAEP ciphertext holds. */
export function decryptWith(
  key: RsaPrivateKey,
  ciphertext: Uint8Array,
  label: Uint8Array,
): Promise<SecretBytes> {
  return softwareDecryptor(key, label)(ciphertext);
}

/** A constructed context tag `[number]` around values that are DER already. Source: X.690 8.14. */
export function derContext(number: number, ...values: readonly Uint8Array[]): Uint8Array {
  return derValue(0xa0 | number, ...values);
}
