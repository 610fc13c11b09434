import { RecoveryError } from '../../../shared/recovery-error.ts';
import { equalBytes } from '../bytes/compare.ts';
import {
  isMinisignSignature,
  isMinisignSignatureOf,
  minisignKeyName,
  parseMinisignSignature,
} from './minisign.ts';
import { sshFingerprint } from './ssh-public-key.ts';
import { isSshSignature, isSshSignatureOf, parseSshSignature, RECORD_NAMESPACE } from './sshsig.ts';
import type { TrustedKey } from './trusted-keys.ts';

/** What a good signature says. */
export interface Signer {
  readonly kind: TrustedKey['kind'];
  /** OpenSSH's fingerprint, or minisign's key id. */
  readonly key: string;
  /** Whose key it is, as the file of public keys says; null where no public key was given. */
  readonly principal: string | null;
}

/**
 * Holds a detached signature against the bytes of a whole file. Without public keys an OpenSSH signature, which brings
 * its own, shows only that its signer signed these bytes; a minisign signature shows nothing.
 * Source: docs/record.md, "Signing".
 * Fails with `signature.malformed`, `signing-key.unsupported`, `record.signature-rejected` (with `signer` and the reason
 * `changed`, `other key`, `namespace` or `no principal`).
 * @param message the bytes that were signed
 * @param content of the signature's file
 * @param trusted public keys, any of which may have signed; empty where none is given
 * @returns undefined for a minisign signature without public keys
 */
export function verifySignature(
  message: Uint8Array,
  content: Uint8Array,
  trusted: readonly TrustedKey[],
): Signer | undefined {
  const text = Buffer.from(content).toString('utf8');
  if (isSshSignature(text)) return verifySsh(message, text, trusted);
  if (isMinisignSignature(text)) return verifyMinisign(message, text, trusted);
  throw new RecoveryError('signature.malformed');
}

function verifySsh(message: Uint8Array, text: string, trusted: readonly TrustedKey[]): Signer {
  const signature = parseSshSignature(text);
  const signer = sshFingerprint(signature.publicKey);
  if (signature.namespace !== RECORD_NAMESPACE) return reject('namespace', signer);
  const known = trusted.filter((key) => key.kind === 'ssh' && equalBytes(key.publicKey, signature.publicKey));
  if (trusted.length > 0 && known.length === 0) return reject('other key', signer);
  const allowed = known.find((key) => key.kind === 'ssh' && key.mayRecord);
  if (known.length > 0 && allowed === undefined) return reject('no principal', signer);
  if (!isSshSignatureOf(signature, message)) return reject('changed', signer);
  return { kind: 'ssh', key: signer, principal: allowed?.principal ?? null };
}

function verifyMinisign(
  message: Uint8Array,
  text: string,
  trusted: readonly TrustedKey[],
): Signer | undefined {
  const signature = parseMinisignSignature(text);
  if (trusted.length === 0) return undefined;
  const signer = minisignKeyName(signature.keyId);
  const known = trusted
    .filter((key) => key.kind === 'minisign')
    .filter((key) => equalBytes(key.keyId, signature.keyId));
  if (known.length === 0) return reject('other key', signer);
  const by = known.find((key) => isMinisignSignatureOf(signature, message, key));
  return by === undefined
    ? reject('changed', signer)
    : { kind: 'minisign', key: signer, principal: by.principal };
}

function reject(reason: 'changed' | 'other key' | 'namespace' | 'no principal', signer: string): never {
  throw new RecoveryError('record.signature-rejected', { reason, signer });
}
