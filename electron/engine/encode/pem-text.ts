import { RecoveryError } from '../../../shared/recovery-error.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { findPemBlocks } from '../rsa/pem.ts';
import { decodeSecretBase64 } from '../rsa/secret-text.ts';

const LINE = 64;

/**
 * Writes one block of PEM. Source: RFC 7468 3.
 * @param label such as `EC PRIVATE KEY`
 * @param der its content, which stays the caller's
 */
export function encodePem(label: string, der: Uint8Array): SecretBytes {
  const base64 = Buffer.from(der).toString('base64');
  const lines = base64.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  const text = [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
  return SecretBytes.consume(new TextEncoder().encode(text));
}

/**
 * Reads the one block of a PEM file. Fails with `wallet-key.not-understood`.
 * @returns DER, the caller's to wipe
 */
export function decodePem(label: string, text: Uint8Array): Uint8Array {
  const [block, another] = findPemBlocks(text);
  if (block?.label !== label || !block.complete || another !== undefined) {
    throw new RecoveryError('wallet-key.not-understood');
  }
  try {
    return decodeSecretBase64(block.body);
  } catch (error) {
    // What it says is of RSA key files.
    throw error instanceof RecoveryError ? new RecoveryError('wallet-key.not-understood') : error;
  }
}

/** Whether a text has a block of this label. */
export function isPemOf(label: string, text: Uint8Array): boolean {
  return findPemBlocks(text).some((block) => block.label === label);
}
