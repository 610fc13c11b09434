import { faultDetails, type CheckResult } from '../../shared/checks.ts';

import type { ErrorCode } from '../../shared/error-codes.ts';
import type { Fault } from '../../shared/recovery-error.ts';
import { verdictOfFault } from '../../shared/verdict-word.ts';
import type { Warning } from '../../shared/warning.ts';
import { summarize } from '../engine/ers/backup.ts';
import type { Wallet } from '../engine/kit/wallet.ts';
import type { Label } from '../session/label.ts';
import type { Verdict } from '../engine/ers/verdict.ts';
import type { CopyReport } from '../session/verify-wallet.ts';
import { sentenceOf } from './text/faults.ts';

/** What a wallet's backup was found to be, in one word. */
export type VerdictWord = 'valid' | 'invalid' | 'unverifiable' | 'unsupported' | 'error';

/** One wallet, as a command reports it: the object that `--json` prints. README.md lists the fields. */
export interface WalletLine {
  readonly command: string;
  readonly keyId: string | null;
  readonly quorumId: string | null;
  readonly keyAlgorithm: string | null;
  readonly curve: string | null;
  readonly ersVersion: string | null;
  readonly players: number | null;
  readonly threshold: number | null;
  readonly sharing: string | null;
  readonly files: readonly string[];
  readonly verdict: VerdictWord;
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly checks: readonly CheckLine[];
  readonly warnings: readonly Warning[];
}

/** One check's result, with the recovery key's fingerprint where the wallet is backed up to several. */
export type CheckLine = CheckResult & { readonly recoveryKey?: string };

/** The fields that say which wallet it is. */
export type WalletIdentity = Omit<WalletLine, 'command' | 'verdict' | 'code' | 'message' | 'checks'>;

/** Describes a wallet that was read. */
export function identify(wallet: Wallet, label: Label, warnings: readonly Warning[]): WalletIdentity {
  const { version, curve, players, threshold, sharing } = summarize(wallet.copies[0].backup);
  return {
    keyId: label.keyId ?? null,
    quorumId: label.quorumId ?? null,
    keyAlgorithm: wallet.keyAlgorithm ?? null,
    curve,
    ersVersion: version,
    players,
    threshold,
    sharing,
    files: wallet.copies.flatMap(({ files }) => files),
    warnings,
  };
}

/** What stands for a wallet that could not be read. */
export function unidentified(
  files: readonly string[],
  keyId: string | undefined,
  quorumId?: string,
): WalletIdentity {
  return {
    keyId: keyId ?? null,
    quorumId: quorumId ?? null,
    keyAlgorithm: null,
    curve: null,
    ersVersion: null,
    players: null,
    threshold: null,
    sharing: null,
    files,
    warnings: [],
  };
}

/** The files that a fault names. */
export function filesOf({ details }: Fault): readonly string[] {
  return [details['file'], details['otherFile']].filter((file) => typeof file === 'string');
}

/** The line of a wallet that a fault kept from being judged. */
export function faultLine(
  command: string,
  identity: WalletIdentity,
  fault: Fault,
  reports: readonly CopyReport[] = [],
): WalletLine {
  return {
    command,
    ...identity,
    verdict: verdictOfFault(fault.code),
    code: fault.code,
    message: sentenceOf(withIds(fault, identity)),
    checks: checkLines(reports),
  };
}

/** The checks of all copies of a wallet. */
function checkLines(reports: readonly CopyReport[]): readonly CheckLine[] {
  return reports.flatMap(({ copy, checks }) =>
    reports.length > 1 && copy.recoveryKey !== undefined
      ? checks.map((check) => ({ ...check, recoveryKey: copy.recoveryKey?.fingerprintHex ?? '' }))
      : checks,
  );
}

/** The line of a wallet that was judged. */
export function verdictLine(
  command: string,
  identity: WalletIdentity,
  verdict: Verdict,
  reports: readonly CopyReport[],
): WalletLine {
  const checks = checkLines(reports);
  const common = { command, ...identity, checks } as const;
  if (verdict.kind === 'valid')
    return { ...common, verdict: 'valid', code: null, message: 'Every check passed.' };
  const fault = { code: verdict.code, details: faultDetails(verdict.because) };
  const message = sentenceOf(withIds(fault, identity));
  // A label that does not fit says nothing about the backup, so it makes an error and not an invalid backup.
  const word = verdict.kind === 'unverifiable' ? 'unverifiable' : verdictOfFault(verdict.code);
  return { ...common, verdict: word, code: verdict.code, message };
}

/** A sentence about a label or an id shows the ids that were used, since one of them may be the mistake. */
function withIds({ code, details }: Fault, { keyId, quorumId }: WalletIdentity): Fault {
  const ids = { ...(keyId === null ? {} : { keyId }), ...(quorumId === null ? {} : { quorumId }) };
  return { code, details: { ...ids, ...details } };
}
