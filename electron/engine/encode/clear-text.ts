import { RecoveryError } from '../../../shared/recovery-error.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import {
  decodeSecretBase64,
  decodeSecretHex,
  encodeSecretHex,
  isBase64Text,
  isHexText,
} from '../rsa/secret-text.ts';

const LINE_FEED = 0x0a;
const HASH = 0x23;

/** Writes bytes as lower-case hex and a line break, itself a secret. */
export function encodeHexLine(key: SecretBytes): SecretBytes {
  const hex = encodeSecretHex(key);
  try {
    return withLineFeed(hex);
  } finally {
    hex.wipe();
  }
}

/** Writes bytes as standard base64 (RFC 4648 4) and a line break. The runtime makes a string of it on the way. */
export function encodeBase64Line(key: SecretBytes): SecretBytes {
  return textLine(key.use((bytes) => Buffer.from(bytes).toString('base64')));
}

/** A text that was made of a secret as a line of a file; the string itself can't be wiped. */
export function textLine(text: string): SecretBytes {
  return SecretBytes.consume(new TextEncoder().encode(`${text}\n`));
}

/** Puts lines of comment before a secret text: what it is, for whoever finds the file. */
export function withComments(comments: readonly string[], text: SecretBytes): SecretBytes {
  const head = new TextEncoder().encode(comments.map((line) => `# ${line}\n`).join(''));
  return text.use((bytes) => SecretBytes.consume(Uint8Array.from([...head, ...bytes])));
}

/** Whether a file is hex or base64 text, with lines of comment before it or without. */
export function isClearText(content: Uint8Array): boolean {
  const text = withoutComments(content);
  return isHexText(text) || isBase64Text(text);
}

/** Whether a file begins with a text of ASCII, which becomes no string. */
export function startsWithText(content: Uint8Array, text: string): boolean {
  return Array.from(text).every((character, i) => content[i] === character.charCodeAt(0));
}

/**
 * Reads bytes written as hex or base64, with lines of comment before them.
 * Fails with `wallet-key.not-understood`.
 * @param content of the file; the caller wipes it
 */
export function decodeClearText(content: Uint8Array): SecretBytes {
  const text = withoutComments(content);
  try {
    if (isHexText(text)) return SecretBytes.consume(decodeSecretHex(text));
    if (isBase64Text(text)) return SecretBytes.consume(decodeSecretBase64(text));
  } catch (error) {
    // What these say is of RSA key files.
    if (!(error instanceof RecoveryError)) throw error;
  }
  throw new RecoveryError('wallet-key.not-understood');
}

function withoutComments(content: Uint8Array): Uint8Array {
  let start = 0;
  while (content[start] === HASH) {
    const end = content.indexOf(LINE_FEED, start);
    start = end < 0 ? content.length : end + 1;
  }
  return content.subarray(start);
}

function withLineFeed(text: SecretBytes): SecretBytes {
  return text.use((bytes) => SecretBytes.consume(Uint8Array.from([...bytes, LINE_FEED])));
}
