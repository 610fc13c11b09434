import { join } from 'node:path';

import type { RandomBytes } from '../engine/bytes/random.ts';
import type { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import { sealPke1 } from '../engine/rsa/pke1.ts';
import {
  FORM_EXTENSIONS,
  PUBLIC_KEY_FORMS,
  writePublicKey,
  type PublicKeyForm,
} from '../engine/rsa/public-key-forms.ts';
import type { GeneratedRsaKeyPair } from '../engine/rsa/generate.ts';
import { encodeSecretHex } from '../engine/rsa/secret-text.ts';
import { refuseExisting } from './write-exclusive.ts';
import { writeTogether } from './write-together.ts';

/** The files of a recovery key pair, as paths. */
export interface KeyPairFiles {
  /** PKE1. */
  readonly privateKeyFile: string;
  /** One for each form. */
  readonly publicKeyFiles: Readonly<Record<PublicKeyForm, string>>;
}

/** What writing the files of a key pair needs. */
export interface KeyPairWriting {
  /** Of 8 characters or more; hold it against `checkNewPassword` before. The caller wipes it. */
  readonly password: SecretBytes;
  readonly randomBytes: RandomBytes;
  /** Given what removes an unfinished or finished file of the set, for a caller that may be interrupted. */
  readonly onCreated?: ((remove: () => void) => void) | undefined;
  /** Given the path of each unfinished file before it exists, for a caller that remembers it. */
  readonly onBegin?: ((partFile: string) => void) | undefined;
}

/** The names that a key pair's files get in a folder. Fails with `guard.output-exists` where one is taken. */
export function keyPairFilesIn(folder: string): KeyPairFiles {
  const publicKeyFile = (form: PublicKeyForm): string =>
    join(folder, `recovery-public-key.${FORM_EXTENSIONS[form]}`);
  const files: KeyPairFiles = {
    privateKeyFile: join(folder, 'recovery-private-key.pke1'),
    publicKeyFiles: { der: publicKeyFile('der'), hex: publicKeyFile('hex'), base64: publicKeyFile('base64') },
  };
  for (const file of allOf(files)) refuseExisting(file);
  return files;
}

/**
 * Writes a key pair as new files: the public key in every form, the private key as PKE1. Each is read back; all of
 * them are there at the end, or none. Sealing takes seconds. `testDecryption` has to follow before anything is called
 * done. Fails with what `writeExclusive` and `sealPke1` fail with.
 */
export async function writeKeyPairFiles(
  files: KeyPairFiles,
  pair: GeneratedRsaKeyPair,
  { password, randomBytes, onCreated, onBegin }: KeyPairWriting,
): Promise<void> {
  const hex = encodeSecretHex(pair.pkcs1Der);
  try {
    const sealed = await sealPke1(hex, password, randomBytes);
    const publicKeys = PUBLIC_KEY_FORMS.map((form) => ({
      file: files.publicKeyFiles[form],
      content: writePublicKey(pair.spkiDer, form),
    }));
    await writeTogether([...publicKeys, { file: files.privateKeyFile, content: sealed }], onCreated, onBegin);
  } finally {
    hex.wipe();
  }
}

function allOf({ privateKeyFile, publicKeyFiles }: KeyPairFiles): readonly string[] {
  return [privateKeyFile, ...Object.values(publicKeyFiles)];
}
