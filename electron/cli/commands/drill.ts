import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { KeyId } from '../../../shared/ids.ts';
import { KEY_ALGORITHMS } from '../../../shared/key-algorithm.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import {
  EXPECTED_CODES,
  REHEARSAL_FAULTS,
  type RehearsalFault,
  type RehearsalPlan,
} from '../../../shared/rehearsal.ts';
import { settle } from '../../../shared/result.ts';
import { equalBytes } from '../../engine/bytes/compare.ts';
import { generateRsaKeyPair } from '../../engine/rsa/generate.ts';
import { readRsaPrivateKey } from '../../engine/rsa/private-key.ts';
import { errnoOf } from '../../files/read-capped.ts';
import { labelOf } from '../../session/label.ts';
import { loadOneWallet } from '../../session/load-wallets.ts';
import { rehearsedEntry } from '../../session/record-entries.ts';
import { recoverWallet, wipeRecovered, type RecoveredWallet } from '../../session/recover-wallet.ts';
import { fileRecoveryKey, type RecoveryKey } from '../../session/recovery-key.ts';
import {
  checkPlan,
  makeRehearsal,
  makeRehearsalBucket,
  wipeRehearsed,
  type RehearsedWallet,
} from '../../session/rehearsal-kit.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import { exitCodeOf, worse, type ExitCode } from '../exit-code.ts';
import { HSM_OPTIONS, readHsmOptions } from '../hsm-options.ts';
import { openHsmKey } from '../open-hsm.ts';
import { showChecks, showDecryptions, showShares } from '../progress.ts';
import { recoveredLine } from '../recovered-line.ts';
import { RecoveryNotes } from '../recovery-notes.ts';
import { RUN_RECORD_OPTIONS } from '../run-record-options.ts';
import { describeRecovered, describeWallet } from '../text/wallet.ts';
import { faultLine, identify } from '../wallet-line.ts';

/** `drill`: the whole recovery, on wallets that exist for it alone, good ones or with a fault on purpose. */
export const DRILL: Command = {
  name: 'drill',
  summary: 'make a sandbox wallet, verify and recover it, compare, and remove it',
  usage: '[--players N] [--needed M] [--fault FAULT] [--pkcs11-module FILE ...] [options]',
  options: {
    players: { value: 'N', help: 'players of the sandbox wallets: 2 to 20; 3 unless given' },
    needed: { value: 'M', help: 'how many of them make the key: 2 to N; 2 unless given' },
    'key-type': { value: 'TYPE', help: 'SECP256K1 or ED25519; one wallet of each unless given' },
    'recovery-keys': { value: 'K', help: 'how many RSA keys each wallet is backed up to: 1 to 4' },
    fault: {
      value: 'FAULT',
      help: 'rehearse a fault: wrong-quorum-id, damaged-shard or wrong-key; the drill is good when it is found',
    },
    'make-kit': {
      value: 'FOLDER',
      help: 'only make the files of a drill, in a new folder, to rehearse on with the app or recover',
    },
    ...HSM_OPTIONS,
    ...RUN_RECORD_OPTIONS,
    ...COMMON_OPTIONS,
  },
  takesPaths: false,
  recordMode: 'drill',
  run: drill,
};

