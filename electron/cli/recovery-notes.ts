import type { ExportFormat } from '../../shared/export-format.ts';
import type { Output } from '../../shared/export-state.ts';
import type { KeyAlgorithm } from '../../shared/key-algorithm.ts';
import type { RegisterRow } from '../../shared/register.ts';
import type { FileDigest, WalletRef, WalletView } from '../../shared/session-state.ts';
import type { Wallet } from '../engine/kit/wallet.ts';
import { formatPath } from '../engine/derive/path.ts';
import { recordableOutput } from '../record/recordable.ts';
import type { Label } from '../session/label.ts';
import type { LoadedWallet } from '../session/load-wallets.ts';
import { fileEntry, recoveredEntry, verifiedEntry, walletEntry } from '../session/record-entries.ts';
import type { RecoveredWallet, RefusedWallet } from '../session/recover-wallet.ts';
import { recoveredViewOf } from '../session/recovered-view.ts';
import { judgementOf, viewOf } from '../session/wallet-view.ts';
import type { RunRecord } from './run-record.ts';

/** What is known of a wallet beside its files. */
interface Known {
  readonly label: Label;
  readonly keyAlgorithm: KeyAlgorithm | undefined;
  readonly row: RegisterRow | undefined;
}

/** Notes the recovery of one wallet in a run's record: its files, what it is, the verdict, what came out. */
export class RecoveryNotes {
  readonly #record: RunRecord;
  readonly #view: WalletView | undefined;
  readonly #startMs = performance.now();
  #checkedMs = this.#startMs;

  constructor(record: RunRecord, { wallet, kits }: LoadedWallet, { label, keyAlgorithm, row }: Known) {
    this.#record = record;
    if (!record.isKept) return;
    for (const { file, digest } of kits) record.add(fileEntry({ file, kind: 'kit', digest }));
    this.#view = view(wallet, label, keyAlgorithm, row);
    record.add(walletEntry(this.#view));
  }

  /** One check more was done. */
  checked(): void {
    this.#checkedMs = performance.now();
  }

  /** Verification came to its end, and recovery to its own where the backup was not refused. */
  ended(recovery: RecoveredWallet | RefusedWallet, expectedAddress: string | undefined): void {
    if (this.#view === undefined) return;
    const { keyId } = this.#view;
    const judged: WalletView = { ...this.#view, verification: judgementOf([recovery.report]) };
    this.#record.add(verifiedEntry(judged, Math.round(this.#checkedMs - this.#startMs)));
    if (recovery.kind === 'refused') return;
    const recovered = recoveredViewOf(recovery, expectedAddress);
    this.#record.add(recoveredEntry(recovered, keyId, Math.round(performance.now() - this.#checkedMs)));
  }
}

/** Notes that a key went to a file. */
export function noteFile(
  record: RunRecord,
  { key }: RecoveredWallet,
  { file, format }: { readonly file: string; readonly format: ExportFormat },
  { sizeBytes: bytes, sha256Hex }: FileDigest,
): void {
  const path = formatPath(key.path);
  noteOutput(record, { kind: 'file', file, format, bytes, sha256Hex, path, passwordIsNfc: null });
}

/** Notes that a key was shown on the terminal. */
export function noteShown(record: RunRecord, { key }: RecoveredWallet): void {
  noteOutput(record, { kind: 'shown', path: formatPath(key.path) });
}

function noteOutput(record: RunRecord, output: Output): void {
  record.add({ kind: 'exported', output: recordableOutput(output) });
}

/** No screen refers to it, so that its reference is of no use. */
function view(
  wallet: Wallet,
  label: Label,
  keyAlgorithm: KeyAlgorithm | undefined,
  row: RegisterRow | undefined,
): WalletView {
  return viewOf('' as string as WalletRef, wallet, label, keyAlgorithm, row);
}
