import type { BucketFilter, BucketMode } from './bucket.ts';
import type { CeremonyPerson, CeremonySplit } from './ceremony.ts';
import type { ExportFormat } from './export-format.ts';
import type { Acknowledgement, InTheClear } from './export-state.ts';
import type { Result } from './result.ts';
import type { KeyAlgorithm } from './key-algorithm.ts';
import type { RecordCompanion, RecordPageForm } from './record-check.ts';
import type { RecordForm } from './record-view.ts';
import type { RegisterDraft } from './register.ts';
import type { RegisterForm } from './register-desk.ts';
import type { RehearsalPlan } from './rehearsal.ts';
import type { Mode, SessionState, WalletRef } from './session-state.ts';

/**
 * Every call that the page can make of the main process, by channel: what it sends and what it gets. Channels are
 * verbs of the task. Every call answers with the session as it is afterwards, so that the page never guesses.
 */
export interface Contract {
  readonly 'session.read': { readonly request: null };
  readonly 'session.back': { readonly request: null };
  readonly 'session.end': { readonly request: null };
  readonly 'mode.choose': {
    /** Who is here, for the record: names as typed, witnesses with commas between; either may be empty. */
    readonly request: { readonly mode: Mode; readonly operator: string; readonly witnesses: string };
  };
  readonly 'air-gap.override': { readonly request: { readonly sentence: string } };
  readonly 'unfinished.remove': { readonly request: null };
  readonly 'kit.add-by-dialog': { readonly request: { readonly pick: 'files' | 'folder' } };
  readonly 'kit.add-dropped': { readonly request: { readonly token: string } };
  readonly 'rehearsal.begin': { readonly request: null };
  readonly 'bucket.drill-all': { readonly request: null };
  readonly 'bucket.keep-results-by-dialog': { readonly request: null };
  readonly 'bucket.clear': { readonly request: null };
  readonly 'bucket.start': { readonly request: { readonly task: BucketMode } };
  readonly 'bucket.another-key': { readonly request: null };
  readonly 'bucket.pause': { readonly request: null };
  readonly 'bucket.resume': { readonly request: null };
  readonly 'bucket.stop': { readonly request: null };
  readonly 'bucket.show': { readonly request: { readonly filter: BucketFilter; readonly offset: number } };
  readonly 'rehearsal.make': { readonly request: RehearsalPlan };
  readonly 'wallet.choose': { readonly request: { readonly wallet: WalletRef } };
  readonly 'wallet.describe': {
    readonly request: {
      readonly wallet: WalletRef;
      readonly keyId: string | null;
      readonly quorumId: string | null;
      readonly keyAlgorithm: KeyAlgorithm | null;
      /** For a raw ERS file; null leaves the label to the two ids. */
      readonly label: { readonly encoding: 'text' | 'hex' | 'base64'; readonly text: string } | null;
    };
  };
  readonly 'proof.verify': { readonly request: { readonly wallets: readonly WalletRef[] } };
  readonly 'proof.stop': { readonly request: null };
  readonly 'unlock.begin': { readonly request: null };
  readonly 'key-file.choose-by-dialog': { readonly request: null };
  readonly 'key-file.open': { readonly request: { readonly password: Uint8Array | null } };
  readonly 'hsm.look': { readonly request: null };
  readonly 'hsm.choose-module': {
    /** By its place in the list that was offered; the page names no path. */
    readonly request: { readonly index: number; readonly initArgs: string };
  };
  readonly 'hsm.choose-module-by-dialog': { readonly request: { readonly initArgs: string } };
  readonly 'hsm.open': { readonly request: { readonly slotIdHex: string; readonly pin: Uint8Array | null } };
  readonly 'hsm.use-key': { readonly request: { readonly index: number } };
  readonly 'key.reconstruct': { readonly request: null };
  readonly 'address.derive': { readonly request: { readonly path: string } };
  readonly 'export.begin': { readonly request: null };
  readonly 'export.type-address': { readonly request: { readonly lastCharacters: string } };
  readonly 'export.name-people': {
    readonly request: { readonly operator: string; readonly secondPerson: string };
  };
  readonly 'export.agree': { readonly request: { readonly secondPerson: string } };
  readonly 'export.acknowledge': { readonly request: { readonly what: Acknowledgement } };
  readonly 'export.accept-in-the-clear': {
    readonly request: { readonly what: InTheClear; readonly sentence: string };
  };
  readonly 'export.choose-format': { readonly request: { readonly format: ExportFormat } };
  readonly 'export.choose-destination': { readonly request: null };
  readonly 'export.rate-password': { readonly request: { readonly password: Uint8Array } };
  readonly 'export.show-passphrase': { readonly request: null };
  readonly 'export.write': {
    /** The password and the same again; null where the format is in the clear. */
    readonly request: { readonly password: Uint8Array | null; readonly again: Uint8Array | null };
  };
  readonly 'export.reveal': { readonly request: null };
  readonly 'register.begin': { readonly request: null };
  readonly 'register.start-empty': { readonly request: null };
  readonly 'register.open-by-dialog': { readonly request: null };
  readonly 'register.show': { readonly request: { readonly filter: string; readonly page: number } };
  readonly 'register.add': { readonly request: { readonly draft: RegisterDraft } };
  readonly 'register.change': { readonly request: { readonly keyId: string; readonly draft: RegisterDraft } };
  /** Says whether a row is in the form that is typed, and not sent yet. */
  readonly 'register.mark-typed': { readonly request: { readonly typed: boolean } };
  readonly 'register.remove': { readonly request: { readonly keyId: string } };
  readonly 'register.put-back': { readonly request: null };
  readonly 'register.compare-by-dialog': { readonly request: null };
  readonly 'register.stop-comparing': { readonly request: null };
  readonly 'register.show-findings': { readonly request: { readonly page: number } };
  readonly 'register.save': { readonly request: { readonly form: RegisterForm } };
  readonly 'record-check.begin': { readonly request: null };
  readonly 'record-check.choose-by-dialog': { readonly request: null };
  readonly 'record-check.add-by-dialog': { readonly request: { readonly what: RecordCompanion } };
  readonly 'record-check.type-head': { readonly request: { readonly words: string } };
  readonly 'record-check.save': { readonly request: { readonly form: RecordPageForm } };
  readonly 'record.save': { readonly request: { readonly form: RecordForm } };
  readonly 'record.choose-key-by-dialog': { readonly request: null };
  readonly 'record.sign': { readonly request: { readonly password: Uint8Array | null } };
  readonly 'record.sign-once': { readonly request: null };
  readonly 'ceremony.name-people': { readonly request: { readonly people: readonly CeremonyPerson[] } };
  readonly 'ceremony.rate-dice': { readonly request: { readonly dice: Uint8Array | null } };
  readonly 'ceremony.choose-randomness': {
    /** Rolls of a die; null for the system's randomness alone. */
    readonly request: { readonly dice: Uint8Array | null };
  };
  readonly 'ceremony.make-key': { readonly request: null };
  readonly 'ceremony.confirm-fingerprint': { readonly request: { readonly name: string } };
  readonly 'ceremony.choose-folder-by-dialog': { readonly request: null };
  readonly 'ceremony.rate-password': { readonly request: { readonly password: Uint8Array } };
  readonly 'ceremony.show-passphrase': { readonly request: null };
  readonly 'ceremony.write': {
    readonly request: { readonly password: Uint8Array | null; readonly again: Uint8Array | null };
  };
  readonly 'ceremony.choose-shares-folder-by-dialog': { readonly request: null };
  readonly 'ceremony.split': { readonly request: CeremonySplit };
  readonly 'ceremony.combine-by-dialog': { readonly request: null };
  readonly 'ceremony.finish-shares': { readonly request: null };
  readonly 'ceremony.agree': { readonly request: { readonly name: string } };
}

