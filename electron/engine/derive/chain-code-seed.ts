import { createHmac } from 'node:crypto';

import { SecretBytes } from '../bytes/secret-bytes.ts';

/**
 * The chain code of an old backup that stored the seed of one in its place; nothing in the file tells which it did.
 * Source: docs/ers.md, "Version 1"; BIP-32, "Master key generation".
 * @param stored what the backup holds as its chain code; stays the caller's
 * @returns 32 bytes
 */
export function chainCodeFromSeed(stored: SecretBytes): SecretBytes {
  const digest = stored.use((seed) => createHmac('sha512', 'Bitcoin seed').update(seed).digest());
  try {
    return new SecretBytes(digest.subarray(0, 32));
  } finally {
    digest.fill(0);
  }
}
