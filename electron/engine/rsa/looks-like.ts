import { isUtf8 } from 'node:buffer';
import { isBase64Text, isBlank, isHexText } from './secret-text.ts';

/** What a file that holds no readable key seems to be: a few words, or the name of a container of keys. */
export interface Likeness {
  /** Words for "this looks like ...". */
  readonly looksLike: string;
  /** `unsupported`: it may hold the key, and nothing here opens it; `public`: it holds public keys only. */
  readonly holds: 'nothing' | 'unsupported' | 'public';
}

const WALLET_KEY_BYTES = 32;
const KIT_WORDS = [
  'recovery_data',
  'key_parts',
  'partialRecoveryDataHex',
  'recoveryPublicKeyHex',
  'RecoveryInfo',
];

/** First bytes of binary files, as latin-1. */
const MAGIC: readonly (readonly [string, Likeness])[] = [
  ['\xfe\xed\xfe\xed', unsupported('Java key store')],
  ['\xce\xce\xce\xce', unsupported('Java key store')],
  ['\x30\x80', unsupported('PKCS#12')],
  ['\x99\x01', unsupported('OpenPGP')],
  ['\x95\x03', unsupported('OpenPGP')],
  ['SQLite format 3\0', nothing('a database')],
  ['PK\x03\x04', nothing('a ZIP archive')],
  ['\x1f\x8b\x08', nothing('a gzip archive')],
  ['7z\xbc\xaf\x27\x1c', nothing('a 7-Zip archive')],
  ['%PDF-', nothing('a PDF')],
  ['\x89PNG', nothing('a picture')],
  ['\xff\xd8\xff', nothing('a picture')],
  ['GIF8', nothing('a picture')],
  ['\x7fELF', nothing('a program')],
  ['MZ\x90', nothing('a program')],
];

/** First characters of text files. */
const OPENINGS: readonly (readonly [string, Likeness])[] = [
  ['PuTTY-User-Key-File', nothing('PuTTY key')],
  ['ssh-', { looksLike: 'OpenSSH public key', holds: 'public' }],
  ['ecdsa-sha2-', { looksLike: 'OpenSSH public key', holds: 'public' }],
  ['---- BEGIN SSH2 PUBLIC', { looksLike: 'SSH2 public key', holds: 'public' }],
  ['---- BEGIN SSH2', unsupported('SSH2')],
  ['age-encryption.org/', nothing('an age-encrypted file')],
  ['AGE-SECRET-KEY-', nothing('an age key')],
  ['<', nothing('XML or a web page')],
];

/** Says whether a file is text: valid UTF-8 without control characters. Random bytes of a key's size never are. */
export function isText(content: Uint8Array): boolean {
  return isUtf8(content) && !content.some((byte) => (byte < 0x20 && !isBlank(byte)) || byte === 0x7f);
}

/** Guesses what a binary file is; undefined where it could be anything, so also a PKE1 file without header. */
export function binaryLikeness(content: Uint8Array): Likeness | undefined {
  if (content.length === WALLET_KEY_BYTES) return nothing('a recovered wallet key');
  const head = latin1(content.subarray(0, 32));
  return MAGIC.find(([magic]) => head.startsWith(magic))?.[1];
}

/** Guesses what a text file is. Nothing of the text is in the answer. */
export function textLikeness(content: Uint8Array): Likeness {
  const start = content.findIndex((byte) => !isBlank(byte));
  if (start < 0) return nothing('empty');
  const text = content.subarray(start);
  const opening = OPENINGS.find(([words]) => latin1(text.subarray(0, words.length)) === words);
  if (opening !== undefined) return opening[1];
  if (text[0] === 0x7b || text[0] === 0x5b) return nothing(jsonLikeness(text));
  const characters = text.reduce((count, byte) => (isBlank(byte) ? count : count + 1), 0);
  if (isHexText(text)) {
    return nothing(
      characters === WALLET_KEY_BYTES * 2 ? 'a recovered wallet key' : 'hex text of something else',
    );
  }
  if (isBase64Text(text) && characters >= 32) {
    // base64 of `{"`: the form in which a kit is downloaded.
    return nothing(
      latin1(text.subarray(0, 3)) === 'eyJ' ? 'a recovery kit' : 'base64 text of something else',
    );
  }
  return nothing('text');
}

function jsonLikeness(text: Uint8Array): string {
  const view = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  if (KIT_WORDS.some((word) => view.includes(word))) return 'a recovery kit';
  return view.includes('"kty"') ? 'a JSON Web Key' : 'JSON';
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function nothing(looksLike: string): Likeness {
  return { looksLike, holds: 'nothing' };
}

function unsupported(looksLike: string): Likeness {
  return { looksLike, holds: 'unsupported' };
}
