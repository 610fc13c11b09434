import { RecoveryError } from '../../../shared/recovery-error.ts';
import { decodeBase64 } from '../bytes/base64.ts';
import type { SecretBytes } from '../bytes/secret-bytes.ts';
import { publicKeyOf } from './ed25519.ts';
import { minisignKeyName, signMinisign } from './minisign.ts';
import {
  isEncryptedMinisignKey,
  isMinisignSecretKey,
  openMinisignKey,
  type MinisignKey,
} from './minisign-secret-key.ts';
import { isEncryptedSshKey, openSshPrivateKey } from './openssh-private-key.ts';
import { sshFingerprint } from './ssh-public-key.ts';
import { signSsh } from './sshsig.ts';

/** A key that can sign a record. */
export type SigningKey =
  { readonly kind: 'ssh'; readonly seed: SecretBytes } | ({ readonly kind: 'minisign' } & MinisignKey);

/** What a signing key file's text is. */
type KeyText = { readonly kind: SigningKey['kind']; readonly binary: Uint8Array };

/** Larger than any key file, and than the record of who may sign. */
export const MAX_SIGNING_FILE_BYTES = 64 * 1024;

/** What the name of a signature's file ends with, after the name of what was signed. */
export const SIGNATURE_EXTENSION = { ssh: '.sig', minisign: '.minisig' } as const satisfies Record<
  SigningKey['kind'],
  string
>;

const BEGIN_OPENSSH = '-----BEGIN OPENSSH PRIVATE KEY-----';
const END_OPENSSH = '-----END OPENSSH PRIVATE KEY-----';

/** Whether a signing key has to be opened with a password. Fails as `readSigningKey` does. */
export function signingKeyNeedsPassword(content: Uint8Array): boolean {
  const { kind, binary } = keyTextOf(content);
  try {
    return kind === 'ssh' ? isEncryptedSshKey(binary) : isEncryptedMinisignKey(binary);
  } finally {
    binary.fill(0);
  }
}

/**
 * Opens a signing key: an OpenSSH private key of Ed25519, or a secret key of minisign. Source: docs/record.md, "Signing".
 * Fails with `signing-key.not-understood`, `signing-key.unsupported`, `password.required`, `password.wrong`.
 * @param content of the file
 * @param password the caller's, who wipes it; undefined where none is needed
 * @returns a key whose seed the caller wipes
 */
export async function readSigningKey(
  content: Uint8Array,
  password: SecretBytes | undefined,
): Promise<SigningKey> {
  const { kind, binary } = keyTextOf(content);
  try {
    return kind === 'ssh'
      ? { kind, seed: await openSshPrivateKey(binary, password) }
      : { kind, ...(await openMinisignKey(binary, password)) };
  } finally {
    binary.fill(0);
  }
}

/**
 * Signs the bytes of a whole file. Source: docs/record.md, "Signing".
 * @param name of the file that is signed, for minisign's comment
 * @returns the signature's file: armored OpenSSH, or minisign's
 */
export function signFile(message: Uint8Array, key: SigningKey, name: string): Uint8Array {
  const oneLine = name.replaceAll(/\p{Cc}/gu, '?');
  const text =
    key.kind === 'ssh' ? signSsh(message, key.seed) : signMinisign(message, key, `file:${oneLine}\thashed`);
  return new TextEncoder().encode(text);
}

/** How people name the key: OpenSSH's fingerprint, or minisign's key id. */
export function signerName(key: SigningKey): string {
  return key.kind === 'ssh' ? sshFingerprint(publicKeyOf(key.seed)) : minisignKeyName(key.keyId);
}

/** The text passes through a string on its way, as base64 does; the binary is the caller's to wipe. */
function keyTextOf(content: Uint8Array): KeyText {
  const text = Buffer.from(content.buffer, content.byteOffset, content.length).toString('latin1').trim();
  const lines = text.split(/\r?\n/);
  if (lines[0] === BEGIN_OPENSSH && lines.at(-1) === END_OPENSSH) {
    const binary = decodeBase64(lines.slice(1, -1).join(''));
    if (binary !== undefined) return { kind: 'ssh', binary };
  }
  const binary = lines.length <= 2 ? decodeBase64(lines.at(-1) ?? '') : undefined;
  if (binary !== undefined && isMinisignSecretKey(binary)) return { kind: 'minisign', binary };
  throw new RecoveryError('signing-key.not-understood', looksLike(text));
}

const LIKENESSES: readonly (readonly [RegExp, string])[] = [
  [/^(?:ssh|ecdsa|sk)-\S+ /, 'an OpenSSH public key'],
  [/^untrusted comment: minisign public key/, 'a minisign public key'],
  [/^-----BEGIN (?:RSA |EC |ENCRYPTED )?PRIVATE KEY/, 'a private key in PEM, not of OpenSSH'],
  [/^-----BEGIN SSH SIGNATURE/, 'a signature'],
  [/^PuTTY-User-Key-File/, 'a PuTTY key, which puttygen exports as an OpenSSH key'],
];

function looksLike(text: string): Readonly<Record<string, string>> {
  const [, words] = LIKENESSES.find(([pattern]) => pattern.test(text)) ?? [];
  return words === undefined ? {} : { looksLike: words };
}
