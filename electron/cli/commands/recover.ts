import { ERROR_CODES } from '../../../shared/error-codes.ts';
import { KEY_ALGORITHMS } from '../../../shared/key-algorithm.ts';
import { RecoveryError, type Fault } from '../../../shared/recovery-error.ts';
import { settle, type Result } from '../../../shared/result.ts';
import { summarize } from '../../engine/ers/backup.ts';
import { parsePath } from '../../engine/derive/path.ts';
import type { Wallet } from '../../engine/kit/wallet.ts';
import { refuseExisting } from '../../files/write-exclusive.ts';
import { registerWarnings } from '../../record/environments.ts';
import { expectedAddressOf } from '../../record/register-fields.ts';
import { labelOf, type Label } from '../../session/label.ts';
import { loadOneWallet } from '../../session/load-wallets.ts';
import {
  exportKeyOf,
  recoverWallet,
  wipeRecovered,
  type RecoveredWallet,
  type RefusedWallet,
} from '../../session/recover-wallet.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import { exitCodeOf, type ExitCode } from '../exit-code.ts';
import {
  EXPORT_OPTIONS,
  exportRequestOf,
  requireConfirmedAddress,
  type ExportRequest,
} from '../export-options.ts';
import { HSM_OPTIONS } from '../hsm-options.ts';
import { writeKeyFile } from '../key-output.ts';
import { LABEL_OPTIONS, readLabelSource } from '../label-options.ts';
import { PASSWORD_OPTIONS } from '../password.ts';
import { showChecks, showDecryptions, showShares } from '../progress.ts';
import { recoveredLine, revealedKeys, type RecoveredLine } from '../recovered-line.ts';
import { chooseRecoveryKey } from '../recovery-key-option.ts';
import { noteFile, noteShown, RecoveryNotes } from '../recovery-notes.ts';
import { RUN_RECORD_OPTIONS } from '../run-record-options.ts';
import { sentenceOf } from '../text/faults.ts';
import { describeRecovered, describeWallet } from '../text/wallet.ts';
import { faultLine, filesOf, identify, unidentified, type WalletIdentity } from '../wallet-line.ts';

/** `recover`: rebuilds one wallet's key and shows its addresses; the key itself only on request. */
export const RECOVER: Command = {
  name: 'recover',
  summary: 'rebuild the key of one wallet and show its addresses',
  usage: '--recovery-kit-file PATH --private-key-file FILE --quorum-id UUID --key-id UUID [options]',
  options: {
    'recovery-kit-file': {
      value: 'PATH',
      repeatable: true,
      help: 'shard file or folder; may be given several times',
    },
    'private-key-file': {
      value: 'FILE',
      help: 'RSA recovery private key, of any kind; or name one in an HSM',
    },
    ...HSM_OPTIONS,
    'key-type': { value: 'TYPE', help: 'SECP256K1 or ED25519, for a kit that does not say' },
    path: {
      value: 'PATH',
      help: "non-hardened path below the master key, in place of the wallet's own; m is the master",
    },
    ...LABEL_OPTIONS,
    ...EXPORT_OPTIONS,
    'chain-code-seed': { help: "read an old backup's chain code as the seed of one" },
    ...PASSWORD_OPTIONS,
    'output-password-file': { value: 'FILE', help: 'password of the output file, where it is another one' },
    ...RUN_RECORD_OPTIONS,
    ...COMMON_OPTIONS,
  },
  takesPaths: false,
  holdsKey: 'recovery',
  recordMode: 'live',
  run: recover,
};

