import { RecoveryError } from '../../../shared/recovery-error.ts';

const HEX = /^(?:[0-9a-fA-F]{2})*$/;

/** Says whether a text is hex, in either case, of whole bytes. */
export function isHex(text: string): boolean {
  return HEX.test(text);
}

/**
 * Reads hex text, in either case. Fails with `text.malformed`, naming `what`.
 * @param text two digits a byte, no blanks, no prefix
 * @param what the field's name for the error
 */
export function parseHex(text: string, what: string): Uint8Array {
  if (!isHex(text)) throw new RecoveryError('text.malformed', { what, encoding: 'hex' });
  return new Uint8Array(Buffer.from(text, 'hex'));
}

/** Writes bytes as lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
