import { createHash } from 'node:crypto';

import type { KeyId, QuorumId } from '../../../shared/ids.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { isBase64, parseBase64 } from '../bytes/base64.ts';
import { isHex, parseHex } from '../bytes/hex.ts';

/**
 * The OAEP label of a Palisade wallet: SHA-256 of `<quorum id>-<key id>`. Source: docs/kits.md, "Label".
 * @returns 32 bytes
 */
export function palisadeLabel(quorumId: QuorumId, keyId: KeyId): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`${quorumId}-${keyId}`, 'ascii').digest());
}

/** How a label that an operator chose is written down. */
export type LabelEncoding = 'text' | 'hex' | 'base64';

/**
 * Reads a label as an operator chose it; an empty one is a label. Source: docs/kits.md, "Raw ERS files".
 * Fails with `label.malformed`.
 */
export function parseLabel(encoding: LabelEncoding, text: string): Uint8Array {
  switch (encoding) {
    case 'text':
      return new TextEncoder().encode(text);
    case 'hex':
      if (!isHex(text)) throw new RecoveryError('label.malformed', { encoding });
      return parseHex(text, 'label');
    case 'base64':
      if (!isBase64(text)) throw new RecoveryError('label.malformed', { encoding });
      return parseBase64(text, 'label');
  }
}
