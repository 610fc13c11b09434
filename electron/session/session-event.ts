import type { BucketDesk } from '../../shared/bucket-desk.ts';
import type { CheckResult } from '../../shared/checks.ts';
import type { ExportFormat } from '../../shared/export-format.ts';
import type {
  Acknowledgement,
  FileOutput,
  InTheClear,
  PasswordRating,
  ShownOutput,
  WritingStep,
} from '../../shared/export-state.ts';
import type { HsmChoice } from '../../shared/hsm.ts';
import type { Machine } from '../../shared/machine.ts';
import type { RecordedPerson } from '../../shared/record.ts';
import type { RecordCheckView } from '../../shared/record-check.ts';
import type { Fault } from '../../shared/recovery-error.ts';
import type { OpenRegister } from '../../shared/register-desk.ts';
import type { Rehearsal } from '../../shared/rehearsal.ts';
import type {
  AirGap,
  EndReason,
  FileView,
  KeyFileView,
  Mode,
  RecoveredView,
  Verification,
  WalletRef,
  WalletView,
} from '../../shared/session-state.ts';
import type { Warning } from '../../shared/warning.ts';
import type { CeremonyEvent } from './ceremony/ceremony-event.ts';

/** What can happen in a session; the reducer says what it changes. */
export type SessionEvent =
  | { readonly kind: 'mode-chosen'; readonly mode: Mode; readonly people: readonly RecordedPerson[] }
  | { readonly kind: 'air-gap-changed'; readonly airGap: Omit<AirGap, 'overridden'> }
  | { readonly kind: 'air-gap-overridden' }
  | { readonly kind: 'machine-changed'; readonly machine: Machine }
  | { readonly kind: 'unfinished-found'; readonly files: readonly string[] }
  | { readonly kind: 'loading' }
  | { readonly kind: 'bucket-begun'; readonly bucket: BucketDesk }
  | { readonly kind: 'bucket-changed'; readonly bucket: BucketDesk }
  /** A result is in the file that results are kept in. */
  | { readonly kind: 'results-kept'; readonly file: string }
  | { readonly kind: 'bucket-unlock-begun' }
  | { readonly kind: 'rehearsal-begun' }
  | { readonly kind: 'rehearsal-making' }
  | { readonly kind: 'rehearsal-made'; readonly rehearsal: Rehearsal }
  | {
      readonly kind: 'loaded';
      readonly files: readonly FileView[];
      readonly wallets: readonly WalletView[];
      readonly register: string | null;
      readonly registerWarnings: readonly Warning[];
    }
  | { readonly kind: 'wallet-chosen'; readonly wallet: WalletRef }
  | { readonly kind: 'wallet-described'; readonly wallet: WalletView }
  | {
      readonly kind: 'verification-changed';
      readonly wallet: WalletRef;
      readonly verification: Verification;
    }
  | { readonly kind: 'check-done'; readonly wallet: WalletRef; readonly result: CheckResult }
  | { readonly kind: 'unlock-begun' }
  | { readonly kind: 'key-file-chosen'; readonly keyFile: KeyFileView | null }
  | { readonly kind: 'hsm-changed'; readonly hsm: HsmChoice }
  | { readonly kind: 'key-opening' }
  | { readonly kind: 'key-opened'; readonly place: 'file' | 'hsm'; readonly fingerprintHex: string }
  | { readonly kind: 'reconstruction-started' }
  | { readonly kind: 'decryption-begun' }
  | { readonly kind: 'share-rebuilt'; readonly player: number }
  | { readonly kind: 'recovered'; readonly recovered: RecoveredView }
  | { readonly kind: 'export-begun' }
  | { readonly kind: 'address-typed'; readonly address: string }
  | { readonly kind: 'people-named'; readonly operator: string; readonly secondPerson: string }
  | { readonly kind: 'second-person-agreed' }
  | { readonly kind: 'acknowledged'; readonly what: Acknowledgement }
  | { readonly kind: 'in-the-clear-accepted'; readonly what: InTheClear }
  | { readonly kind: 'format-chosen'; readonly format: ExportFormat }
  | { readonly kind: 'destination-chosen'; readonly destination: string | null }
  | { readonly kind: 'password-rated'; readonly rating: PasswordRating }
  | { readonly kind: 'writing'; readonly step: WritingStep }
  | { readonly kind: 'written'; readonly output: FileOutput }
  | { readonly kind: 'revealed'; readonly output: ShownOutput }
  | { readonly kind: 'register-begun' }
  | { readonly kind: 'register-changed'; readonly open: OpenRegister }
  | { readonly kind: 'record-check-begun' }
  | { readonly kind: 'record-checked'; readonly check: RecordCheckView }
  | { readonly kind: 'ceremony'; readonly event: CeremonyEvent }
  | { readonly kind: 'failed'; readonly fault: Fault }
  | { readonly kind: 'stepped-back' }
  | {
      readonly kind: 'ended';
      readonly reason: EndReason;
      /** Whether no secret was left to the session when it was looked after wiping. */
      readonly secretsWiped: boolean;
      /** Null where no token was used. */
      readonly hsmClosed: boolean | null;
    };
