import { RecoveryError } from '../../../shared/recovery-error.ts';
import { settle } from '../../../shared/result.ts';
import { verdictOfFault } from '../../../shared/verdict-word.ts';
import type { Warning } from '../../../shared/warning.ts';
import { readKitFile } from '../../engine/kit/kit-file.ts';
import { palisadeLabel } from '../../engine/kit/label.ts';
import { sortIntoWallets } from '../../engine/kit/wallet.ts';
import type { KnownRow, WalletFile, WalletFinding } from '../../proof-pool/wallet-job.ts';
import { recoverVerified, wipeRecovered } from '../recover-wallet.ts';
import type { RecoveryKey } from '../recovery-key.ts';
import { copyFor } from '../unlock.ts';

/**
 * Recovers one verified wallet, compares its addresses with the register and wipes its key again; nothing of the key is
 * left or shown. What is wrong with this wallet is its finding.
 * Fails with the codes of `hsm.` and `pin.`: a token that is gone is gone for every wallet.
 * @param finding of the worker that verified the files
 * @param files of its folder, the same bytes
 * @param row of the register
 */
export async function recoverUnit(
  finding: WalletFinding,
  files: readonly WalletFile[],
  row: KnownRow | undefined,
  recoveryKey: RecoveryKey,
): Promise<WalletFinding> {
  const good =
    finding.verdict === 'valid' || finding.copies.every(({ verdict }) => verdict.kind !== 'invalid');
  if (!good || finding.copies.length === 0) return { ...finding, comparison: 'not-compared' };
  if (row === undefined) {
    const code = 'register.not-listed';
    return {
      ...finding,
      ...{ verdict: verdictOfFault(code), code, details: {}, comparison: 'not-compared' },
    };
  }
  const recovered = await settle(() => recover(finding, files, row, recoveryKey));
  if (recovered.ok) return { ...finding, ...recovered.value };
  const { code, details } = recovered.fault;
  if (/^(?:hsm|pin)\./.test(code)) throw new RecoveryError(code, details);
  return { ...finding, verdict: verdictOfFault(code), code, details, comparison: 'not-compared' };
}

async function recover(
  { files: names, copies, verdict, warnings }: WalletFinding,
  files: readonly WalletFile[],
  row: KnownRow,
  recoveryKey: RecoveryKey,
): Promise<Pick<WalletFinding, 'verdict' | 'code' | 'details' | 'comparison' | 'warnings'>> {
  const kits = files
    .filter(({ file }) => names.includes(file))
    .map(({ file, keyId, content }) => ({ file, keyId, kit: readKitFile(content) }));
  const [wallet] = sortIntoWallets(kits);
  if (wallet === undefined) throw new Error('the files made a wallet before');
  const copy = copyFor(wallet, recoveryKey.publicKey);
  const verified = copies.find(
    ({ recoveryKeyHex }) => recoveryKeyHex === (copy.recoveryKey?.fingerprintHex ?? ''),
  );
  if (verified === undefined) throw new Error('every copy was verified');
  const expectedAddress = row.addresses.length === 0 ? undefined : row.addresses.join(' ');
  const recovery = await recoverVerified(
    wallet,
    { copy, verdict: verified.verdict, checks: verified.checks },
    {
      recoveryKey,
      label: {
        bytes: palisadeLabel(row.quorumId, row.keyId),
        keyId: row.keyId,
        quorumId: row.quorumId,
        missing: 'label.unknown',
      },
      path: undefined,
      keyAlgorithm: row.keyAlgorithm,
      expectedAddress,
      chainCodeIsSeed: false,
      onShare: () => undefined,
    },
  );
  if (recovery.kind === 'refused') throw new RecoveryError(recovery.fault.code, recovery.fault.details);
  try {
    const known = new Set(warnings.map(({ code }) => code));
    const all: readonly Warning[] = [
      ...warnings,
      ...recovery.warnings.filter(({ code }) => !known.has(code)),
      ...(expectedAddress === undefined ? [{ code: 'register.no-address', details: {} } as const] : []),
    ];
    const good = { verdict, code: null, details: {}, warnings: all } as const;
    if (expectedAddress === undefined) return { ...good, comparison: 'not-given' };
    if (recovery.matchingAddress !== undefined) return { ...good, comparison: 'matched' };
    const details = { expected: expectedAddress };
    return { ...good, code: 'address.mismatch', details, comparison: 'mismatched' };
  } finally {
    wipeRecovered(recovery);
  }
}