async function drill(context: CommandContext): Promise<ExitCode> {
  const { options, output, cleanUp, randomBytes, record } = context;
  const plan = planOf(context);
  const hsm = readHsmOptions(options);
  const kitFolder = options.optional('make-kit');
  if (kitFolder !== undefined && options.has('record')) {
    throw new RecoveryError('usage.invalid', { option: '--record', reason: 'with --make-kit' });
  }
  if (kitFolder !== undefined) return makeKit(kitFolder, plan, context);
  const folder = onDisk(() => mkdtempSync(join(tmpdir(), 'breakglass-drill-')));
  const sandbox = cleanUp.add(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  let worst: ExitCode = 0;
  try {
    const keys =
      hsm === undefined
        ? await makeRecoveryKeys(plan, context)
        : [record.opened(await openHsmKey(hsm, context), 'hsm')];
    const wallets = await makeRehearsalBucket(
      folder,
      plan,
      keys.map(({ publicKey }) => publicKey),
      {
        randomBytes,
        onProgress: () => {
          output.progress('Making a sandbox wallet');
        },
      },
    );
    const used = plan.fault === 'wrong-key' ? [await makeRecoveryKey(context)] : keys;
    // Of several copies the first one is damaged; by the other keys the wallet is still recovered.
    const tried = plan.fault === 'damaged-shard' ? used.slice(0, 1) : used;
    for (const wallet of wallets) {
      for (const key of tried)
        worst = worse(worst, await drillWallet(wallet, { folder, key, plan }, context));
      wipeRehearsed(wallet);
    }
    for (const key of keys) await key.close();
    // A drill that could not be held to its end has none: what kept it is noted.
    record.add(rehearsedEntry(plan, worst === 0));
  } finally {
    sandbox.undo();
  }
  if (!output.json) output.note(endOf(plan.fault, worst));
  return worst;
}

function endOf(fault: RehearsalFault, worst: ExitCode): string {
  if (worst !== 0) return 'The drill failed. The sandbox wallets were removed.';
  return fault === 'none'
    ? 'The drill went well. The sandbox wallets were removed.'
    : 'The drill went well: the fault was found, and told as above. The sandbox wallets were removed.';
}

/** Fails with `usage.invalid`. */
function planOf({ options }: CommandContext): RehearsalPlan {
  const keyType = options.choice('key-type', KEY_ALGORITHMS);
  const plan: RehearsalPlan = {
    players: numberOf(options.optional('players'), 3),
    threshold: numberOf(options.optional('needed'), 2) - 1,
    keyAlgorithms: keyType === undefined ? KEY_ALGORITHMS : [keyType],
    recoveryKeys: numberOf(options.optional('recovery-keys'), 1),
    fault: options.choice('fault', REHEARSAL_FAULTS) ?? 'none',
  };
  checkPlan(plan);
  const withToken = readHsmOptions(options) !== undefined;
  if (withToken && (plan.recoveryKeys > 1 || plan.fault === 'wrong-key')) {
    throw new RecoveryError('usage.invalid', { reason: 'one key in a token' });
  }
  return plan;
}

/** What is no number is out of every range. */
function numberOf(text: string | undefined, otherwise: number): number {
  return text === undefined ? otherwise : /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
}

async function makeKit(
  folder: string,
  plan: RehearsalPlan,
  { output, randomBytes }: CommandContext,
): Promise<ExitCode> {
  const made = await makeRehearsal(folder, plan, {
    randomBytes,
    onProgress: (what) => {
      output.progress(what === 'wallet' ? 'Making a sandbox wallet' : 'Making an RSA-4096 recovery key pair');
    },
  });
  output.clearProgress();
  output.report({ command: 'drill', ...made }, () => [
    `Made a drill kit in ${made.folder}`,
    `  register      ${join(made.folder, 'register.csv')}`,
    ...made.keyFiles.map((name) => `  recovery key  ${join(made.folder, name)}`),
  ]);
  return 0;
}

/** The private key stays in memory: it goes through the reader of key files, but never to the disk. */
async function makeRecoveryKey({ output, record }: CommandContext): Promise<RecoveryKey> {
  output.progress('Making an RSA-4096 recovery key pair');
  const { pkcs1Der } = await generateRsaKeyPair();
  try {
    return record.opened(fileRecoveryKey(await pkcs1Der.use((der) => readRsaPrivateKey(der))), 'file');
  } finally {
    pkcs1Der.wipe();
  }
}

async function makeRecoveryKeys(
  { recoveryKeys }: RehearsalPlan,
  context: CommandContext,
): Promise<readonly RecoveryKey[]> {
  const keys: RecoveryKey[] = [];
  while (keys.length < recoveryKeys) keys.push(await makeRecoveryKey(context));
  return keys;
}

/** A temporary folder that is full, read-only or absent is no bug of ours. Fails with `file.write-failed`. */
function onDisk<Value>(write: () => Value): Value {
  try {
    return write();
  } catch (error) {
    throw new RecoveryError('file.write-failed', { file: tmpdir(), reason: errnoOf(error) });
  }
}

/** One wallet by one recovery key, and whether what came out is what had to. */
async function drillWallet(
  rehearsed: RehearsedWallet,
  { folder, key, plan }: { readonly folder: string; readonly key: RecoveryKey; readonly plan: RehearsalPlan },
  context: CommandContext,
): Promise<ExitCode> {
  const { output, randomBytes, record } = context;
  const { keyId, quorumId, keyAlgorithm, address } = rehearsed;
  const loaded = await loadOneWallet([walletFolder(folder, keyId)], undefined);
  const { wallet, warnings } = loaded;
  const label = labelOf(wallet, { keyId, quorumId, label: undefined, register: undefined });
  const identity = identify(wallet, label, warnings);
  const notes = new RecoveryNotes(record, loaded, { label, keyAlgorithm, row: undefined });
  const onCheck = showChecks(output, identity);
  const settled = await settle(async () => {
    const recovery = await recoverWallet(wallet, {
      recoveryKey: showDecryptions(output, key, plan.players),
      label,
      path: undefined,
      keyAlgorithm,
      expectedAddress: address,
      chainCodeIsSeed: false,
      randomBytes,
      onCheck: (check) => {
        notes.checked();
        onCheck(check);
      },
      onShare: showShares(output),
    });
    if (recovery.kind === 'refused') {
      notes.ended(recovery, undefined);
      throw new RecoveryError(recovery.fault.code, recovery.fault.details);
    }
    try {
      notes.ended(recovery, address);
      if (plan.fault !== 'none') throw new RecoveryError('drill.fault-not-found', { fault: plan.fault });
      compareSecrets(rehearsed, recovery);
      const line = recoveredLine('drill', identity, recovery, address);
      output.report(line, () => describeRecovered(line, recovery));
    } finally {
      wipeRecovered(recovery);
    }
  });
  if (settled.ok) return 0;
  record.fault(settled.fault);
  const line = faultLine('drill', identity, settled.fault);
  output.report(line, () => describeWallet(line));
  const { code } = settled.fault;
  return code === EXPECTED_CODES[plan.fault] ? 0 : exitCodeOf(code);
}

function walletFolder(folder: string, keyId: KeyId): string {
  return join(folder, 'bucket', keyId);
}

function compareSecrets(
  { secrets, walletPublicKey }: RehearsedWallet,
  { master, key, matchingAddress }: RecoveredWallet,
): void {
  const { masterPrivateKey, masterChainCode } = secrets;
  const same =
    master.privateKey.use((bytes) => equalBytes(bytes, masterPrivateKey)) &&
    master.chainCode?.use((bytes) => equalBytes(bytes, masterChainCode)) === true &&
    equalBytes(key.curve.encodeCompressed(key.publicKey), walletPublicKey) &&
    matchingAddress !== undefined;
  if (!same) throw new RecoveryError('recovered-key.mismatch');
}
