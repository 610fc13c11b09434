import type { CheckResult } from '../../shared/checks.ts';
import type { RandomBytes } from '../engine/bytes/random.ts';
import type { PartCheckContext } from '../engine/ers/part-checks.ts';
import { validate } from '../engine/ers/validate.ts';
import { judge, type Verdict } from '../engine/ers/verdict.ts';
import type { Wallet, WalletCopy } from '../engine/kit/wallet.ts';
import type { RsaPublicKey } from '../engine/rsa/public-key.ts';
import type { Label } from './label.ts';

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
}

/**
 * Checks one copy of a wallet with public data only. Lets the event loop turn between players, so that the process
 * can be told to stop.
 */
export async function verifyCopy(
  wallet: Wallet,
  copy: WalletCopy,
  options: VerifyOptions,
): Promise<CopyReport> {
  const checks: CheckResult[] = [];
  const statedPublicKey = wallet.stated?.master;
  const { backup } = copy;
  const { randomBytes, onCheck } = options;
  const opening = openingOf(copy, options);
  for (const result of validate({ backup, opening, statedPublicKey, randomBytes })) {
    checks.push(result);
    onCheck(result);
    if (result.check === 'values') await new Promise(setImmediate);
  }
  return { copy, verdict: judge(backup, checks), checks };
}

/** The verdict on a wallet: that of its worst copy. */
export function worstVerdict(reports: readonly CopyReport[]): Verdict {
  const rank = { valid: 0, unverifiable: 1, invalid: 2 } as const;
  return reports
    .map(({ verdict }) => verdict)
    .reduce((worst, verdict) => (rank[verdict.kind] > rank[worst.kind] ? verdict : worst), { kind: 'valid' });
}

function openingOf(
  { recoveryKey }: WalletCopy,
  { label, ersPublicKey }: VerifyOptions,
): PartCheckContext['opening'] {
  const publicKey = recoveryKey ?? ersPublicKey;
  if (label.bytes === undefined) return { missing: label.missing };
  return publicKey === undefined ? { missing: 'ers-public-key.unknown' } : { publicKey, label: label.bytes };
}
