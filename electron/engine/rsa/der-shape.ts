import { DER_TAG, DerReader } from '../bytes/der.ts';

const FIRST_CONTEXT_TAG = 0xa0;
const PKCS12_VERSION = 3;
const DSA_INTEGERS = 6;
const PUBLIC_KEY_INTEGERS = 2;

/** What a DER value is, judged by its first elements; `algorithm` is a dotted OBJECT IDENTIFIER. */
export type DerShape =
  | { readonly shape: 'pkcs8'; readonly algorithm: string }
  | { readonly shape: 'pkcs1' }
  | { readonly shape: 'encrypted-pkcs8' }
  | { readonly shape: 'spki'; readonly algorithm: string }
  | { readonly shape: 'pkcs1-public' }
  | { readonly shape: 'certificate' }
  | { readonly shape: 'ec-private' }
  | { readonly shape: 'dsa-private' }
  | { readonly shape: 'pkcs12' }
  | { readonly shape: 'other' };

/**
 * Says cheaply whether bytes begin as the DER of some key does, whole or cut short: a SEQUENCE that begins with
 * an INTEGER or a SEQUENCE. Random bytes pass once in 100,000.
 */
export function beginsLikeKeyDer(bytes: Uint8Array): boolean {
  const [tag, length = 0] = bytes;
  if (tag !== DER_TAG.sequence) return false;
  if (length < 0x80 && bytes.length > length + 2) return false;
  if (length > 0x83 || length === 0x80) return false;
  const first = bytes[length < 0x80 ? 2 : length - 0x80 + 2];
  if (first === undefined) return length > 0x80;
  return first === DER_TAG.integer || first === DER_TAG.sequence;
}

/** Says whether bytes are one SEQUENCE from end to end: of random bytes of a key's size one in 2^32 is. */
export function isWholeSequence(bytes: Uint8Array): boolean {
  try {
    const reader = new DerReader(bytes);
    reader.readSequence('content');
    return reader.done;
  } catch {
    return false;
  }
}

/**
 * Judges what kind of key or certificate a DER value is, without reading it through.
 * Fails with `der.malformed` and `der.truncated`.
 */
export function derShape(bytes: Uint8Array): DerShape {
  const outer = new DerReader(bytes);
  if (outer.nextTag !== undefined && outer.nextTag !== DER_TAG.sequence) return { shape: 'other' };
  const value = outer.readSequence('key');
  outer.end('key');
  if (value.nextTag === DER_TAG.sequence) return shapeOfSigned(value);
  if (value.nextTag === DER_TAG.integer) return shapeOfVersioned(value);
  return { shape: 'other' };
}

/** SubjectPublicKeyInfo (RFC 5280 4.1), EncryptedPrivateKeyInfo (RFC 5958 3), Certificate (RFC 5280 4.1). */
function shapeOfSigned(value: DerReader): DerShape {
  const first = value.readSequence('algorithm');
  if (first.nextTag === FIRST_CONTEXT_TAG || first.nextTag === DER_TAG.integer)
    return { shape: 'certificate' };
  if (first.nextTag !== DER_TAG.oid) return { shape: 'other' };
  const algorithm = first.readOid('algorithm');
  if (value.nextTag === DER_TAG.bitString) return { shape: 'spki', algorithm };
  if (value.nextTag === DER_TAG.octetString) return { shape: 'encrypted-pkcs8' };
  return { shape: 'other' };
}

/** PrivateKeyInfo (RFC 5958 2), RSAPrivateKey and RSAPublicKey (RFC 8017 A.1), ECPrivateKey (RFC 5915 3), PFX. */
function shapeOfVersioned(value: DerReader): DerShape {
  const first = value.readInteger('version');
  switch (value.nextTag) {
    case DER_TAG.sequence:
      if (first[0] === PKCS12_VERSION) return { shape: 'pkcs12' };
      return { shape: 'pkcs8', algorithm: value.readSequence('algorithm').readOid('algorithm') };
    case DER_TAG.octetString:
      return { shape: 'ec-private' };
    case DER_TAG.integer: {
      const count = 1 + countIntegers(value);
      if (count === PUBLIC_KEY_INTEGERS) return { shape: 'pkcs1-public' };
      return { shape: count === DSA_INTEGERS ? 'dsa-private' : 'pkcs1' };
    }
    case undefined:
    default:
      return { shape: 'other' };
  }
}

function countIntegers(value: DerReader): number {
  let count = 0;
  for (; value.nextTag === DER_TAG.integer; count++) value.readInteger('integer');
  return count;
}
