import { createHash } from 'node:crypto';

import type { FileDigest } from '../../shared/session-state.ts';

/** What tells a file's content from another's: its size in bytes and its SHA-256, lower-case hex. */
export function digestOf(content: Uint8Array): FileDigest {
  return { sizeBytes: content.length, sha256Hex: createHash('sha256').update(content).digest('hex') };
}
