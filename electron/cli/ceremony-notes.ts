import { statSync } from 'node:fs';

import type { RecordBodies } from '../../shared/record.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import type { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import { MAX_KEY_FILE_BYTES } from '../engine/rsa/key-file.ts';
import type { RsaPublicKey } from '../engine/rsa/public-key.ts';
import { setName, type CustodianShare } from '../engine/shares/share.ts';
import { combineShares } from '../engine/shares/split.ts';
import { digestOf } from '../files/digest.ts';
import type { KeyPairFiles } from '../files/key-pair-files.ts';
import { errnoOf, readCapped } from '../files/read-capped.ts';
import { recordableName } from '../record/recordable.ts';
import type { RunRecord } from './run-record.ts';

/**
 * Notes a key pair that passed its test, and its files as they lie on the disk: the public ones with their hashes.
 * Fails with what reading a file fails with.
 */
export async function noteKeyPair(
  record: RunRecord,
  { privateKeyFile, publicKeyFiles }: KeyPairFiles,
  { modulusBits: bits, fingerprintHex: fingerprint }: RsaPublicKey,
): Promise<void> {
  if (!record.isKept) return;
  record.add({ kind: 'key-made', bits, fingerprint });
  for (const file of Object.values(publicKeyFiles)) {
    const { sizeBytes, sha256Hex: sha256 } = digestOf(await readCapped(file, MAX_KEY_FILE_BYTES));
    record.add({ kind: 'written', what: 'public-key', name: recordableName(file), sizeBytes, sha256 });
  }
  noteSecretFile(record, { file: privateKeyFile, what: 'private-key', sizeBytes: sizeOf(privateKeyFile) });
  record.add({ kind: 'test-decryption', passed: true });
}

/** As many as an entry of a record holds. */
const MAX_SHARES = 255;

/** Notes the shares that a secret was split into, each on its page, and that they were tried. */
export function noteShares(
  record: RunRecord,
  {
    set: setId,
    needed,
    of,
    files,
  }: {
    readonly set: string;
    readonly needed: number;
    readonly of: number;
    readonly files: readonly string[];
  },
): void {
  if (!record.isKept) return;
  record.add({ kind: 'shares-made', setId, needed, of });
  for (const file of files) {
    noteSecretFile(record, { file, what: 'share-sheet', sizeBytes: sizeOf(file) });
  }
  record.add({ kind: 'note', text: 'Every page was read back, and the shares were combined in turns' });
}

/** Notes a file that holds a secret: never with its hash. */
export function noteSecretFile(
  record: RunRecord,
  {
    file,
    what,
    sizeBytes,
  }: {
    readonly file: string;
    readonly what: RecordBodies['written']['what'];
    readonly sizeBytes: number;
  },
): void {
  record.add({ kind: 'written', what, name: recordableName(file), sizeBytes, sha256: null });
}

/** Combines shares, and notes whether they open something. Fails with what `combineShares` fails with. */
export async function combineNoted(
  shares: readonly CustodianShare[],
  record: RunRecord,
): Promise<SecretBytes> {
  const [first] = shares;
  let passed = false;
  try {
    const secret = await combineShares(shares);
    passed = true;
    return secret;
  } finally {
    if (first !== undefined) {
      // More than there can be of a set are refused already, and an entry holds no more.
      const indexes = shares.slice(0, MAX_SHARES).map(({ index }) => index);
      record.add({ kind: 'shares-combined', setId: setName(first), indexes, passed });
    }
  }
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch (error) {
    throw new RecoveryError('file.unreadable', { file, reason: errnoOf(error) });
  }
}
