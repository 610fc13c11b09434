import { RecoveryError } from '../../../shared/recovery-error.ts';
import { algorithmName, RSA_OID } from './algorithms.ts';
import { derShape } from './der-shape.ts';
import { type KeyForm, openEnvelope } from './key-envelope.ts';
import { asKeyFault } from './key-fault.ts';
import type { Likeness } from './looks-like.ts';
import type { PemBlock } from './pem.ts';
import type { Scratch } from './scratch.ts';
import { decodeSecretBase64 } from './secret-text.ts';

/** The largest key file that is read, in bytes: no key in use is near it, and reading one as text copies it. */
export const MAX_KEY_FILE_BYTES = 1 << 18;

/** What a key file is. `unknown-binary` may be a PKE1 file without its header: only the password can tell. */
export type KeyFileKind =
  | `pkcs8-${KeyForm}`
  | `pkcs1-${KeyForm}`
  | `encrypted-pkcs8-${KeyForm}`
  | 'encrypted-pkcs1-pem'
  | 'pke1'
  | 'public-key'
  | 'certificate'
  | 'other-private-key'
  | 'unsupported-container'
  | 'unknown-binary'
  | 'unknown';

/** A key file by what it holds, with the bytes that its reader goes on with: views, or copies in the scratch. */
export type KeyFile =
  | { readonly holds: 'pkcs8'; readonly kind: `pkcs8-${KeyForm}`; readonly der: Uint8Array }
  | { readonly holds: 'pkcs1'; readonly kind: `pkcs1-${KeyForm}`; readonly der: Uint8Array }
  | {
      readonly holds: 'encrypted-pkcs8';
      readonly kind: `encrypted-pkcs8-${KeyForm}`;
      readonly der: Uint8Array;
    }
  | {
      readonly holds: 'legacy-encrypted';
      readonly kind: 'encrypted-pkcs1-pem';
      /** The DEK-Info header: cipher name and initialization vector. */
      readonly dekInfo: string;
      readonly ciphertext: Uint8Array;
    }
  | { readonly holds: 'pke1'; readonly kind: 'pke1' }
  | { readonly holds: 'spki' | 'pkcs1-public'; readonly kind: 'public-key'; readonly der: Uint8Array }
  | {
      readonly holds: 'other-public';
      readonly kind: 'public-key' | 'certificate';
      readonly looksLike: string;
    }
  | { readonly holds: 'other-algorithm'; readonly kind: 'other-private-key'; readonly algorithm: string }
  | { readonly holds: 'maybe-pke1'; readonly kind: Unreadable['kind']; readonly otherwise: Unreadable }
  | Unreadable;

/** A file that no key is read from: a container that nothing here opens, or something else altogether. */
export type Unreadable =
  | { readonly holds: 'container'; readonly kind: 'unsupported-container'; readonly container: string }
  | { readonly holds: 'nothing'; readonly kind: 'unknown' | 'unknown-binary'; readonly looksLike: string };

const ANY_BINARY: Unreadable = {
  holds: 'nothing',
  kind: 'unknown-binary',
  looksLike: 'random bytes, or an old PKE1 file without its header',
};

/**
 * Finds out what a file is, by its content and never by its name.
 * Fails with `file.too-large`, `rsa-key.truncated`, `rsa-key.malformed`.
 * @param content the file
 * @param want which block of a PEM file with several is meant
 * @param scratch takes the copies that are made
 */
export function identifyKeyFile(content: Uint8Array, want: 'private' | 'public', scratch: Scratch): KeyFile {
  if (content.length > MAX_KEY_FILE_BYTES) {
    throw new RecoveryError('file.too-large', { limitBytes: MAX_KEY_FILE_BYTES });
  }
  const envelope = openEnvelope(content, scratch);
  switch (envelope.form) {
    case 'der':
    case 'hex':
    case 'base64':
      return identifyDer(envelope.form, envelope.der);
    case 'pem':
      return identifyPem(envelope.blocks, want, scratch);
    case 'pke1':
      return { holds: 'pke1', kind: 'pke1' };
    case 'binary':
      return identifyBinary(envelope.likeness);
    case 'text':
      return envelope.likeness.holds === 'public'
        ? otherPublic(envelope.likeness)
        : unreadable(envelope.likeness);
  }
}

