import { type ErrorDetails, RecoveryError } from '../../../shared/recovery-error.ts';
import { equalBytes } from '../bytes/compare.ts';
import { algorithmName, RSA_OID } from './algorithms.ts';
import { derShape } from './der-shape.ts';
import { identifyKeyFile, type KeyFile } from './key-file.ts';
import { parseRsaPublicKey, type RsaPublicKey } from './public-key.ts';
import { PRODUCT_NEEDS, type PublicKeyForm, type PublicKeyProduct } from './public-key-forms.ts';
import { Scratch } from './scratch.ts';
import { decodeSecretBase64, decodeSecretHex, isBase64Text, isBlank, isHexText } from './secret-text.ts';

const EXPONENT = 65_537n;
const SEQUENCE = 0x30;
const PEM = new TextEncoder().encode('-----BEGIN');
const HEX_OF_SEQUENCE = new TextEncoder().encode('308');
const FORM_WORDS: Readonly<Record<PublicKeyForm, string>> = {
  der: 'binary DER',
  hex: 'hex text',
  base64: 'base64 text on one line',
};

/** Something that the platform may stumble over, though the key is the right one. */
export type PublicKeyNote = 'blanks' | 'below-recommended' | 'larger-than-usual';

/** A public key file that its platform takes. */
export interface CheckedPublicKey {
  readonly publicKey: RsaPublicKey;
  readonly form: PublicKeyForm;
  /** Size of the file: bytes of DER, or characters of text. */
  readonly size: number;
  readonly notes: readonly PublicKeyNote[];
}

/**
 * Looks at a recovery public key file as the platform that it is meant for would, and says what is wrong with it
 * before it is uploaded. Source: docs/ceremony.md, "Public key files".
 * Fails with `public-key-file.refused` and a `reason`, and `file.too-large`.
 * @param content the file; it may turn out to be a private key, so the caller wipes it
 * @param product who it is meant for
 */
export function checkPublicKeyFile(content: Uint8Array, product: PublicKeyProduct): CheckedPublicKey {
  const scratch = new Scratch();
  try {
    const { form, der } = unwrapText(content, scratch);
    const publicKey = readSpki(der);
    const { forms, minimumBits, recommendedBits } = PRODUCT_NEEDS[product];
    const bits = publicKey.modulusBits;
    if (bits < minimumBits) throw refused('small', { bits, minimum: minimumBits });
    if (publicKey.exponent !== EXPONENT) throw refused('exponent');
    if (!forms.includes(form)) {
      const wanted = forms.map((each) => FORM_WORDS[each]).join(' or ');
      throw refused('form', { form: FORM_WORDS[form], wanted });
    }
    const notes: PublicKeyNote[] = [];
    if (form !== 'der' && content.some(isBlank)) notes.push('blanks');
    if (bits < recommendedBits) notes.push('below-recommended');
    if (product === 'palisade' && bits > recommendedBits) notes.push('larger-than-usual');
    return { publicKey, form, size: content.length, notes };
  } finally {
    scratch.wipe();
  }
}

/** The DER in a file, and the form it is in. What else a file can be is told here. */
function unwrapText(content: Uint8Array, scratch: Scratch): { form: PublicKeyForm; der: Uint8Array } {
  if (beginsWith(content, PEM)) {
    throw refused(isPrivate(identify(content, scratch)) ? 'private key' : 'pem');
  }
  if (content[0] === SEQUENCE && !isText(content)) return { form: 'der', der: content };
  if (isHexText(content)) {
    const digits = content.reduce((count, byte) => (isBlank(byte) ? count : count + 1), 0);
    if (digits % 2 === 1) throw refused('odd hex');
    return { form: 'hex', der: scratch.keep(decodeSecretHex(content)) };
  }
  if (beginsWith(content, HEX_OF_SEQUENCE)) {
    throw refused('not hex', { offset: content.findIndex((byte) => !isHexText(Uint8Array.of(byte))) });
  }
  if (isBase64Text(content)) return { form: 'base64', der: scratch.keep(base64(content)) };
  const file = identify(content, scratch);
  if (isPrivate(file)) throw refused('private key');
  throw refused('not understood', looksLike(file));
}

