import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { synthesizeKit } from '../../electron/engine/kit/synthesize-kit.ts';
import { generateRsaKeyPair } from '../../electron/engine/rsa/generate.ts';
import { readRsaPrivateKey, type RsaPrivateKey } from '../../electron/engine/rsa/private-key.ts';
import { parseKeyId, parseQuorumId, type KeyId, type QuorumId } from '../../shared/ids.ts';
import { KEY_ALGORITHMS, type KeyAlgorithm } from '../../shared/key-algorithm.ts';
import { systemRandom } from '../random.ts';

/** One wallet to measure with: 2 of 3 players. */
export interface BenchKit {
  readonly keyAlgorithm: KeyAlgorithm;
  readonly keyId: KeyId;
  readonly quorumId: QuorumId;
  readonly content: Uint8Array;
  readonly file: string;
}

/** A fresh RSA-4096 key and a kit of each algorithm, in memory and in a temporary folder. */
export interface Sandbox {
  readonly privateKey: RsaPrivateKey;
  /** Not encrypted: what a password costs is meant to be slow, and no part of a recovery's figure. */
  readonly privateKeyFile: string;
  readonly kits: readonly BenchKit[];
  readonly remove: () => void;
}

/** Makes everything that is measured with, so that a fresh clone needs no data. The caller removes it. */
export async function makeSandbox(): Promise<Sandbox> {
  const folder = mkdtempSync(join(tmpdir(), 'breakglass-bench-'));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { pkcs1Der } = await generateRsaKeyPair();
    const privateKeyFile = join(folder, 'private-key.der');
    pkcs1Der.use((der) => {
      writeFileSync(privateKeyFile, der, { flag: 'wx', mode: 0o600 });
    });
    const privateKey = await pkcs1Der.use((der) => readRsaPrivateKey(der));
    const kits = KEY_ALGORITHMS.map((keyAlgorithm) => makeKit(keyAlgorithm, privateKey, folder));
    return { privateKey, privateKeyFile, kits, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function makeKit(keyAlgorithm: KeyAlgorithm, { publicKey }: RsaPrivateKey, folder: string): BenchKit {
  const keyId = parseKeyId(randomUUID());
  const quorumId = parseQuorumId(randomUUID());
  const { file: content } = synthesizeKit({
    keyId,
    quorumId,
    keyAlgorithm,
    players: 3,
    threshold: 1,
    recoveryKey: publicKey,
    randomBytes: systemRandom,
  });
  const file = join(folder, `${keyAlgorithm}.txt`);
  writeFileSync(file, content, { flag: 'wx' });
  return { keyAlgorithm, keyId, quorumId, content, file };
}
