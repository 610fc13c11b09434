import { RecoveryError } from '../../../shared/recovery-error.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { openPke1 } from '../rsa/pke1.ts';
import { decodeClearText } from './clear-text.ts';

/** Bytes of a recovered secp256k1 or Ed25519 key. */
export const WALLET_KEY_BYTES = 32;

/** Salt, nonce, key and tag: an old PKE1 file of a wallet key, without the four bytes before them. */
const HEADERLESS_PKE1_BYTES = 16 + 12 + WALLET_KEY_BYTES + 16;
const PKE1_BYTES = 4 + HEADERLESS_PKE1_BYTES;

/** Says whether a file of a wallet key is encrypted, which its length tells. Source: docs/key-files.md, "PKE1". */
export function walletKeyNeedsPassword(content: Uint8Array): boolean {
  return content.length === PKE1_BYTES || content.length === HEADERLESS_PKE1_BYTES;
}

/**
 * Reads the file of a recovered wallet key: PKE1, 32 bare bytes, hex or base64, with lines of comment or without.
 * Fails with `wallet-key.not-understood`, and with what `openPke1` fails with.
 * @param content the file; the caller wipes it
 * @param password of a PKE1 file
 */
export async function readWalletKey(
  content: Uint8Array,
  password: SecretBytes | undefined,
): Promise<SecretBytes> {
  const key = await decode(content, password);
  if (key.length === WALLET_KEY_BYTES) return key;
  key.wipe();
  throw new RecoveryError('wallet-key.not-understood');
}

async function decode(content: Uint8Array, password: SecretBytes | undefined): Promise<SecretBytes> {
  if (walletKeyNeedsPassword(content)) {
    if (password === undefined) throw new RecoveryError('password.required');
    return openPke1(content, password);
  }
  if (content.length === WALLET_KEY_BYTES) return new SecretBytes(content);
  return decodeClearText(content);
}
