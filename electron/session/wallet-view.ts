import { faultDetails } from '../../shared/checks.ts';
import type { KeyId, QuorumId } from '../../shared/ids.ts';
import type { KeyAlgorithm } from '../../shared/key-algorithm.ts';
import type { RegisterRow } from '../../shared/register.ts';
import type { Verification, WalletRef, WalletView } from '../../shared/session-state.ts';
import { summarize } from '../engine/ers/backup.ts';
import type { Wallet } from '../engine/kit/wallet.ts';
import { expectedAddressOf } from '../record/register-fields.ts';
import type { Label } from './label.ts';
import { worstVerdict, type CopyReport } from './verify-wallet.ts';

/** What the user says of a wallet beside its files. */
export interface Description {
  readonly keyId: KeyId | undefined;
  readonly quorumId: QuorumId | undefined;
  readonly keyAlgorithm: KeyAlgorithm | undefined;
  readonly label: Uint8Array | undefined;
}

/** Nothing said: the folder's name, the kit and the register speak for the wallet. */
export const NOTHING_SAID: Description = {
  keyId: undefined,
  quorumId: undefined,
  keyAlgorithm: undefined,
  label: undefined,
};

/** A wallet as the page may see it. */
export function viewOf(
  ref: WalletRef,
  wallet: Wallet,
  label: Label,
  keyAlgorithm: KeyAlgorithm | undefined,
  row: RegisterRow | undefined,
): WalletView {
  const { backup } = wallet.copies[0];
  const { version, curve, sharing, threshold } = summarize(backup);
  return {
    ref,
    convention: wallet.convention,
    keyId: label.keyId ?? null,
    quorumId: label.quorumId ?? null,
    keyAlgorithm: keyAlgorithm ?? wallet.keyAlgorithm ?? null,
    curve,
    ersVersion: version,
    sharing,
    threshold,
    players: backup.parts.map(({ playerIndex }) => playerIndex),
    files: wallet.copies.flatMap(({ files }) => files),
    recoveryKeys: wallet.copies.flatMap(({ recoveryKey }) => recoveryKey?.fingerprintHex ?? []),
    labelKnown: label.bytes !== undefined,
    expectedAddress: expectedAddressOf(row) ?? null,
    verification: { kind: 'waiting' },
  };
}

/** What verification of all copies of a wallet came to. */
export function judgementOf(reports: readonly CopyReport[]): Verification {
  const verdict = worstVerdict(reports);
  return {
    kind: 'judged',
    results: reports.flatMap(({ checks }) => checks),
    verdict: verdict.kind,
    fault: verdict.kind === 'valid' ? null : { code: verdict.code, details: faultDetails(verdict.because) },
  };
}
