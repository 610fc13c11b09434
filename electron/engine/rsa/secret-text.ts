import { RecoveryError } from '../../../shared/recovery-error.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';

const HEX_DIGITS = new TextEncoder().encode('0123456789abcdef');
const NOT_A_DIGIT = 0xff;
const PAD = 0x3d;

const HEX_VALUES = digitValues('0123456789abcdef');
HEX_VALUES.set(HEX_VALUES.subarray(0x61, 0x67), 0x41);
const BASE64_VALUES = digitValues('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');

/** Says whether a byte is a blank or a line break. */
export function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

/** Says whether a text holds hex digits, in either case, and blanks only. */
export function isHexText(text: Uint8Array): boolean {
  return text.every((byte) => HEX_VALUES[byte] !== NOT_A_DIGIT || isBlank(byte));
}

/** Says whether a text holds characters of standard base64 and blanks only. Source: RFC 4648 4. */
export function isBase64Text(text: Uint8Array): boolean {
  return text.every((byte) => BASE64_VALUES[byte] !== NOT_A_DIGIT || byte === PAD || isBlank(byte));
}

/**
 * Reads hex text straight into bytes, so that no string of a secret is made. Blanks are skipped.
 * Fails with `rsa-key.malformed`, and `rsa-key.truncated` for half a byte at the end.
 * @param text ASCII; the result is the caller's to wipe
 */
export function decodeSecretHex(text: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(text.length >> 1);
  let digits = 0;
  text.forEach((byte, offset) => {
    if (isBlank(byte)) return;
    const value = HEX_VALUES[byte] ?? NOT_A_DIGIT;
    if (value === NOT_A_DIGIT) throw badCharacter(bytes, 'hex', offset);
    const index = digits >> 1;
    bytes[index] = ((bytes[index] ?? 0) << 4) | value;
    digits += 1;
  });
  if (digits % 2 === 1) {
    bytes.fill(0);
    throw new RecoveryError('rsa-key.truncated', { encoding: 'hex' });
  }
  return bytes.subarray(0, digits >> 1);
}

/**
 * Reads standard base64 (RFC 4648 4) straight into bytes. Blanks are skipped, missing padding is let pass:
 * what is inside knows its own length. Fails with `rsa-key.malformed`, and `rsa-key.truncated` for a lone
 * character at the end.
 * @param text ASCII; the result is the caller's to wipe
 */
export function decodeSecretBase64(text: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(text.length / 4) * 3);
  let length = 0;
  let digits = 0;
  let pads = 0;
  let pending = 0;
  text.forEach((byte, offset) => {
    if (isBlank(byte)) return;
    if (byte === PAD) {
      pads += 1;
      return;
    }
    const value = BASE64_VALUES[byte] ?? NOT_A_DIGIT;
    if (value === NOT_A_DIGIT || pads > 0) throw badCharacter(bytes, 'base64', offset);
    pending = ((pending << 6) | value) & 0xfff;
    digits += 1;
    const spareBits = (digits * 6) % 8;
    if (spareBits < 6) bytes[length++] = pending >> spareBits;
  });
  if (pads > 2 || digits % 4 === 1) {
    bytes.fill(0);
    throw new RecoveryError('rsa-key.truncated', { encoding: 'base64' });
  }
  return bytes.subarray(0, length);
}

/** Writes secret bytes as lower-case hex text in ASCII, itself a secret. */
export function encodeSecretHex(secret: SecretBytes): SecretBytes {
  return secret.use((bytes) => {
    const text = new Uint8Array(bytes.length * 2);
    bytes.forEach((byte, index) => {
      text[index * 2] = HEX_DIGITS[byte >> 4] ?? 0;
      text[index * 2 + 1] = HEX_DIGITS[byte & 15] ?? 0;
    });
    return SecretBytes.consume(text);
  });
}

function badCharacter(written: Uint8Array, encoding: string, offset: number): RecoveryError {
  written.fill(0);
  return new RecoveryError('rsa-key.malformed', { encoding, offset });
}

function digitValues(alphabet: string): Uint8Array {
  const values = new Uint8Array(256).fill(NOT_A_DIGIT);
  for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;
  return values;
}
