import type { CheckResult } from '../../shared/checks.ts';
import type { Warning } from '../../shared/warning.ts';
import type { RandomBytes } from '../engine/bytes/random.ts';
import type { ProvenBackup } from '../engine/ers/backup.ts';
import type { PartCheckContext } from '../engine/ers/part-checks.ts';
import { rememberingPointReader } from '../engine/ers/part-points.ts';
import { checkSharing, checkWhole, validate } from '../engine/ers/validate.ts';
import { judge, type Verdict } from '../engine/ers/verdict.ts';
import type { Wallet, WalletCopy } from '../engine/kit/wallet.ts';
import type { RsaPublicKey } from '../engine/rsa/public-key.ts';
import type { ProofPool } from '../proof-pool/pool.ts';
import type { Label } from './label.ts';
import { warnOfSmallKey } from './recovery-key.ts';
import { copyFor } from './unlock.ts';

/** What verification found about one copy of a wallet. */
export interface CopyReport {
  readonly copy: WalletCopy;
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
}

/** What verification is given besides the files. */
export interface VerifyOptions {
  readonly label: Label;
  /** For a backup that does not say whom it is encrypted to. */
  readonly ersPublicKey: RsaPublicKey | undefined;
  readonly randomBytes: RandomBytes;
  /** Told of each check as it is done. */
  readonly onCheck: (result: CheckResult) => void;
  /** Threads that check the players' parts; without them it is done here. */
  readonly proofs?: ProofPool;
}

/**
 * Checks one copy of a wallet with public data only. Rejects with `ProofStopped` when the threads are stopped
 * meanwhile.
 */
export async function verifyCopy(
  wallet: Wallet,
  copy: WalletCopy,
  options: VerifyOptions,
): Promise<CopyReport> {
  const { backup } = copy;
  const opening = openingOf(copy, options);
  const checks =
    options.proofs === undefined || backup.kind === 'unproven'
      ? await checkHere(wallet, copy, opening, options)
      : await checkInPool(wallet, backup, opening, options.proofs, options.onCheck);
  return { copy, verdict: judge(backup, checks), checks };
}

/** What verification found about a wallet. */
export interface WalletReport {
  readonly reports: readonly CopyReport[];
  readonly warnings: readonly Warning[];
}

/**
 * Checks every copy of a wallet; where an ERS public key is given, the copy that says to be encrypted to it.
 * Fails with `rsa-key.mismatch` when no copy does.
 */
export async function verifyWallet(wallet: Wallet, options: VerifyOptions): Promise<WalletReport> {
  const { ersPublicKey } = options;
  const copies = ersPublicKey === undefined ? wallet.copies : [copyFor(wallet, ersPublicKey)];
  const reports: CopyReport[] = [];
  for (const copy of copies) reports.push(await verifyCopy(wallet, copy, options));
  const keys = copies.flatMap(({ recoveryKey }) => recoveryKey ?? ersPublicKey ?? []);
  return { reports, warnings: keys.flatMap(warnOfSmallKey) };
}

/** The verdict on a wallet: that of its worst copy. */
export function worstVerdict(reports: readonly CopyReport[]): Verdict {
  const rank = { valid: 0, unverifiable: 1, invalid: 2 } as const;
  const [first, ...others] = reports.map(({ verdict }) => verdict);
  if (first === undefined) throw new Error('a wallet has at least one copy');
  return others.reduce((worst, verdict) => (rank[verdict.kind] > rank[worst.kind] ? verdict : worst), first);
}

/** Lets the event loop turn between players, so that the process can be told to stop. */
async function checkHere(
  wallet: Wallet,
  { backup }: WalletCopy,
  opening: PartCheckContext['opening'],
  { randomBytes, onCheck }: VerifyOptions,
): Promise<readonly CheckResult[]> {
  const checks: CheckResult[] = [];
  const statedPublicKey = wallet.stated?.master;
  for (const result of validate({ backup, opening, statedPublicKey, randomBytes })) {
    checks.push(result);
    onCheck(result);
    if (result.check === 'values') await new Promise(setImmediate);
  }
  return checks;
}

/** Players side by side; their results are reported as they come, and kept in the players' order. */
async function checkInPool(
  wallet: Wallet,
  backup: ProvenBackup,
  opening: PartCheckContext['opening'],
  proofs: ProofPool,
  onCheck: (result: CheckResult) => void,
): Promise<readonly CheckResult[]> {
  const readPoint = rememberingPointReader();
  const before = [...checkWhole(backup, wallet.stated?.master, readPoint)];
  before.forEach(onCheck);
  const sent =
    'missing' in opening ? opening : { ersPublicKeySpki: opening.publicKey.spkiDer, label: opening.label };
  const ofParts = await Promise.all(
    backup.parts.map(async (part) => {
      const results: CheckResult[] = [];
      await proofs.check(part, sent, (result) => {
        results.push(result);
        onCheck(result);
      });
      return results;
    }),
  );
  const sharing = checkSharing(backup, readPoint);
  onCheck(sharing);
  return [...before, ...ofParts.flat(), sharing];
}

function openingOf(
  { recoveryKey }: WalletCopy,
  { label, ersPublicKey }: VerifyOptions,
): PartCheckContext['opening'] {
  const publicKey = recoveryKey ?? ersPublicKey;
  if (label.bytes === undefined) return { missing: label.missing };
  return publicKey === undefined ? { missing: 'ers-public-key.unknown' } : { publicKey, label: label.bytes };
}
