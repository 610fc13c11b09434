import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseKeyId, parseQuorumId, type KeyId, type QuorumId } from '../../../shared/ids.ts';
import { curveOfAlgorithm, KEY_ALGORITHMS, type KeyAlgorithm } from '../../../shared/key-algorithm.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { addressesOf } from '../../engine/address/addresses.ts';
import { equalBytes } from '../../engine/bytes/compare.ts';
import { synthesizeKit, type SyntheticKit } from '../../engine/kit/synthesize-kit.ts';
import { generateRsaKeyPair } from '../../engine/rsa/generate.ts';
import { readRsaPrivateKey } from '../../engine/rsa/private-key.ts';
import { errnoOf } from '../../files/read-capped.ts';
import { labelOf } from '../../session/label.ts';
import { loadOneWallet } from '../../session/load-wallets.ts';
import { recoverWallet, wipeRecovered, type RecoveredWallet } from '../../session/recover-wallet.ts';
import { fileRecoveryKey, type RecoveryKey } from '../../session/recovery-key.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { HSM_OPTIONS, readHsmOptions } from '../hsm-options.ts';
import { openHsmKey } from '../open-hsm.ts';
import { showChecks, showDecryptions, showShares } from '../progress.ts';
import { recoveredLine } from '../recovered-line.ts';
import { describeRecovered } from '../text/wallet.ts';
import { identify } from '../wallet-line.ts';

/** `drill`: the whole recovery, on wallets that exist for it alone. */
export const DRILL: Command = {
  name: 'drill',
  summary: 'make a sandbox wallet, verify and recover it, compare, and remove it',
  usage: '[--pkcs11-module FILE ...] [options]',
  options: { ...HSM_OPTIONS, ...COMMON_OPTIONS },
  takesPaths: false,
  run: drill,
};

const PLAYERS = 3;
const THRESHOLD = 1;

/** A sandbox wallet whose secrets are known, to compare what recovery gives. */
interface SandboxWallet {
  readonly keyId: KeyId;
  readonly quorumId: QuorumId;
  readonly keyAlgorithm: KeyAlgorithm;
  readonly kit: SyntheticKit;
  readonly folder: string;
}

async function drill(context: CommandContext): Promise<ExitCode> {
  const { options, output, cleanUp } = context;
  const hsm = readHsmOptions(options);
  const bucket = onDisk(() => mkdtempSync(join(tmpdir(), 'breakglass-drill-')));
  const sandbox = cleanUp.add(() => {
    rmSync(bucket, { recursive: true, force: true });
  });
  try {
    const recoveryKey = hsm === undefined ? await makeRecoveryKey(context) : await openHsmKey(hsm, context);
    for (const keyAlgorithm of KEY_ALGORITHMS) {
      await drillWallet(makeSandboxWallet(bucket, keyAlgorithm, recoveryKey, context), recoveryKey, context);
    }
    await recoveryKey.close();
  } finally {
    sandbox.undo();
  }
  if (!output.json) output.note('The drill went well. The sandbox wallets were removed.');
  return 0;
}

/** The private key stays in memory: it goes through the reader of key files, but never to the disk. */
async function makeRecoveryKey({ output }: CommandContext): Promise<RecoveryKey> {
  output.progress('Making an RSA-4096 recovery key pair');
  const { pkcs1Der } = await generateRsaKeyPair();
  try {
    return fileRecoveryKey(await pkcs1Der.use((der) => readRsaPrivateKey(der)));
  } finally {
    pkcs1Der.wipe();
  }
}

function makeSandboxWallet(
  bucket: string,
  keyAlgorithm: KeyAlgorithm,
  { publicKey }: RecoveryKey,
  { output, randomBytes }: CommandContext,
): SandboxWallet {
  const keyId = parseKeyId(randomUUID());
  const quorumId = parseQuorumId(randomUUID());
  output.progress(`Making a sandbox wallet, ${keyAlgorithm}`);
  const kit = synthesizeKit({
    keyId,
    quorumId,
    keyAlgorithm,
    players: PLAYERS,
    threshold: THRESHOLD,
    recoveryKey: publicKey,
    randomBytes,
  });
  const folder = join(bucket, keyId);
  onDisk(() => {
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(join(folder, 'recovery_shard-0.txt'), kit.file, { flag: 'wx', mode: 0o600 });
  });
  return { keyId, quorumId, keyAlgorithm, kit, folder };
}

/** A temporary folder that is full, read-only or absent is no bug of ours. Fails with `file.write-failed`. */
function onDisk<Value>(write: () => Value): Value {
  try {
    return write();
  } catch (error) {
    throw new RecoveryError('file.write-failed', { file: tmpdir(), reason: errnoOf(error) });
  }
}

async function drillWallet(
  sandbox: SandboxWallet,
  recoveryKey: RecoveryKey,
  context: CommandContext,
): Promise<void> {
  const { output, randomBytes } = context;
  const { keyId, quorumId, keyAlgorithm } = sandbox;
  const { wallet, warnings } = await loadOneWallet([sandbox.folder], undefined);
  const label = labelOf(wallet, { keyId, quorumId, label: undefined, register: undefined });
  const identity = identify(wallet, label, warnings);
  const expectedAddress = expectedAddressOf(sandbox);
  const recovery = await recoverWallet(wallet, {
    recoveryKey: showDecryptions(output, recoveryKey, PLAYERS),
    label,
    path: undefined,
    keyAlgorithm,
    expectedAddress,
    chainCodeIsSeed: false,
    randomBytes,
    onCheck: showChecks(output, identity),
    onShare: showShares(output),
  });
  if (recovery.kind === 'refused') throw new RecoveryError(recovery.fault.code, recovery.fault.details);
  try {
    compareSecrets(sandbox, recovery);
    const line = recoveredLine('drill', identity, recovery, expectedAddress);
    output.report(line, () => describeRecovered(line, recovery));
  } finally {
    wipeRecovered(recovery);
  }
}

/** The sandbox's own first address, made from the public key that its maker derived. */
function expectedAddressOf({ kit, keyAlgorithm }: SandboxWallet): string {
  const [first] = addressesOf(curveOfAlgorithm(keyAlgorithm), kit.walletPublicKey);
  if (first === undefined) throw new Error('every wallet curve has an address');
  return first.address;
}

function compareSecrets({ kit }: SandboxWallet, { master, key, matchingAddress }: RecoveredWallet): void {
  const { masterPrivateKey, masterChainCode } = kit.secrets;
  const same =
    master.privateKey.use((bytes) => equalBytes(bytes, masterPrivateKey)) &&
    master.chainCode?.use((bytes) => equalBytes(bytes, masterChainCode)) === true &&
    equalBytes(key.curve.encodeCompressed(key.publicKey), kit.walletPublicKey) &&
    matchingAddress !== undefined;
  masterPrivateKey.fill(0);
  masterChainCode.fill(0);
  if (!same) throw new RecoveryError('recovered-key.mismatch');
}