async function recover(context: CommandContext): Promise<ExitCode> {
  const { options, output, record } = context;
  options.required('recovery-kit-file');
  const chosenKey = chooseRecoveryKey(context);
  const pathText = options.optional('path');
  const path = pathText === undefined ? undefined : parsePath(pathText);
  const keyType = options.choice('key-type', KEY_ALGORITHMS);
  // Said now and not when the key has been rebuilt: a call that is wrong costs nothing.
  const request = exportRequestOf(options);
  const source = await readLabelSource(options, record);
  const loaded = await settle(() => loadOneWallet(options.all('recovery-kit-file'), source.keyId));
  if (!loaded.ok) {
    const identity = unidentified(filesOf(loaded.fault), source.keyId, source.quorumId);
    return reportFault(identity, loaded.fault, context);
  }
  const { wallet, warnings } = loaded.value;
  const label = labelOf(wallet, source);
  const ofRegister = source.register === undefined ? [] : registerWarnings(source.register);
  const identity = identify(wallet, label, [...warnings, ...ofRegister]);
  const row = label.keyId === undefined ? undefined : source.register?.get(label.keyId);
  const known = { label, keyAlgorithm: keyType ?? row?.keyAlgorithm, row };
  const notes = new RecoveryNotes(record, loaded.value, known);
  const onCheck = showChecks(output, identity);
  const result = await settle(async () => {
    if (request.outputFile !== undefined) refuseExisting(request.outputFile);
    // Whoever gives a register wants the wallet compared with it, so one that it does not list is not opened.
    if (source.register !== undefined && row === undefined) throw notListed(label);
    requireLabel(wallet, label);
    request.formatOn(summarize(wallet.copies[0].backup).curve);
    const recoveryKey = await chosenKey.open();
    try {
      return await recoverWallet(wallet, {
        recoveryKey: showDecryptions(output, recoveryKey, identity.players ?? 0),
        label,
        path,
        keyAlgorithm: known.keyAlgorithm,
        expectedAddress: expectedAddressOf(row),
        chainCodeIsSeed: options.has('chain-code-seed'),
        randomBytes: context.randomBytes,
        onCheck: (check) => {
          notes.checked();
          onCheck(check);
        },
        onShare: showShares(output),
      });
    } finally {
      await recoveryKey.close();
    }
  });
  if (!result.ok) return reportFault(identity, result.fault, context);
  const recovery = result.value;
  if (recovery.kind === 'refused') {
    notes.ended(recovery, undefined);
    return reportFault(identity, recovery.fault, context, recovery);
  }
  try {
    notes.ended(recovery, expectedAddressOf(row));
    const expectedAddress = row === undefined ? undefined : (expectedAddressOf(row) ?? null);
    return await reportRecovered(identity, recovery, { request, expectedAddress }, context);
  } finally {
    wipeRecovered(recovery);
  }
}

function notListed({ keyId }: Label): RecoveryError {
  return new RecoveryError('register.not-listed', keyId === undefined ? {} : { keyId });
}

/** Which id is missing, where a wallet's label is made of two. */
function requireLabel(wallet: Wallet, label: Label): void {
  if (label.bytes !== undefined) return;
  if (wallet.convention === 'none') throw new RecoveryError('label.missing');
  throw new RecoveryError(label.keyId === undefined ? 'key-id.missing' : 'quorum-id.missing');
}

function reportFault(
  identity: WalletIdentity,
  fault: Fault,
  { output, record }: CommandContext,
  refused?: RefusedWallet,
): ExitCode {
  record.fault(fault);
  const reports = refused === undefined ? [] : [refused.report];
  const line = { ...faultLine('recover', identity, fault, reports), recovered: false };
  output.report(line, () => describeWallet(line));
  return exitCodeOf(fault.code);
}

/** Writes the key where it was asked for, then reports; a fault of writing does not hide that the key was recovered. */
async function reportRecovered(
  identity: WalletIdentity,
  recovery: RecoveredWallet,
  {
    request,
    expectedAddress,
  }: { readonly request: ExportRequest; readonly expectedAddress: string | null | undefined },
  context: CommandContext,
): Promise<ExitCode> {
  const { output, record } = context;
  const { outputFile, showKey } = request;
  const wanted = showKey || outputFile !== undefined;
  const expected = expectedAddress ?? undefined;
  const mismatch = expected !== undefined && recovery.matchingAddress === undefined;
  const exported = await settle(async () => {
    if (mismatch) {
      throw new RecoveryError(wanted ? 'guard.address-mismatch' : 'address.mismatch', { expected });
    }
    if (wanted) requireConfirmedAddress(recovery, expected, context.options);
    if (outputFile === undefined) return;
    const format = request.formatOn(recovery.key.curve.name);
    const file = { file: outputFile, format, key: exportKeyOf(recovery) };
    noteFile(record, recovery, file, await writeKeyFile(file, context));
  });
  if (!exported.ok) record.fault(exported.fault);
  const shown = showKey && mayShow(exported);
  // Before it is shown: what is noted too much does no harm.
  if (shown) noteShown(record, recovery);
  const line: RecoveredLine = {
    ...recoveredLine('recover', identity, recovery, expectedAddress),
    ...(exported.ok ? {} : { code: exported.fault.code, message: sentenceOf(exported.fault) }),
    ...(exported.ok && outputFile !== undefined
      ? { outputFile, outputFormat: request.formatOn(recovery.key.curve.name) }
      : {}),
    ...(shown ? revealedKeys(recovery) : {}),
  };
  output.report(line, () => describeRecovered(line, recovery));
  // That a backup carries no proof is a warning here: its key was recovered and equals its public key.
  return exported.ok ? 0 : exitCodeOf(exported.fault.code);
}

/** A file that could not be written does not hide the key that was asked for on the terminal; a guard does. */
function mayShow(exported: Result<void>): boolean {
  return (
    exported.ok ||
    ERROR_CODES[exported.fault.code] !== 'guard' ||
    exported.fault.code === 'guard.output-exists'
  );
}