/** The name of one call. */
export type Channel = keyof Contract;

/** What a call sends. */
export type RequestOf<Name extends Channel> = Contract[Name]['request'];

/** All channels, in the order of the path. */
export const CHANNELS = [
  'session.read',
  'session.back',
  'session.end',
  'mode.choose',
  'air-gap.override',
  'unfinished.remove',
  'kit.add-by-dialog',
  'kit.add-dropped',
  'rehearsal.begin',
  'rehearsal.make',
  'bucket.drill-all',
  'bucket.keep-results-by-dialog',
  'bucket.clear',
  'bucket.start',
  'bucket.another-key',
  'bucket.pause',
  'bucket.resume',
  'bucket.stop',
  'bucket.show',
  'wallet.choose',
  'wallet.describe',
  'proof.verify',
  'proof.stop',
  'unlock.begin',
  'key-file.choose-by-dialog',
  'key-file.open',
  'hsm.look',
  'hsm.choose-module',
  'hsm.choose-module-by-dialog',
  'hsm.open',
  'hsm.use-key',
  'key.reconstruct',
  'address.derive',
  'export.begin',
  'export.type-address',
  'export.name-people',
  'export.agree',
  'export.acknowledge',
  'export.accept-in-the-clear',
  'export.choose-format',
  'export.choose-destination',
  'export.rate-password',
  'export.show-passphrase',
  'export.write',
  'export.reveal',
  'register.begin',
  'register.start-empty',
  'register.open-by-dialog',
  'register.show',
  'register.add',
  'register.change',
  'register.mark-typed',
  'register.remove',
  'register.put-back',
  'register.compare-by-dialog',
  'register.stop-comparing',
  'register.show-findings',
  'register.save',
  'record-check.begin',
  'record-check.choose-by-dialog',
  'record-check.add-by-dialog',
  'record-check.type-head',
  'record-check.save',
  'record.save',
  'record.choose-key-by-dialog',
  'record.sign',
  'record.sign-once',
  'ceremony.name-people',
  'ceremony.rate-dice',
  'ceremony.choose-randomness',
  'ceremony.make-key',
  'ceremony.confirm-fingerprint',
  'ceremony.choose-folder-by-dialog',
  'ceremony.rate-password',
  'ceremony.show-passphrase',
  'ceremony.write',
  'ceremony.choose-shares-folder-by-dialog',
  'ceremony.split',
  'ceremony.combine-by-dialog',
  'ceremony.finish-shares',
  'ceremony.agree',
] as const satisfies readonly Channel[];

/** The one message that main sends by itself: the session has changed. */
export const SESSION_CHANGED = 'session.changed';

/** The channel on which preload, and nothing else, gives main the true paths of dropped files for a token. */
export const OFFER_DROPPED = 'dropped.offer';

/** What preload exposes as `window.recovery`: one function a channel, and two more. */
export type RecoveryBridge = {
  readonly [Name in Channel]: (request: RequestOf<Name>) => Promise<Result<SessionState>>;
} & {
  /** Gives main the paths of dropped files, for a token that `kit.add-dropped` takes. */
  readonly offerDropped: (files: readonly unknown[]) => Promise<Result<string>>;
  /** Calls back on every change; returns what stops it. */
  readonly onSessionChanged: (listener: (state: SessionState) => void) => () => void;
};
