import { identifyKeyFile, type KeyFile, type KeyFileKind } from './key-file.ts';
import { Scratch } from './scratch.ts';

/** What `inspect` says of a key file. */
export interface KeyFileDescription {
  readonly kind: KeyFileKind;
  /** Whether it surely needs a password; an `unknown-binary` may need one too. */
  readonly encrypted: boolean;
  /** The other algorithm, the container, or what an unknown file seems to be: a few words. */
  readonly looksLike?: string;
}

/**
 * Says what a key file is, by its content, without opening what is encrypted.
 * Fails with `file.too-large`, `rsa-key.truncated`, `rsa-key.malformed`.
 * @param content the file
 */
export function describeKeyFile(content: Uint8Array): KeyFileDescription {
  const scratch = new Scratch();
  try {
    return describe(identifyKeyFile(content, 'private', scratch));
  } finally {
    scratch.wipe();
  }
}

/**
 * Says whether a key file surely needs a password.
 * Fails with `file.too-large`, `rsa-key.truncated`, `rsa-key.malformed`.
 * @param content the file
 */
export function needsPassword(content: Uint8Array): boolean {
  return describeKeyFile(content).encrypted;
}

function describe(file: KeyFile): KeyFileDescription {
  const { kind } = file;
  switch (file.holds) {
    case 'pkcs8':
    case 'pkcs1':
    case 'spki':
    case 'pkcs1-public':
      return { kind, encrypted: false };
    case 'encrypted-pkcs8':
    case 'legacy-encrypted':
    case 'pke1':
      return { kind, encrypted: true };
    case 'other-algorithm':
      return { kind, encrypted: false, looksLike: file.algorithm };
    case 'container':
      return { kind, encrypted: false, looksLike: file.container };
    case 'maybe-pke1':
      return describe(file.otherwise);
    case 'other-public':
    case 'nothing':
      return { kind, encrypted: false, looksLike: file.looksLike };
  }
}
