import { createHash } from 'node:crypto';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import { decodeBase64, toBase64 } from '../bytes/base64.ts';
import type { SecretBytes } from '../bytes/secret-bytes.ts';
import { isSignatureOf, publicKeyOf, sign, SIGNATURE_BYTES } from './ed25519.ts';
import { readSshPublicKey, SSH_ED25519, writeSshPublicKey } from './ssh-public-key.ts';
import { joined, SshReader, sshNumber, sshString } from './ssh-wire.ts';

/** What a signature of a record says that it is for; `ssh-keygen -Y verify -n` has to be told the same. */
export const RECORD_NAMESPACE = 'breakglass-record@v1';

const MAGIC = new TextEncoder().encode('SSHSIG');
const VERSION = 1;
const HASHES = ['sha512', 'sha256'] as const;
const BEGIN = '-----BEGIN SSH SIGNATURE-----';
const END = '-----END SSH SIGNATURE-----';
/** As ssh-keygen breaks its lines. */
const LINE_CHARACTERS = 70;

/** A signature in OpenSSH's form. */
export interface SshSignature {
  readonly publicKey: Uint8Array;
  readonly namespace: string;
  readonly hash: (typeof HASHES)[number];
  readonly signature: Uint8Array;
}

/**
 * Signs a message as `ssh-keygen -Y sign` does. Source: OpenSSH PROTOCOL.sshsig.
 * @param message of any length; it is hashed by SHA-512
 * @returns the armored text of a `.sig` file
 */
export function signSsh(message: Uint8Array, seed: SecretBytes): string {
  const hash = 'sha512';
  const namespace = RECORD_NAMESPACE;
  const signature = sign(signedBytes(message, namespace, hash), seed);
  const blob = joined(
    MAGIC,
    sshNumber(VERSION),
    sshString(writeSshPublicKey(publicKeyOf(seed))),
    sshString(namespace),
    sshString(''),
    sshString(hash),
    sshString(joined(sshString(SSH_ED25519), sshString(signature))),
  );
  const lines = toBase64(blob).match(new RegExp(`.{1,${String(LINE_CHARACTERS)}}`, 'g')) ?? [];
  return [BEGIN, ...lines, END, ''].join('\n');
}

/** Whether a text is an armored signature of OpenSSH. */
export function isSshSignature(text: string): boolean {
  return text.trimStart().startsWith(BEGIN);
}

/**
 * Reads an armored signature. Source: OpenSSH PROTOCOL.sshsig.
 * Fails with `signature.malformed`, `signing-key.unsupported` (an algorithm other than Ed25519).
 */
export function parseSshSignature(text: string): SshSignature {
  const lines = text.trim().split(/\r?\n/);
  const blob = decodeBase64(lines.slice(1, -1).join(''));
  if (lines[0] !== BEGIN || lines.at(-1) !== END || blob === undefined) return refuse();
  const reader = new SshReader(blob);
  const magic = reader.take(MAGIC.length);
  const version = reader.number();
  const publicBlob = reader.string();
  const namespace = reader.name();
  const reserved = reader.string();
  const hashName = reader.name();
  const signatureBlob = reader.string();
  if (magic === undefined || Buffer.compare(magic, MAGIC) !== 0 || version !== VERSION) return refuse();
  if (publicBlob === undefined || namespace === undefined || signatureBlob === undefined) return refuse();
  if (reserved?.length !== 0 || !reader.atEnd) return refuse();
  const publicKey = readSshPublicKey(publicBlob);
  const inner = new SshReader(signatureBlob);
  const algorithm = inner.name();
  const signature = inner.string();
  const hash = HASHES.find((name) => name === hashName);
  if (algorithm !== SSH_ED25519 || signature?.length !== SIGNATURE_BYTES || !inner.atEnd) return refuse();
  return hash === undefined ? refuse() : { publicKey, namespace, hash, signature };
}

/** Whether a signature is one of this message, by the key that it names. */
export function isSshSignatureOf(given: SshSignature, message: Uint8Array): boolean {
  return isSignatureOf(given.signature, signedBytes(message, given.namespace, given.hash), given.publicKey);
}

function signedBytes(message: Uint8Array, namespace: string, hash: (typeof HASHES)[number]): Uint8Array {
  const digest = createHash(hash).update(message).digest();
  return joined(MAGIC, sshString(namespace), sshString(''), sshString(hash), sshString(digest));
}

function refuse(): never {
  throw new RecoveryError('signature.malformed');
}
