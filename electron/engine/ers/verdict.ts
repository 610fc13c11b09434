import { BACKUP_CHECKS, PLAYER_CHECKS, type CheckResult } from '../../../shared/checks.ts';
import type { ErrorCode } from '../../../shared/error-codes.ts';
import type { Backup } from './backup.ts';

/**
 * What all checks together say. `unverifiable` is neither good nor bad: something that has to be checked could
 * not be, and `code` says why.
 */
export type Verdict =
  | { readonly kind: 'valid' }
  | { readonly kind: 'invalid' | 'unverifiable'; readonly code: ErrorCode; readonly because: CheckResult };

/**
 * Weighs the results of `validate`. A wrong label is told from a damaged backup: it rejects the first opened
 * ciphertext of every player and nothing else. Source: docs/ers.md, "Validation".
 */
export function judge(backup: Backup, results: readonly CheckResult[]): Verdict {
  if (!isComplete(backup, results)) throw new Error('a check is missing');
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  const [because] = failed;
  if (because !== undefined) {
    const code = looksLikeWrongLabel(backup, failed) ? 'label.mismatch' : (because.code ?? 'bug.unexpected');
    return { kind: 'invalid', code, because };
  }
  const open = results.find(({ outcome, check }) => outcome !== 'passed' && check !== 'public-key');
  return open === undefined
    ? { kind: 'valid' }
    : { kind: 'unverifiable', code: open.code ?? 'bug.unexpected', because: open };
}

/** Nothing is good because nobody looked: every check of the backup and of every player has a result. */
function isComplete({ parts }: Backup, results: readonly CheckResult[]): boolean {
  return (
    BACKUP_CHECKS.every((check) => results.some((result) => result.check === check)) &&
    parts.every(({ playerIndex }) =>
      PLAYER_CHECKS.every((check) =>
        results.some((result) => result.check === check && result.player === playerIndex),
      ),
    )
  );
}

function looksLikeWrongLabel(backup: Backup, failed: readonly CheckResult[]): boolean {
  if (backup.kind === 'unproven' || failed.length !== backup.parts.length) return false;
  return backup.parts.every((part) =>
    failed.some(
      ({ player, check, index }) =>
        check === 'openings' && player === part.playerIndex && index === part.openedIndices[0],
    ),
  );
}
