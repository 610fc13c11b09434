import { createCipheriv, generateKeyPairSync, pbkdf2Sync, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { ed25519 } from '@noble/curves/ed25519.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { base58 } from '@scure/base';
import { HDKey } from '@scure/bip32';

import { synthesizeKit } from '../../electron/engine/kit/synthesize-kit.ts';
import { parseRsaPublicKey, type RsaPublicKey } from '../../electron/engine/rsa/public-key.ts';
import { parseKeyId, parseQuorumId } from '../../shared/ids.ts';
import type { KeyAlgorithm } from '../../shared/key-algorithm.ts';
import { systemRandom } from '../random.ts';

/** Small, since what is tested with it does not depend on its size. */
const RSA_BITS = 2048;
const PKE1_ITERATIONS = 3_000_000;

/** An RSA recovery key pair as files, and what must never be seen of it. */
export interface SandboxKey {
  readonly publicKey: RsaPublicKey;
  readonly privateDer: Uint8Array;
  readonly publicDer: Uint8Array;
  /** Middles of the private key's numbers. */
  readonly secrets: readonly Uint8Array[];
}

/** A wallet of the sandbox, and what recovering it must give. */
export interface SandboxWallet {
  readonly keyId: string;
  readonly quorumId: string;
  readonly keyAlgorithm: KeyAlgorithm;
  readonly kit: Uint8Array;
  /** What an explorer shows of it: reckoned by another library than the app's. */
  readonly address: string;
  /** Master key, chain code and the wallet's own key. */
  readonly secrets: readonly Uint8Array[];
}

/** Makes a recovery key pair. */
export function makeKey(): SandboxKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: RSA_BITS });
  const { d = '', p = '', q = '' } = privateKey.export({ format: 'jwk' });
  const publicDer = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  return {
    publicKey: parseRsaPublicKey(publicDer),
    privateDer: new Uint8Array(privateKey.export({ type: 'pkcs1', format: 'der' })),
    publicDer,
    secrets: [d, p, q].map((number) => new Uint8Array(Buffer.from(number, 'base64url')).slice(0, 48)),
  };
}

/** Makes a wallet, 2 of 3, that is backed up to a key. */
export function makeSandboxWallet(key: SandboxKey, keyAlgorithm: KeyAlgorithm, players = 3): SandboxWallet {
  const keyId = randomUUID();
  const quorumId = randomUUID();
  const { file, secrets } = synthesizeKit({
    keyId: parseKeyId(keyId),
    quorumId: parseQuorumId(quorumId),
    keyAlgorithm,
    players,
    threshold: 1,
    recoveryKey: key.publicKey,
    randomBytes: systemRandom,
  });
  const { masterPrivateKey, masterChainCode } = secrets;
  const kept = { keyId, quorumId, keyAlgorithm, kit: file };
  if (keyAlgorithm === 'ED25519') {
    return { ...kept, address: solana(masterPrivateKey), secrets: [masterPrivateKey, masterChainCode] };
  }
  const { privateKey } = new HDKey({
    privateKey: masterPrivateKey,
    chainCode: masterChainCode,
  }).deriveChild(0);
  if (privateKey === null) throw new Error('a private parent has private children');
  return {
    ...kept,
    address: ethereum(privateKey),
    secrets: [masterPrivateKey, masterChainCode, privateKey],
  };
}

/** Writes a file below a folder, which is made where it must be. @returns its path */
export function put(folder: string, name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** Writes wallets as a bucket is downloaded, with a register beside it. @returns what a user would drop */
export function putBucket(
  folder: string,
  rows: readonly (SandboxWallet & { readonly registered?: string })[],
): readonly string[] {
  for (const { keyId, kit } of rows) put(folder, join('bucket', keyId, 'recovery_shard-0.txt'), kit);
  const lines = rows.map(
    ({ keyId, quorumId, keyAlgorithm, address, registered = address }) =>
      `${keyId},${quorumId},${keyAlgorithm},${registered}`,
  );
  const register = put(
    folder,
    'register.csv',
    ['key_id,quorum_id,key_algorithm,address', ...lines, ''].join('\n'),
  );
  return [join(folder, 'bucket'), register];
}

/** An RSA key as PKE1 by the book: docs/key-files.md, "PKE1". */
export function sealedKey({ privateDer }: SandboxKey, password: string): Uint8Array {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const key = pbkdf2Sync(password, salt, PKE1_ITERATIONS, 32, 'sha512');
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = cipher.update(Buffer.from(privateDer).toString('hex'));
  cipher.final();
  return Buffer.concat([Buffer.from('PKE1'), salt, nonce, sealed, cipher.getAuthTag()]);
}

/** EIP-55 by the book. */
function ethereum(privateKey: Uint8Array): string {
  const point = secp256k1.Point.BASE.multiply(BigInt(`0x${Buffer.from(privateKey).toString('hex')}`));
  const letters = Buffer.from(keccak_256(point.toBytes(false).slice(1)).slice(12)).toString('hex');
  const mask = Buffer.from(keccak_256(Buffer.from(letters))).toString('hex');
  const written = Array.from(letters, (letter, i) =>
    Number.parseInt(mask[i] ?? '0', 16) > 7 ? letter.toUpperCase() : letter,
  );
  return `0x${written.join('')}`;
}

function solana(scalar: Uint8Array): string {
  const number = BigInt(`0x${Buffer.from(scalar).toString('hex')}`) % ed25519.Point.Fn.ORDER;
  return base58.encode(ed25519.Point.BASE.multiply(number).toBytes());
}
