import { RecoveryError } from '../../../shared/recovery-error.ts';

/**
 * Reads standard padded base64 in its one canonical form (RFC 4648 4 and 3.5); undefined when a text is anything else.
 * The runtime's decoder passes over what it does not know, so what it made is encoded again and compared, which is
 * faster than looking at every character.
 * @param text no blanks, no line breaks
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Buffer.from(text, 'base64'));
  return toBase64(bytes) === text ? bytes : undefined;
}

/** Says whether a text is standard padded base64 in its canonical form. Source: RFC 4648 4. */
export function isBase64(text: string): boolean {
  return decodeBase64(text) !== undefined;
}

/**
 * Reads standard padded base64 (RFC 4648 4). Fails with `text.malformed`, naming `what`.
 * @param text no blanks, no line breaks
 * @param what the field's name for the error
 */
export function parseBase64(text: string, what: string): Uint8Array {
  const bytes = decodeBase64(text);
  if (bytes === undefined) throw new RecoveryError('text.malformed', { what, encoding: 'base64' });
  return bytes;
}

/** Writes bytes as standard padded base64 (RFC 4648 4). */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
