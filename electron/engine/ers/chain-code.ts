import { createDecipheriv } from 'node:crypto';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import { Fields } from '../bytes/fields.ts';
import { isJsonObject, parseJson } from '../bytes/json.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import type { Decryptor } from '../rsa/decrypt.ts';
import type { Backup } from './backup.ts';

const TAG_BYTES = 16;
const KEY_BYTES = 32;
const ZERO_NONCE = new Uint8Array(12);

/**
 * Unwraps the AES key and opens the master chain code: JSON from version 2 on, the bare bytes in version 1.
 * Undefined when the backup holds none, or what it holds can't be read: the key is worth having without it.
 * Source: docs/ers.md, "Version 3" and "Version 1".
 * Fails with what `decrypt` fails with beside `decryption.failed`.
 * @param backup of any version
 * @param decrypt undoes the RSA-OAEP of the ERS key, with the label
 */
export async function openChainCode(backup: Backup, decrypt: Decryptor): Promise<SecretBytes | undefined> {
  const [wrappedKey, encrypted] =
    backup.kind === 'unproven'
      ? [backup.chainCodeWrappedKey, backup.chainCodeEncrypted]
      : [backup.parts[0]?.auxWrappedKey, backup.parts[0]?.auxPrivateEncrypted];
  if (wrappedKey === undefined || wrappedKey.length === 0 || encrypted === undefined) return undefined;
  const key = await decryptKey(wrappedKey, decrypt);
  if (key === undefined) return undefined;
  try {
    const opened = key.use((bytes: Uint8Array) => openAesGcm(bytes, encrypted));
    return backup.kind === 'unproven' ? SecretBytes.consume(opened) : readAuxJson(opened);
  } catch (error) {
    if (error instanceof RecoveryError) return undefined;
    throw error;
  } finally {
    key.wipe();
  }
}

/** A token that fails says nothing of the chain code, so its faults go on. */
async function decryptKey(wrappedKey: Uint8Array, decrypt: Decryptor): Promise<SecretBytes | undefined> {
  try {
    return await decrypt(wrappedKey);
  } catch (error) {
    if (error instanceof RecoveryError && error.code === 'decryption.failed') return undefined;
    throw error;
  }
}

function openAesGcm(key: Uint8Array, sealed: Uint8Array): Uint8Array {
  if (key.length !== KEY_BYTES || sealed.length < TAG_BYTES) throw new RecoveryError('chain-code.unreadable');
  const decipher = createDecipheriv('aes-256-gcm', key, ZERO_NONCE, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const opened = decipher.update(sealed.subarray(0, -TAG_BYTES));
  try {
    decipher.final();
  } catch {
    opened.fill(0);
    throw new RecoveryError('chain-code.unreadable');
  }
  return opened;
}

function readAuxJson(json: Uint8Array): SecretBytes {
  try {
    const value = parseJson(new TextDecoder().decode(json));
    if (!isJsonObject(value)) throw new RecoveryError('chain-code.unreadable');
    return SecretBytes.consume(new Fields(value, 'chain-code.unreadable').bytes('master_chain_code'));
  } finally {
    json.fill(0);
  }
}
