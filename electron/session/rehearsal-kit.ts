import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { parseKeyId, parseQuorumId, type KeyId, type QuorumId } from '../../shared/ids.ts';
import { curveOfAlgorithm, type KeyAlgorithm } from '../../shared/key-algorithm.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import type { RegisterRow } from '../../shared/register.ts';
import {
  MAX_REHEARSAL_KEYS,
  MAX_REHEARSAL_PLAYERS,
  type Rehearsal,
  type RehearsalPlan,
} from '../../shared/rehearsal.ts';
import { addressesOf } from '../engine/address/addresses.ts';
import type { RandomBytes } from '../engine/bytes/random.ts';
import { damageKit } from '../engine/kit/damage-kit.ts';
import { synthesizeWallet, type SyntheticWallet } from '../engine/kit/synthesize-kit.ts';
import { generateRsaKeyPair, type GeneratedRsaKeyPair } from '../engine/rsa/generate.ts';
import { parseRsaPublicKey, type RsaPublicKey } from '../engine/rsa/public-key.ts';
import { errnoOf } from '../files/read-capped.ts';
import { writeExclusive } from '../files/write-exclusive.ts';
import { writeRegisterCsv } from '../record/register.ts';

const README = `A rehearsal kit, made by Breakglass for a drill.

No wallet of it exists anywhere: its keys were made on this machine, by one
program, and hold nothing. Delete the folder when the drill is over.

bucket/                  what a custody platform would have written to a bucket
register.csv             what a custodian would have kept offline
recovery-N.private.der   the RSA private key that the wallets are backed up to,
                         not encrypted, since it protects nothing
recovery-N.public.der    its public half
`;

/** What a rehearsal needs from outside. */
export interface RehearsalPorts {
  readonly randomBytes: RandomBytes;
  /** Told what is being made, for a person who waits. */
  readonly onProgress?: (what: 'recovery-key' | 'wallet') => void;
}

/** One wallet of a rehearsal, and what recovering it must give. */
export interface RehearsedWallet {
  readonly keyId: KeyId;
  /** As the register has it: another than the wallet's own where that is the fault. */
  readonly quorumId: QuorumId;
  readonly keyAlgorithm: KeyAlgorithm;
  readonly address: string;
  /** The caller wipes them. */
  readonly secrets: SyntheticWallet['secrets'];
  readonly walletPublicKey: Uint8Array;
}

