import type { KeyId } from '../../../shared/ids.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { settle } from '../../../shared/result.ts';
import type { Warning } from '../../../shared/warning.ts';
import type { Wallet } from '../../engine/kit/wallet.ts';
import { parseRsaPublicKey, type RsaPublicKey } from '../../engine/rsa/public-key.ts';
import { MAX_KEY_FILE_BYTES } from '../../engine/rsa/key-file.ts';
import { withFile } from '../../files/with-file.ts';
import { registerWarnings } from '../../record/environments.ts';
import { labelOf, type LabelSource } from '../../session/label.ts';
import { loadOneWallet, loadWallets, type LoadedGroup } from '../../session/load-wallets.ts';
import { verifyWallet, worstVerdict } from '../../session/verify-wallet.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import { exitCodeOf, worse, type ExitCode } from '../exit-code.ts';
import { LABEL_OPTIONS, readLabelSource } from '../label-options.ts';
import { showChecks } from '../progress.ts';
import { passedOverSentence } from '../text/passed-over.ts';
import { describeWallet } from '../text/wallet.ts';
import { faultLine, filesOf, identify, unidentified, verdictLine, type WalletLine } from '../wallet-line.ts';

/** `verify`: public validation of every wallet below the paths. */
export const VERIFY: Command = {
  name: 'verify',
  summary: 'check backups with public data only; no secret is needed',
  usage: 'PATH... [options]',
  options: {
    ...LABEL_OPTIONS,
    'ers-public-key': { value: 'FILE', help: 'RSA public key of a raw ERS file, which does not carry it' },
    ...COMMON_OPTIONS,
  },
  takesPaths: true,
  run: verify,
};

async function verify(context: CommandContext): Promise<ExitCode> {
  const { options, output } = context;
  if (options.paths.length === 0) throw new RecoveryError('usage.invalid', { reason: 'no path' });
  const source = await readLabelSource(options);
  const keyFile = options.optional('ers-public-key');
  const ersPublicKey =
    keyFile === undefined ? undefined : await withFile(keyFile, MAX_KEY_FILE_BYTES, parseRsaPublicKey);
  const ofRegister = source.register === undefined ? [] : registerWarnings(source.register);
  let worst: ExitCode = 0;
  let count = 0;
  let ignored = 0;
  let passedOver = 0;
  const onPassedOver = (): void => {
    passedOver++;
  };
  const report = (line: WalletLine): void => {
    output.report(line, () => describeWallet(line));
    if (line.code !== null) worst = worse(worst, exitCodeOf(line.code));
    count++;
  };
  for await (const group of walletGroups(options.paths, source.keyId, onPassedOver)) {
    for (const { files, keyId, fault } of group.faults) {
      const quorumId = source.keyId === undefined ? undefined : source.quorumId;
      report(faultLine('verify', unidentified(files, keyId, quorumId), fault));
    }
    for (const wallet of group.wallets) {
      report(await verifyOne(wallet, [...group.warnings, ...ofRegister], source, ersPublicKey, context));
    }
    ignored += group.ignored.length;
  }
  if (!output.json && (count > 1 || ignored > 0)) {
    output.note(`${count} ${count === 1 ? 'wallet' : 'wallets'}; ${ignored} other files were left alone.`);
  }
  if (!output.json && passedOver > 0) output.note(passedOverSentence(passedOver));
  return worst;
}

/** A key id given by hand is about one wallet, wherever below the paths it is. */
async function* walletGroups(
  paths: readonly string[],
  keyId: KeyId | undefined,
  onPassedOver: () => void,
): AsyncGenerator<LoadedGroup> {
  if (keyId === undefined) {
    yield* loadWallets(paths, onPassedOver);
    return;
  }
  const loaded = await settle(() => loadOneWallet(paths, keyId));
  if (loaded.ok) {
    const { wallet, warnings } = loaded.value;
    yield { wallets: [wallet], faults: [], ignored: [], warnings };
  } else {
    const { fault } = loaded;
    yield { wallets: [], faults: [{ files: filesOf(fault), keyId, fault }], ignored: [], warnings: [] };
  }
}

async function verifyOne(
  wallet: Wallet,
  warnings: readonly Warning[],
  source: LabelSource,
  ersPublicKey: RsaPublicKey | undefined,
  { output, randomBytes }: CommandContext,
): Promise<WalletLine> {
  const label = labelOf(wallet, source);
  const identity = identify(wallet, label, warnings);
  const onCheck = showChecks(output, identity);
  const result = await settle(() => verifyWallet(wallet, { label, ersPublicKey, randomBytes, onCheck }));
  if (!result.ok) return faultLine('verify', identity, result.fault);
  const { reports, warnings: ofKeys } = result.value;
  const line = verdictLine('verify', identity, worstVerdict(reports), reports);
  return { ...line, warnings: [...line.warnings, ...ofKeys] };
}
