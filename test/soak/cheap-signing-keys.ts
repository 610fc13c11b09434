import { createCipheriv, scryptSync } from 'node:crypto';

import bcryptPbkdf from 'bcrypt-pbkdf';
import { blake2b } from '@noble/hashes/blake2.js';

import { toBase64 } from '../../electron/engine/bytes/base64.ts';
import { SecretBytes } from '../../electron/engine/bytes/secret-bytes.ts';
import { publicKeyOf } from '../../electron/engine/signature/ed25519.ts';
import {
  BLOCK_BYTES,
  CIPHER,
  CIPHER_KEY_BYTES,
  CIPHER_OF_NODE,
  KEY_MAGIC,
} from '../../electron/engine/signature/ssh-key-cipher.ts';
import { SSH_ED25519, writeSshPublicKey } from '../../electron/engine/signature/ssh-public-key.ts';
import { joined, sshNumber, sshString } from '../../electron/engine/signature/ssh-wire.ts';

/** Signing keys whose password is of the least cost, or that have none, for a run that opens thousands. */

const SEED = Buffer.alloc(32, 0x46);
const PUBLIC_KEY = publicKeyOf(new SecretBytes(Uint8Array.from(SEED)));
const SALT = Buffer.alloc(32, 7);
const MINISIGN_KEY_ID = Buffer.alloc(8, 9);
/** The least that libsodium takes, which makes 1,024 rounds of scrypt: operations, then memory, 64 bits each. */
const LEAST_SCRYPT = Buffer.from('00800000000000000000000100000000', 'hex');

/** A key as ssh-keygen writes it, of one round of bcrypt. Source: OpenSSH PROTOCOL.key. */
export function cheapSshKey(password: Uint8Array | undefined): Uint8Array {
  const blob = writeSshPublicKey(PUBLIC_KEY);
  const check = sshNumber(7);
  const names = joined(sshString(SSH_ED25519), sshString(PUBLIC_KEY));
  const part = joined(check, check, names, sshString(joined(SEED, PUBLIC_KEY)), sshString('ada'));
  const plain = joined(
    part,
    Uint8Array.from({ length: -part.length & (BLOCK_BYTES - 1) }, (_, i) => i + 1),
  );
  const binary = joined(
    KEY_MAGIC,
    ...(password === undefined
      ? [sshString('none'), sshString('none'), sshString('')]
      : [sshString(CIPHER), sshString('bcrypt'), sshString(joined(sshString(SALT), sshNumber(1)))]),
    sshNumber(1),
    sshString(blob),
    sshString(password === undefined ? plain : sealedForSsh(plain, password)),
  );
  const label = 'OPENSSH PRIVATE KEY';
  return Buffer.from(`-----BEGIN ${label}-----\n${toBase64(binary)}\n-----END ${label}-----\n`);
}

function sealedForSsh(plain: Uint8Array, password: Uint8Array): Uint8Array {
  const keyAndIv = new Uint8Array(CIPHER_KEY_BYTES + BLOCK_BYTES);
  bcryptPbkdf.pbkdf(password, password.length, SALT, SALT.length, keyAndIv, keyAndIv.length, 1);
  const [key, iv] = [keyAndIv.subarray(0, CIPHER_KEY_BYTES), keyAndIv.subarray(CIPHER_KEY_BYTES)];
  return createCipheriv(CIPHER_OF_NODE, key, iv).update(plain);
}

/** A secret key of minisign. Source: minisign, "Minisign file formats". */
export function cheapMinisignKey(password: Uint8Array | undefined): Uint8Array {
  const keys = joined(MINISIGN_KEY_ID, SEED, PUBLIC_KEY);
  const box = joined(keys, blake2b(joined(Buffer.from('Ed'), keys), { dkLen: 32 }));
  const stream =
    password === undefined ? Buffer.alloc(box.length) : scryptSync(password, SALT, box.length, { N: 1024 });
  const binary = joined(
    Buffer.from(password === undefined ? 'Ed\0\0B2' : 'EdScB2'),
    SALT,
    LEAST_SCRYPT,
    box.map((byte, i) => byte ^ (stream[i] ?? 0)),
  );
  return Buffer.from(`untrusted comment: minisign secret key\n${toBase64(binary)}\n`);
}

/** The public key that belongs to it. */
export function minisignPublicFile(): Uint8Array {
  const binary = joined(Buffer.from('Ed'), MINISIGN_KEY_ID, PUBLIC_KEY);
  return Buffer.from(`untrusted comment: minisign public key\n${toBase64(binary)}\n`);
}
