import { beginsLikeKeyDer } from './der-shape.ts';
import { binaryLikeness, isText, type Likeness, textLikeness } from './looks-like.ts';
import { findPemBlocks, looksLikePem, type PemBlock } from './pem.ts';
import { looksLikePke1 } from './pke1.ts';
import type { Scratch } from './scratch.ts';
import { decodeSecretBase64, decodeSecretHex, isBase64Text, isBlank, isHexText } from './secret-text.ts';

const PREFIX_CHARACTERS = 12;
const PAD = 0x3d;

/** How the bytes of a key are written down: as they are, as hex or base64 text, or as PEM. */
export type KeyForm = 'der' | 'hex' | 'base64' | 'pem';

/** A file with its writing taken off, judged by content alone. */
export type KeyEnvelope =
  | { readonly form: Exclude<KeyForm, 'pem'>; readonly der: Uint8Array }
  | { readonly form: 'pem'; readonly blocks: readonly PemBlock[] }
  | { readonly form: 'pke1' }
  | { readonly form: 'binary'; readonly likeness: Likeness | undefined }
  | { readonly form: 'text'; readonly likeness: Likeness };

/**
 * Takes the writing off a key file: byte order mark, UTF-16, blanks, hex, base64, PEM lines.
 * Fails with `rsa-key.truncated` and `rsa-key.malformed` where text begins as a key does and goes on otherwise.
 * @param content the file, or text as UTF-8
 * @param scratch takes the copies that are made
 */
export function openEnvelope(content: Uint8Array, scratch: Scratch): KeyEnvelope {
  if (looksLikePke1(content)) return { form: 'pke1' };
  if (beginsLikeKeyDer(content) && !isText(content)) return { form: 'der', der: content };
  const text = plainText(content, scratch);
  const isJson = startsWithBrace(text);
  if (!isJson && looksLikePem(text)) return { form: 'pem', blocks: findPemBlocks(text) };
  if (!isText(text)) return { form: 'binary', likeness: binaryLikeness(content) };
  const prefix = scratch.keep(firstCharacters(text));
  if (isHexText(prefix) && beginsLikeKeyDer(scratch.keep(decodeSecretHex(prefix)))) {
    return { form: 'hex', der: scratch.keep(decodeSecretHex(text)) };
  }
  if (isBase64Text(prefix) && beginsLikeKeyDer(scratch.keep(decodeSecretBase64(prefix)))) {
    return { form: 'base64', der: scratch.keep(decodeSecretBase64(text)) };
  }
  return { form: 'text', likeness: textLikeness(text) };
}

/** Takes a byte order mark off, and folds UTF-16, as Windows' shells write redirected output, to ASCII. */
function plainText(content: Uint8Array, scratch: Scratch): Uint8Array {
  const [first, second, third] = content;
  if (first === 0xef && second === 0xbb && third === 0xbf) return content.subarray(3);
  const littleEndian = first === 0xff && second === 0xfe;
  if (!littleEndian && !(first === 0xfe && second === 0xff)) return content;
  const folded = scratch.keep(new Uint8Array((content.length - 2) >> 1));
  for (let i = 0; i < folded.length; i++) {
    const low = content[2 + 2 * i + (littleEndian ? 0 : 1)] ?? 0;
    const high = content[2 + 2 * i + (littleEndian ? 1 : 0)];
    // Any other character than ASCII is none of a key's, so the file is no text of ours.
    if (high !== 0) return content;
    folded[i] = low;
  }
  return folded;
}

function startsWithBrace(text: Uint8Array): boolean {
  const first = text.find((byte) => !isBlank(byte));
  return first === 0x7b || first === 0x5b;
}

/** The first characters that are not blank, an even number of them; fewer than wanted are none of a key. */
function firstCharacters(text: Uint8Array): Uint8Array {
  const prefix = new Uint8Array(PREFIX_CHARACTERS);
  let length = 0;
  for (const byte of text) {
    if (length === PREFIX_CHARACTERS) return prefix;
    if (byte === PAD) break;
    if (!isBlank(byte)) prefix[length++] = byte;
  }
  return new Uint8Array(0);
}
