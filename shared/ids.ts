import type { Brand } from './brand.ts';
import { RecoveryError } from './recovery-error.ts';

/** The id of one wallet key, a lower-case hyphenated UUID; the name of the wallet's folder in the bucket. */
export type KeyId = Brand<string, 'KeyId'>;

/** The id of the quorum that holds the key, a lower-case hyphenated UUID; stands in none of the files. */
export type QuorumId = Brand<string, 'QuorumId'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Says whether a text is a UUID in hyphenated form, in either case. Source: RFC 9562 4. */
export function isUuid(text: string): boolean {
  return UUID.test(text.toLowerCase());
}

/**
 * Reads a key id and folds it to lower case, as the label needs it.
 * Fails with `id.malformed`.
 */
export function parseKeyId(text: string): KeyId {
  return parseUuid(text, 'key id') as KeyId;
}

/**
 * Reads a quorum id and folds it to lower case, as the label needs it.
 * Fails with `id.malformed`.
 */
export function parseQuorumId(text: string): QuorumId {
  return parseUuid(text, 'quorum id') as QuorumId;
}

function parseUuid(text: string, what: string): string {
  const folded = text.trim().toLowerCase();
  if (!UUID.test(folded)) throw new RecoveryError('id.malformed', { what });
  return folded;
}
