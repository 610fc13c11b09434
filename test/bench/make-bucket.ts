import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { addressesOf } from '../../electron/engine/address/addresses.ts';
import { synthesizeKit } from '../../electron/engine/kit/synthesize-kit.ts';
import { generateRsaKeyPair } from '../../electron/engine/rsa/generate.ts';
import { parseRsaPublicKey, type RsaPublicKey } from '../../electron/engine/rsa/public-key.ts';
import { readRsaPrivateKey } from '../../electron/engine/rsa/private-key.ts';
import { parseKeyId, parseQuorumId } from '../../shared/ids.ts';
import { curveOfAlgorithm, KEY_ALGORITHMS } from '../../shared/key-algorithm.ts';
import { systemRandom } from '../random.ts';

/** A bucket of synthetic wallets, with the register of them and the key that all are backed up to. */
export interface BenchBucket {
  readonly bucket: string;
  readonly register: string;
  readonly privateKeyFile: string;
}

/** Written last: without it a folder is half of a bucket. */
const COMPLETE = 'complete';

/**
 * Makes a bucket of really different wallets, 2 of 3, both algorithms in turns, in a folder where it stays for the next
 * time. They share one RSA-4096 key; making them takes as long as checking them, so it is done by all cores.
 * @param folder of its own, named after the number of wallets
 * @param self the benchmark's bundle, which is started once a core with `makePart`'s arguments
 */
export async function makeBucket(
  folder: string,
  wallets: number,
  cores: number,
  self: string,
): Promise<BenchBucket> {
  const made = {
    bucket: join(folder, 'bucket'),
    register: join(folder, 'register.csv'),
    privateKeyFile: join(folder, 'private-key.der'),
  };
  if (existsSync(join(folder, COMPLETE))) return made;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { pkcs1Der } = await generateRsaKeyPair();
  const privateKey = await pkcs1Der.use((der) => {
    writeFileSync(made.privateKeyFile, der, { flag: 'wx', mode: 0o600 });
    return readRsaPrivateKey(der);
  });
  writeFileSync(join(folder, 'public-key.der'), privateKey.publicKey.spkiDer);
  const counts = Array.from({ length: cores }, (_, i) => Math.floor((wallets + i) / cores));
  await Promise.all(counts.map((count, i) => runPart(self, folder, count, i)));
  const rows = counts.map((_, i) => readFileSync(join(folder, `rows-${i}.csv`), 'utf8'));
  writeFileSync(made.register, `key_id,quorum_id,key_algorithm,address\n${rows.join('')}`);
  writeFileSync(join(folder, COMPLETE), '');
  return made;
}

/** One process's part of `makeBucket`. */
export function makePart(folder: string, count: number, part: number): void {
  const recoveryKey = parseRsaPublicKey(new Uint8Array(readFileSync(join(folder, 'public-key.der'))));
  const rows = Array.from({ length: count }, (_, i) => makeWallet(folder, recoveryKey, i));
  writeFileSync(join(folder, `rows-${part}.csv`), rows.join(''));
}

function makeWallet(folder: string, recoveryKey: RsaPublicKey, i: number): string {
  const [keyId, quorumId] = [parseKeyId(randomUUID()), parseQuorumId(randomUUID())];
  const keyAlgorithm = KEY_ALGORITHMS[i % KEY_ALGORITHMS.length] ?? 'SECP256K1';
  const { file, walletPublicKey } = synthesizeKit({
    ...{ keyId, quorumId, keyAlgorithm, recoveryKey },
    ...{ players: 3, threshold: 1, randomBytes: systemRandom },
  });
  mkdirSync(join(folder, 'bucket', keyId), { recursive: true });
  writeFileSync(join(folder, 'bucket', keyId, 'recovery_shard-0.txt'), file);
  const [first] = addressesOf(curveOfAlgorithm(keyAlgorithm), walletPublicKey);
  return `${keyId},${quorumId},${keyAlgorithm},${first?.address ?? ''}\n`;
}

function runPart(self: string, folder: string, count: number, part: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = [self, 'make-part', folder, String(count), String(part)];
    spawn(process.execPath, args, { stdio: 'inherit' })
      .on('error', reject)
      .on('exit', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`making wallets ended with ${code ?? 'a signal'}`));
      });
  });
}