/** Fails with `usage.invalid`, naming what of a plan is out of range. */
export function checkPlan({ players, threshold, keyAlgorithms, recoveryKeys }: RehearsalPlan): void {
  const refuse = (what: string, least: number, most: number): never => {
    throw new RecoveryError('usage.invalid', {
      what: `number of ${what}`,
      reason: `from ${least} to ${most}`,
    });
  };
  const isWithin = (value: number, least: number, most: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most;
  if (!isWithin(players, 2, MAX_REHEARSAL_PLAYERS)) refuse('players', 2, MAX_REHEARSAL_PLAYERS);
  if (!isWithin(threshold, 1, players - 1)) refuse('shares needed', 2, players);
  if (!isWithin(recoveryKeys, 1, MAX_REHEARSAL_KEYS)) refuse('recovery keys', 1, MAX_REHEARSAL_KEYS);
  if (keyAlgorithms.length === 0 || new Set(keyAlgorithms).size !== keyAlgorithms.length) {
    refuse('wallets', 1, 2);
  }
}

/**
 * Makes a rehearsal kit: a new folder with a bucket, a register and the recovery key, good or with the fault that was
 * picked. Source: docs/drills.md.
 * Fails with `usage.invalid`, `guard.output-exists` (the folder is there) and `file.write-failed`.
 * @param folder path of a folder that does not exist
 */
export async function makeRehearsal(
  folder: string,
  plan: RehearsalPlan,
  ports: RehearsalPorts,
): Promise<Rehearsal> {
  checkPlan(plan);
  makeFolder(folder);
  await write(folder, 'README.txt', README);
  const keys: GeneratedRsaKeyPair[] = [];
  const keyFiles: string[] = [];
  try {
    for (let i = 0; i < plan.recoveryKeys; i++) {
      ports.onProgress?.('recovery-key');
      const pair = await generateRsaKeyPair();
      keys.push(pair);
      const name = `recovery-${i}.private.der`;
      keyFiles.push(name);
      await write(folder, `recovery-${i}.public.der`, pair.spkiDer);
      await writeKey(folder, name, plan.fault === 'wrong-key' ? undefined : pair);
    }
    const publicKeys = keys.map(({ spkiDer }) => parseRsaPublicKey(spkiDer));
    const wallets = await makeRehearsalBucket(folder, plan, publicKeys, ports);
    wallets.forEach(wipeRehearsed);
    await write(folder, 'register.csv', registerOf(wallets));
  } finally {
    for (const { pkcs1Der } of keys) pkcs1Der.wipe();
  }
  return { ...plan, folder, keyFiles };
}

/** @param pair undefined for the key of somebody else, as it lies in the wrong envelope */
async function writeKey(folder: string, name: string, pair: GeneratedRsaKeyPair | undefined): Promise<void> {
  const { pkcs1Der } = pair ?? (await generateRsaKeyPair());
  try {
    await pkcs1Der.use((der) => write(folder, name, der));
  } finally {
    if (pair === undefined) pkcs1Der.wipe();
  }
}

/**
 * Makes the wallets of a rehearsal in a new folder `bucket` below a folder. The caller wipes their secrets.
 * Fails with `guard.output-exists` and `file.write-failed`.
 */
export async function makeRehearsalBucket(
  folder: string,
  plan: RehearsalPlan,
  recoveryKeys: readonly RsaPublicKey[],
  ports: RehearsalPorts,
): Promise<readonly RehearsedWallet[]> {
  makeFolder(join(folder, 'bucket'));
  const wallets: RehearsedWallet[] = [];
  for (const keyAlgorithm of plan.keyAlgorithms) {
    ports.onProgress?.('wallet');
    // The window stays alive between two wallets, each of which is a second of arithmetic.
    await new Promise(setImmediate);
    wallets.push(await makeWallet(folder, keyAlgorithm, recoveryKeys, plan, ports));
  }
  return wallets;
}

/** Wipes what was dealt to a rehearsal wallet. */
export function wipeRehearsed({ secrets }: RehearsedWallet): void {
  secrets.masterPrivateKey.fill(0);
  secrets.masterChainCode.fill(0);
}

async function makeWallet(
  folder: string,
  keyAlgorithm: KeyAlgorithm,
  [firstKey, ...otherKeys]: readonly RsaPublicKey[],
  { players, threshold, fault }: RehearsalPlan,
  { randomBytes }: RehearsalPorts,
): Promise<RehearsedWallet> {
  if (firstKey === undefined) throw new Error('a plan has a recovery key');
  const keyId = parseKeyId(randomUUID());
  const quorumId = parseQuorumId(randomUUID());
  const { files, secrets, walletPublicKey } = synthesizeWallet({
    keyId,
    quorumId,
    keyAlgorithm,
    players,
    threshold,
    recoveryKeys: [firstKey, ...otherKeys],
    randomBytes,
  });
  makeFolder(join(folder, 'bucket', keyId));
  for (const [i, file] of files.entries()) {
    const content = fault === 'damaged-shard' && i === 0 ? damageKit(file) : file;
    await write(folder, join('bucket', keyId, `recovery_shard-${i}.txt`), content);
  }
  const [first] = addressesOf(curveOfAlgorithm(keyAlgorithm), walletPublicKey);
  if (first === undefined) throw new Error('every wallet curve has an address');
  const told = fault === 'wrong-quorum-id' ? parseQuorumId(randomUUID()) : quorumId;
  return { keyId, quorumId: told, keyAlgorithm, address: first.address, secrets, walletPublicKey };
}

function registerOf(wallets: readonly RehearsedWallet[]): Uint8Array {
  const rows = wallets.map(({ keyId, quorumId, keyAlgorithm, address }): [KeyId, RegisterRow] => [
    keyId,
    {
      keyId,
      quorumId,
      keyAlgorithm,
      addresses: [address],
      environment: 'sandbox',
      bucket: '',
      note: '',
      further: {},
    },
  ]);
  return writeRegisterCsv(new Map(rows));
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') throw new RecoveryError('guard.output-exists', { file: folder });
    throw new RecoveryError('file.write-failed', { file: folder, reason: errnoOf(error) });
  }
}

function write(folder: string, name: string, content: Uint8Array | string): Promise<void> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return writeExclusive(join(folder, name), bytes);
}
