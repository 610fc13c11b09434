import type { RequestOf } from '../../shared/contract.ts';
import type { RecordedPerson } from '../../shared/record.ts';
import type {
  EndReason,
  Mode,
  NetworkInterface,
  SessionState,
  WalletRef,
} from '../../shared/session-state.ts';
import type { Machine } from '../../shared/machine.ts';
import type { BucketDoor } from '../session/bucket-door.ts';
import type { Ceremony } from '../session/ceremony/ceremony.ts';
import type { Exporter } from '../session/exporter.ts';
import type { HsmDoor } from '../session/hsm-door.ts';
import type { KeyFileDoor } from '../session/key-file-door.ts';
import type { RecordChecker } from '../session/record-check.ts';
import type { Records } from '../session/records.ts';
import type { RegisterDesk } from '../session/register-desk.ts';
import type { Rehearsals } from '../session/rehearsals.ts';
import type { Verifier } from '../session/verifier.ts';

/** The part of the session that gives a key out; `Exporter` is one. */
export type ExporterPort = { readonly [Method in keyof Exporter]: Exporter[Method] };

/** The part of the session that verifies wallets; `Verifier` is one. */
export type VerifierPort = { readonly [Method in Exclude<keyof Verifier, 'nextRun'>]: Verifier[Method] };

/** The part of the session that opens a key in a file; `KeyFileDoor` is one. */
export type KeyFileDoorPort = { readonly [Method in keyof KeyFileDoor]: KeyFileDoor[Method] };

/** The part of the session that opens a key in a token; `HsmDoor` is one. */
export type HsmDoorPort = { readonly [Method in keyof HsmDoor]: HsmDoor[Method] };

/** The part of the session that makes files to rehearse on; `Rehearsals` is one. */
export type RehearsalsPort = { readonly [Method in keyof Rehearsals]: Rehearsals[Method] };

/** The part of the session that checks whole buckets; `BucketDoor` is one. */
export type BucketPort = { readonly [Method in keyof BucketDoor]: BucketDoor[Method] };

/** The part of the session that edits registers; `RegisterDesk` is one. */
export type RegisterDeskPort = { readonly [Method in keyof RegisterDesk]: RegisterDesk[Method] };

/** The part of the session that checks records of other sessions; `RecordChecker` is one. */
export type RecordCheckerPort = { readonly [Method in keyof RecordChecker]: RecordChecker[Method] };

/** The part of the session that gives its record out; `Records` is one. */
export type RecordsPort = { readonly [Method in keyof Records]: Records[Method] };

/** The part of the session that makes a recovery key in front of people; `Ceremony` is one. */
export type CeremonyPort = {
  readonly [Method in Exclude<keyof Ceremony, 'files' | 'shares'>]: Ceremony[Method];
} & {
  readonly files: { readonly [Method in keyof Ceremony['files']]: Ceremony['files'][Method] };
  readonly shares: { readonly [Method in keyof Ceremony['shares']]: Ceremony['shares'][Method] };
};

/** The recovery session as the shell drives it; `RecoverySession` is one. Input faults are thrown. */
export interface SessionPort {
  readonly state: SessionState;
  onChange(listener: (state: SessionState) => void): void;
  chooseMode(mode: Mode, people?: readonly RecordedPerson[]): void;
  overrideAirGap(sentence: string): void;
  airGapChanged(interfaces: readonly NetworkInterface[]): void;
  machineChanged(machine: Machine): void;
  removeUnfinished(): void;
  addPaths(paths: readonly string[]): Promise<void>;
  chooseWallet(wallet: WalletRef): void;
  describeWallet(description: RequestOf<'wallet.describe'>): void;
  beginUnlock(): void;
  reconstruct(): Promise<void>;
  derivePath(path: string): void;
  readonly rehearsals: RehearsalsPort;
  readonly verifier: VerifierPort;
  readonly keyFile: KeyFileDoorPort;
  readonly hsm: HsmDoorPort;
  readonly bucket: BucketPort;
  readonly tools: { readonly registers: RegisterDeskPort; readonly recordCheck: RecordCheckerPort };
  readonly records: RecordsPort;
  readonly exporter: ExporterPort;
  readonly ceremony: CeremonyPort;
  back(): void;
  end(reason: EndReason): void;
}
