import { blake2b } from '@noble/hashes/blake2.js';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import { decodeBase64, toBase64 } from '../bytes/base64.ts';
import { equalBytes } from '../bytes/compare.ts';
import { isSignatureOf, KEY_BYTES, sign, SIGNATURE_BYTES } from './ed25519.ts';
import type { MinisignKey } from './minisign-secret-key.ts';
import { joined } from './ssh-wire.ts';

const LEGACY = 'Ed';
const PREHASHED = 'ED';
const ALGORITHM_BYTES = 2;
const KEY_ID_BYTES = 8;
const UNTRUSTED = 'untrusted comment: ';
const TRUSTED = 'trusted comment: ';

/** A public key of minisign. */
export interface MinisignPublicKey {
  readonly keyId: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** A signature of minisign. */
export interface MinisignSignature {
  readonly keyId: Uint8Array;
  readonly prehashed: boolean;
  readonly signature: Uint8Array;
  readonly trustedComment: Uint8Array;
  readonly globalSignature: Uint8Array;
}

/**
 * Signs a message as `minisign -S` does, hashed beforehand. Source: minisign, "Minisign file formats".
 * @param trustedComment one line, which the signature covers
 * @returns the text of a `.minisig` file
 */
export function signMinisign(
  message: Uint8Array,
  { keyId, seed }: MinisignKey,
  trustedComment: string,
): string {
  const signature = sign(blake2b(message), seed);
  const comment = new TextEncoder().encode(trustedComment);
  const globalSignature = sign(joined(signature, comment), seed);
  return [
    `${UNTRUSTED}signature of a Breakglass record`,
    toBase64(joined(Buffer.from(PREHASHED), keyId, signature)),
    `${TRUSTED}${trustedComment}`,
    toBase64(globalSignature),
    '',
  ].join('\n');
}

/** Whether a text is a signature of minisign: four lines, the third a trusted comment. */
export function isMinisignSignature(text: string): boolean {
  const [first, , third] = text.split(/\r?\n/);
  return first?.startsWith(UNTRUSTED) === true && third?.startsWith(TRUSTED) === true;
}

/** Reads a `.minisig` file. Fails with `signature.malformed`. */
export function parseMinisignSignature(text: string): MinisignSignature {
  const [first, body, third, last, ...rest] = text.split(/\r?\n/);
  const signed = decodeBase64(body ?? '');
  const globalSignature = decodeBase64(last ?? '');
  const isWhole =
    first?.startsWith(UNTRUSTED) === true && third?.startsWith(TRUSTED) === true && rest.join('') === '';
  const algorithm = Buffer.from(signed?.subarray(0, ALGORITHM_BYTES) ?? []).toString('latin1');
  if (
    !isWhole ||
    signed?.length !== ALGORITHM_BYTES + KEY_ID_BYTES + SIGNATURE_BYTES ||
    globalSignature?.length !== SIGNATURE_BYTES ||
    ![LEGACY, PREHASHED].includes(algorithm)
  ) {
    throw new RecoveryError('signature.malformed');
  }
  return {
    keyId: signed.subarray(ALGORITHM_BYTES, ALGORITHM_BYTES + KEY_ID_BYTES),
    prehashed: algorithm === PREHASHED,
    signature: signed.subarray(ALGORITHM_BYTES + KEY_ID_BYTES),
    trustedComment: new TextEncoder().encode(third.slice(TRUSTED.length)),
    globalSignature,
  };
}

/** Whether a signature, and its trusted comment, are by this key and of this message. */
export function isMinisignSignatureOf(
  given: MinisignSignature,
  message: Uint8Array,
  { keyId, publicKey }: MinisignPublicKey,
): boolean {
  const signed = given.prehashed ? blake2b(message) : message;
  return (
    equalBytes(given.keyId, keyId) &&
    isSignatureOf(given.signature, signed, publicKey) &&
    isSignatureOf(given.globalSignature, joined(given.signature, given.trustedComment), publicKey)
  );
}

/** Reads the base64 of a public key of minisign; undefined for what is none. */
export function readMinisignPublicKey(base64: string): MinisignPublicKey | undefined {
  const bytes = decodeBase64(base64);
  if (bytes?.length !== ALGORITHM_BYTES + KEY_ID_BYTES + KEY_BYTES) return undefined;
  if (Buffer.from(bytes.subarray(0, ALGORITHM_BYTES)).toString('latin1') !== LEGACY) return undefined;
  const at = ALGORITHM_BYTES + KEY_ID_BYTES;
  return { keyId: bytes.subarray(ALGORITHM_BYTES, at), publicKey: bytes.subarray(at) };
}

/** A key id as minisign writes it: a number of 64 bits, least byte first, in upper-case hex. */
export function minisignKeyName(keyId: Uint8Array): string {
  return Buffer.from(keyId).reverse().toString('hex').toUpperCase();
}
