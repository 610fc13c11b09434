import type { KeyId } from '../../../shared/ids.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { settle } from '../../../shared/result.ts';
import type { Warning } from '../../../shared/warning.ts';
import type { Wallet } from '../../engine/kit/wallet.ts';
import { parseRsaPublicKey, type RsaPublicKey } from '../../engine/rsa/public-key.ts';
import { MAX_KEY_FILE_BYTES, withFile } from '../../files/with-file.ts';
import { labelOf, type LabelSource } from '../../session/label.ts';
import { loadOneWallet, loadWallets, type LoadedGroup } from '../../session/load-wallets.ts';
import { verifyCopy, worstVerdict, type CopyReport } from '../../session/verify-wallet.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import { exitCodeOf, worse, type ExitCode } from '../exit-code.ts';
import { LABEL_OPTIONS, readLabelSource } from '../label-options.ts';
import { showChecks } from '../progress.ts';
import { describeWallet } from '../text/wallet.ts';
import { faultLine, identify, unidentified, verdictLine, type WalletLine } from '../wallet-line.ts';

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
  let worst: ExitCode = 0;
  let count = 0;
  let ignored = 0;
  const report = (line: WalletLine): void => {
    output.report(line, () => describeWallet(line));
    if (line.code !== null) worst = worse(worst, exitCodeOf(line.code));
    count++;
  };
  for await (const group of walletGroups(options.paths, source.keyId)) {
    for (const { files, keyId, fault } of group.faults)
      report(faultLine('verify', unidentified(files, keyId), fault));
    for (const wallet of group.wallets) {
      report(await verifyWallet(wallet, group.warnings, source, ersPublicKey, context));
    }
    ignored += group.ignored.length;
  }
  if (!output.json && (count > 1 || ignored > 0)) {
    output.note(`${count} ${count === 1 ? 'wallet' : 'wallets'}; ${ignored} other files were left alone.`);
  }
  return worst;
}

/** A key id given by hand is about one wallet, wherever below the paths it is. */
async function* walletGroups(
  paths: readonly string[],
  keyId: KeyId | undefined,
): AsyncGenerator<LoadedGroup> {
  if (keyId === undefined) yield* loadWallets(paths);
  else {
    const { wallet, warnings } = await loadOneWallet(paths, keyId);
    yield { wallets: [wallet], faults: [], ignored: [], warnings };
  }
}

async function verifyWallet(
  wallet: Wallet,
  warnings: readonly Warning[],
  source: LabelSource,
  ersPublicKey: RsaPublicKey | undefined,
  { output, randomBytes }: CommandContext,
): Promise<WalletLine> {
  const label = labelOf(wallet, source);
  const identity = identify(wallet, label, warnings);
  const reports: CopyReport[] = [];
  const result = await settle(async () => {
    for (const copy of wallet.copies) {
      const onCheck = showChecks(output, identity);
      reports.push(await verifyCopy(wallet, copy, { label, ersPublicKey, randomBytes, onCheck }));
    }
  });
  return result.ok
    ? verdictLine('verify', identity, worstVerdict(reports), reports)
    : faultLine('verify', identity, result.fault, reports);
}
