import { createHash } from 'node:crypto';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import { decodeBase64, toBase64 } from '../bytes/base64.ts';
import { KEY_BYTES } from './ed25519.ts';
import { joined, SshReader, sshString } from './ssh-wire.ts';

/** The name of Ed25519 in SSH. Source: RFC 8709 4. */
export const SSH_ED25519 = 'ssh-ed25519';

/**
 * Reads the public key of SSH's wire format.
 * Fails with `signing-key.unsupported`, naming the algorithm, for any but Ed25519; with `signing-key.not-understood`.
 * @param blob as it stands in key files and signatures
 * @returns 32 bytes
 */
export function readSshPublicKey(blob: Uint8Array): Uint8Array {
  const reader = new SshReader(blob);
  const algorithm = reader.name();
  if (algorithm !== undefined && /^[\w@.-]{4,64}$/.test(algorithm) && algorithm !== SSH_ED25519) {
    throw new RecoveryError('signing-key.unsupported', { algorithm });
  }
  const key = reader.string();
  if (algorithm !== SSH_ED25519 || key?.length !== KEY_BYTES || !reader.atEnd) {
    throw new RecoveryError('signing-key.not-understood', { reason: 'public key' });
  }
  return Uint8Array.from(key);
}

/** Writes a public key in SSH's wire format. Source: RFC 8709 4. */
export function writeSshPublicKey(publicKey: Uint8Array): Uint8Array {
  return joined(sshString(SSH_ED25519), sshString(publicKey));
}

/** The line that stands in a `.pub` file. */
export function sshPublicKeyLine(publicKey: Uint8Array, comment: string): string {
  return [SSH_ED25519, toBase64(writeSshPublicKey(publicKey)), comment].join(' ').trimEnd();
}

/** The fingerprint that `ssh-keygen -l` shows: `SHA256:` and base64 without padding. */
export function sshFingerprint(publicKey: Uint8Array): string {
  const digest = createHash('sha256').update(writeSshPublicKey(publicKey)).digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}

/** Reads the base64 of a public key, as it stands in `.pub` and allowed signers files. Fails as `readSshPublicKey`. */
export function readSshPublicKeyText(base64: string): Uint8Array {
  const blob = decodeBase64(base64);
  if (blob === undefined) throw new RecoveryError('signing-key.not-understood', { reason: 'public key' });
  return readSshPublicKey(blob);
}