/** Length first: half a key and a key with more behind it are told before what the key is. */
function readSpki(der: Uint8Array): RsaPublicKey {
  const missing = der.length - wholeLength(der);
  if (missing < 0) throw refused(isPrivateStart(der) ? 'private key' : 'truncated');
  if (missing > 0) throw refused('trailing bytes', { extra: missing });
  const found = understood(() => derShape(der));
  switch (found.shape) {
    case 'pkcs8':
    case 'pkcs1':
    case 'encrypted-pkcs8':
    case 'ec-private':
    case 'dsa-private':
    case 'pkcs12':
      throw refused('private key');
    case 'pkcs1-public':
      throw refused('structure');
    case 'certificate':
      throw refused('not understood', { looksLike: 'a certificate' });
    case 'other':
      throw refused('not understood');
    case 'spki': {
      if (found.algorithm !== RSA_OID) {
        throw refused('other algorithm', { algorithm: algorithmName(found.algorithm) });
      }
      const key = understood(() => parseRsaPublicKey(der));
      // The same numbers in other bytes: what platforms measure would not be what they expect.
      if (!equalBytes(key.spkiDer, der))
        throw refused('not understood', { looksLike: 'DER of another make' });
      return key;
    }
  }
}

/** How long the outer SEQUENCE says that it is, header included; of what is none, its own length. */
function wholeLength(der: Uint8Array): number {
  const [tag, length = 0] = der;
  if (tag !== SEQUENCE) throw refused('not understood');
  if (length < 0x80) return 2 + length;
  const octets = length - 0x80;
  if (octets === 0 || octets > 3 || der.length < 2 + octets) throw refused('truncated');
  return der.subarray(2, 2 + octets).reduce((sum, octet) => sum * 256 + octet, 0) + 2 + octets;
}

/** A key that is cut short may still be a private one: it begins with a version, not with an algorithm. */
function isPrivateStart(der: Uint8Array): boolean {
  const [, length = 0] = der;
  const start = der.subarray(length < 0x80 ? 2 : 2 + length - 0x80);
  return start[0] === 0x02 && start[1] === 0x01 && start[2] === 0x00;
}

function understood<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof RecoveryError) throw refused('not understood', { looksLike: 'a damaged key' });
    throw error;
  }
}

function identify(content: Uint8Array, scratch: Scratch): KeyFile | undefined {
  try {
    return identifyKeyFile(content, 'private', scratch);
  } catch (error) {
    if (error instanceof RecoveryError && error.code !== 'file.too-large') return undefined;
    throw error;
  }
}

function isPrivate(file: KeyFile | undefined): boolean {
  switch (file?.holds) {
    case 'pkcs8':
    case 'pkcs1':
    case 'encrypted-pkcs8':
    case 'legacy-encrypted':
    case 'pke1':
    case 'other-algorithm':
      return true;
    case 'container':
      return file.container !== 'OpenPGP';
    case 'spki':
    case 'pkcs1-public':
    case 'other-public':
    case 'maybe-pke1':
    case 'nothing':
    case undefined:
      return false;
  }
}

function looksLike(file: KeyFile | undefined): ErrorDetails {
  const words = file === undefined ? undefined : file.holds === 'maybe-pke1' ? file.otherwise : file;
  return words !== undefined && 'looksLike' in words ? { looksLike: words.looksLike } : {};
}

function base64(content: Uint8Array): Uint8Array {
  try {
    return decodeSecretBase64(content);
  } catch (error) {
    throw error instanceof RecoveryError && error.code === 'rsa-key.truncated' ? refused('truncated') : error;
  }
}

function isText(content: Uint8Array): boolean {
  return isHexText(content) || isBase64Text(content);
}

function beginsWith(content: Uint8Array, start: Uint8Array): boolean {
  return start.every((byte, i) => content[i] === byte);
}

function refused(reason: string, details: ErrorDetails = {}): RecoveryError {
  return new RecoveryError('public-key-file.refused', { reason, ...details });
}