function identifyDer(form: KeyForm, der: Uint8Array): KeyFile {
  const found = asKeyFault(() => derShape(der));
  switch (found.shape) {
    case 'pkcs8':
      if (found.algorithm !== RSA_OID) return otherAlgorithm(algorithmName(found.algorithm));
      return { holds: 'pkcs8', kind: `pkcs8-${form}`, der };
    case 'pkcs1':
      return { holds: 'pkcs1', kind: `pkcs1-${form}`, der };
    case 'encrypted-pkcs8':
      return { holds: 'encrypted-pkcs8', kind: `encrypted-pkcs8-${form}`, der };
    case 'spki':
    case 'pkcs1-public':
      return { holds: found.shape, kind: 'public-key', der };
    case 'certificate':
      return { holds: 'other-public', kind: 'certificate', looksLike: 'certificate' };
    case 'ec-private':
      return otherAlgorithm('EC');
    case 'dsa-private':
      return otherAlgorithm('DSA');
    case 'pkcs12':
      return container('PKCS#12');
    case 'other':
      return { holds: 'nothing', kind: 'unknown', looksLike: 'DER of something else' };
  }
}

/** The first block of the wanted sort that is of use, else what the first one is; other sorts when there is none. */
function identifyPem(blocks: readonly PemBlock[], want: 'private' | 'public', scratch: Scratch): KeyFile {
  const wanted = blocks.filter((block) => block.label.includes('PRIVATE KEY') === (want === 'private'));
  const candidates = wanted.length > 0 ? wanted : blocks;
  let firstFault: RecoveryError | undefined;
  let firstFile: KeyFile | undefined;
  for (const block of candidates) {
    try {
      const file = identifyBlock(block, scratch);
      if (isUseful(file, want)) return file;
      firstFile ??= file;
    } catch (error) {
      if (!(error instanceof RecoveryError)) throw error;
      firstFault ??= error;
    }
  }
  if (firstFault !== undefined) throw firstFault;
  return firstFile ?? { holds: 'nothing', kind: 'unknown', looksLike: 'PEM without a key' };
}

function isUseful(file: KeyFile, want: 'private' | 'public'): boolean {
  if (want === 'public') return file.kind === 'public-key';
  return 'der' in file ? file.kind !== 'public-key' : file.holds === 'legacy-encrypted';
}

function identifyBlock(block: PemBlock, scratch: Scratch): KeyFile {
  if (block.label === 'OPENSSH PRIVATE KEY') return container('OpenSSH');
  if (block.label.startsWith('PGP ')) return container('OpenPGP');
  if (!block.complete) throw new RecoveryError('rsa-key.truncated', { encoding: 'PEM' });
  if (block.headers.get('proc-type')?.replaceAll(' ', '') === '4,ENCRYPTED') {
    const [algorithm] = block.label.split(' ');
    if (algorithm === 'EC' || algorithm === 'DSA') return otherAlgorithm(algorithm);
    return {
      holds: 'legacy-encrypted',
      kind: 'encrypted-pkcs1-pem',
      dekInfo: block.headers.get('dek-info') ?? '',
      ciphertext: decodeSecretBase64(block.body),
    };
  }
  return identifyDer('pem', scratch.keep(decodeSecretBase64(block.body)));
}

function identifyBinary(likeness: Likeness | undefined): KeyFile {
  const otherwise = likeness === undefined ? ANY_BINARY : unreadable(likeness);
  return { holds: 'maybe-pke1', kind: otherwise.kind, otherwise };
}

function unreadable({ looksLike, holds }: Likeness): Unreadable {
  return holds === 'unsupported' ? container(looksLike) : { holds: 'nothing', kind: 'unknown', looksLike };
}

function container(name: string): Unreadable {
  return { holds: 'container', kind: 'unsupported-container', container: name };
}

function otherPublic({ looksLike }: Likeness): KeyFile {
  return { holds: 'other-public', kind: 'public-key', looksLike };
}

function otherAlgorithm(algorithm: string): KeyFile {
  return { holds: 'other-algorithm', kind: 'other-private-key', algorithm };
}
