import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { base64nopad } from '@scure/base';
import { Stanza, type Identity, type Recipient } from 'age-encryption';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import type { RandomBytes } from '../bytes/random.ts';
import type { SecretBytes } from '../bytes/secret-bytes.ts';
import { deriveKey } from '../rsa/derive-key.ts';

const TYPE = 'scrypt';
const LABEL = new TextEncoder().encode('age-encryption.org/v1/scrypt');
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** A file key of 16 bytes and its tag. */
const BODY_BYTES = 16 + 16;
/** Each key is used once. */
const ZERO_NONCE = new Uint8Array(12);

/** The cost that `age -p` writes with: scrypt of 2^18. Source: age-encryption.org/v1, "The scrypt recipient type". */
const WORK_FACTOR = 18;

/**
 * Wraps a file key under a passphrase. The library's own way derives on the main thread, where a window would stand
 * still for seconds, and takes the passphrase as a string, which can't be wiped.
 * Source: age-encryption.org/v1, "The scrypt recipient type".
 * @param passphrase UTF-8, as typed
 * @param randomBytes gives the salt
 */
export function passphraseRecipient(passphrase: SecretBytes, randomBytes: RandomBytes): Recipient {
  return {
    wrapFileKey: async (fileKey) => {
      const salt = randomBytes(SALT_BYTES);
      const body = await withKey(passphrase, salt, WORK_FACTOR, (key) =>
        chacha20poly1305(key, ZERO_NONCE).encrypt(fileKey),
      );
      return [new Stanza([TYPE, base64nopad.encode(salt), String(WORK_FACTOR)], body)];
    },
  };
}

/**
 * Unwraps a file key by a passphrase; null for a file that has none.
 * Fails with `password.wrong`, and with `wallet-key.not-understood` for a stanza that age does not write, or one that
 * asks for more work than a file may.
 * @param passphrase UTF-8, as typed
 */
export function passphraseIdentity(passphrase: SecretBytes): Identity {
  return {
    unwrapFileKey: async (stanzas) => {
      const stanza = stanzas.find(({ args }) => args[0] === TYPE);
      if (stanza === undefined) return null;
      const [, saltText = '', factorText = '', more] = stanza.args;
      const salt = saltOf(saltText);
      const fits = stanzas.length === 1 && more === undefined && stanza.body.length === BODY_BYTES;
      if (!fits || salt === undefined || !/^[1-9][0-9]?$/.test(factorText)) throw notUnderstood();
      return withKey(passphrase, salt, Number(factorText), (key) => opened(key, stanza.body));
    },
  };
}

function opened(key: Uint8Array, body: Uint8Array): Uint8Array {
  try {
    return chacha20poly1305(key, ZERO_NONCE).decrypt(body);
  } catch {
    throw new RecoveryError('password.wrong', { container: 'age' });
  }
}

async function withKey(
  passphrase: SecretBytes,
  salt: Uint8Array,
  workFactor: number,
  work: (key: Uint8Array) => Uint8Array,
): Promise<Uint8Array> {
  const key = await derived(passphrase, Uint8Array.from([...LABEL, ...salt]), 2 ** workFactor);
  try {
    return work(key);
  } finally {
    key.fill(0);
  }
}

/** What derivation says of its parameters is of RSA key files. */
async function derived(passphrase: SecretBytes, salt: Uint8Array, cost: number): Promise<Uint8Array> {
  try {
    return await deriveKey(
      { kind: 'scrypt', salt, cost, blockSize: 8, parallelization: 1 },
      passphrase,
      KEY_BYTES,
    );
  } catch (error) {
    throw error instanceof RecoveryError ? notUnderstood() : error;
  }
}

function saltOf(text: string): Uint8Array | undefined {
  try {
    const salt = base64nopad.decode(text);
    return salt.length === SALT_BYTES ? salt : undefined;
  } catch {
    return undefined;
  }
}

function notUnderstood(): RecoveryError {
  return new RecoveryError('wallet-key.not-understood');
}
