import type { Brand } from './brand.ts';
import type { BucketMode } from './bucket.ts';
import type { BucketDesk } from './bucket-desk.ts';
import type { CeremonyStep, CeremonyView } from './ceremony.ts';
import type { CheckResult } from './checks.ts';
import type { CurveName } from './curve-name.ts';
import type { ExportDraft, Output } from './export-state.ts';
import type { KeyAlgorithm } from './key-algorithm.ts';
import type { HsmChoice } from './hsm.ts';
import type { KeySource } from './key-source.ts';
import type { Machine } from './machine.ts';
import type { RecordCheckView } from './record-check.ts';
import type { RecordView } from './record-view.ts';
import type { Fault } from './recovery-error.ts';
import type { OpenRegister } from './register-desk.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { Warning } from './warning.ts';
import type { WrittenFile } from './written.ts';

/**
 * What a session is for.
 * - `live`: a real wallet is recovered
 * - `drill`: the recovery is rehearsed; nothing is given out
 * - `bucket`: a whole bucket is checked; nothing is given out
 * - `ceremony`: the key that wallets are backed up to is made
 */
export const MODES = ['live', 'drill', 'bucket', 'ceremony'] as const;

/** One of them. */
export type Mode = (typeof MODES)[number];

/** The name of one wallet within a session: made by the session, meaningless outside of it. */
export type WalletRef = Brand<string, 'WalletRef'>;

/** One network interface of the machine. */
export interface NetworkInterface {
  readonly name: string;
  readonly up: boolean;
  /** The interface over which the machine speaks to itself only. */
  readonly loopback: boolean;
}

/** What is known of the air gap. It holds while no interface is up but the loopback one. */
export interface AirGap {
  readonly interfaces: readonly NetworkInterface[];
  readonly holds: boolean;
  /** True once the user typed the sentence that accepts an open air gap; it goes on the record. */
  readonly overridden: boolean;
}

/** The sentence that a user types to go on in live mode without an air gap. */
export const AIR_GAP_OVERRIDE = 'I accept that this machine is connected to a network';

/** What one added file was found to be. */
export interface FileView {
  /** Path, for people. */
  readonly file: string;
  readonly kind: 'kit' | 'register' | 'other' | 'fault';
  readonly fault: Fault | null;
  /** Of what was read; null where nothing was. */
  readonly digest: FileDigest | null;
}

/** What tells one file's content from another's. */
export interface FileDigest {
  readonly sizeBytes: number;
  readonly sha256Hex: string;
}

/** How far the verification of a wallet got. */
export type Verification =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running'; readonly results: readonly CheckResult[] }
  | {
      readonly kind: 'judged';
      readonly results: readonly CheckResult[];
      readonly verdict: 'valid' | 'invalid' | 'unverifiable';
      /** Why it is not valid; null when it is. */
      readonly fault: Fault | null;
    };

/** One wallet as its files, the register and the user describe it. */
export interface WalletView {
  readonly ref: WalletRef;
  readonly convention: 'palisade' | 'none';
  readonly keyId: string | null;
  readonly quorumId: string | null;
  readonly keyAlgorithm: KeyAlgorithm | null;
  readonly curve: CurveName;
  readonly ersVersion: string;
  readonly sharing: 'shamir' | 'additive' | 'multiplicative';
  /** One less than the shares that make the key. */
  readonly threshold: number;
  /** The players that the files hold, ascending. */
  readonly players: readonly number[];
  readonly files: readonly string[];
  /** As the backup states it, in the backup's encoding. */
  readonly masterPublicKeyHex: string;
  /** SHA-256 of the SPKI of each recovery key that the wallet is backed up to, hex; none in a raw ERS file. */
  readonly recoveryKeys: readonly string[];
  /** Whether the OAEP label is known: from two ids, or given by hand. */
  readonly labelKnown: boolean;
  /** From the register. */
  readonly expectedAddress: string | null;
  readonly verification: Verification;
}

/** What was loaded so far. */
export interface Loaded {
  readonly files: readonly FileView[];
  readonly wallets: readonly WalletView[];
  /** Path of the register, once one was added. */
  readonly register: string | null;
  /** What is worth saying of the register. */
  readonly registerWarnings: readonly Warning[];
}

/** The recovery key file that was chosen. */
export interface KeyFileView {
  /** Path, for people. */
  readonly file: string;
  /** Its container, like `pkcs8-der` or `pke1`. */
  readonly kind: string;
  readonly needsPassword: boolean;
}

/** One address of the recovered wallet. */
export interface AddressView {
  readonly name: string;
  readonly chain: string;
  readonly format: string;
  readonly address: string;
  /** Whether it is the register's address. */
  readonly registered: boolean;
}

/** What may be known of a recovered wallet: public data only. */
export interface RecoveredView {
  /** Like `m/0`. */
  readonly path: string;
  readonly publicKeyHex: string;
  /** Whether the backup gave a chain code, so that keys can be derived. */
  readonly hasChainCode: boolean;
  /** Whether the private key, multiplied by the generator once more, gives this public key. */
  readonly publicKeyMatches: boolean;
  readonly addresses: readonly AddressView[];
  /** How the register's address compares. */
  readonly comparison: 'matched' | 'mismatched' | 'not-given';
  readonly expectedAddress: string | null;
  readonly warnings: readonly Warning[];
  /** Where the recovery key was, and how it decrypted; for the record. */
  readonly keySource: KeySource;
}

/** Why a session ended. */
export type EndReason = 'user' | 'idle' | 'screen-lock' | 'quit';

/** Where on its path a session is, without what it has there. */
export type Place =
  | { readonly kind: Exclude<Stage['kind'], 'bucket' | 'ceremony' | 'done'> }
  | { readonly kind: 'bucket'; readonly task: BucketMode }
  | { readonly kind: 'ceremony'; readonly step: CeremonyStep };

/** Where in the path the session is; a field is there only where it is true. */
export type Stage =
  | { readonly kind: 'prepare' }
  /** Beside the path, without mode or secret: a register is edited; null before one is open. */
  | { readonly kind: 'register'; readonly open: OpenRegister | null }
  /** Beside the path as well: the record of another session is checked; null before one is chosen. */
  | { readonly kind: 'record-check'; readonly check: RecordCheckView | null }
  | { readonly kind: 'load'; readonly loaded: Loaded; readonly loading: boolean }
  /** In a drill: files to rehearse on are being planned, or made. */
  | { readonly kind: 'rehearsal'; readonly loaded: Loaded; readonly making: boolean }
  | { readonly kind: 'bucket'; readonly bucket: BucketDesk }
  /** The recovery key is opened for every wallet of a bucket. */
  | {
      readonly kind: 'bucket-unlock';
      readonly bucket: BucketDesk;
      readonly keyFile: KeyFileView | null;
      readonly hsm: HsmChoice | null;
      readonly opening: boolean;
    }
  | { readonly kind: 'verify'; readonly loaded: Loaded; readonly wallet: WalletRef }
  | {
      readonly kind: 'unlock';
      readonly loaded: Loaded;
      readonly wallet: WalletRef;
      readonly keyFile: KeyFileView | null;
      /** Null until the user turns to a key in a token. */
      readonly hsm: HsmChoice | null;
      readonly opening: boolean;
    }
  | {
      readonly kind: 'reconstruct';
      readonly loaded: Loaded;
      readonly wallet: WalletRef;
      /** What was chosen of a token, to go back to should it fail. */
      readonly hsm: HsmChoice | null;
      /** Decryptions begun so far; a token takes its time for each. */
      readonly decryptions: number;
      /** Players whose share was rebuilt. */
      readonly rebuilt: readonly number[];
      /** True until it ended, well or not. */
      readonly running: boolean;
    }
  | {
      readonly kind: 'addresses';
      readonly loaded: Loaded;
      readonly wallet: WalletRef;
      readonly recovered: RecoveredView;
    }
  | {
      readonly kind: 'export';
      readonly loaded: Loaded;
      readonly wallet: WalletRef;
      readonly recovered: RecoveredView;
      readonly draft: ExportDraft;
    }
  | { readonly kind: 'ceremony'; readonly ceremony: CeremonyView }
  | {
      readonly kind: 'done';
      readonly reason: EndReason;
      /** Where the session was when it ended. */
      readonly left: Place;
    };

/**
 * The whole session as anyone may see it: no share, no key, no password is ever in it. The main process keeps secrets
 * beside it, and sends this to the page on every change.
 */
export interface SessionState {
  readonly mode: Mode | null;
  readonly airGap: AirGap;
  /** What the system says of the app's process and its memory; null until it was read. */
  readonly machine: Machine | null;
  readonly stage: Stage;
  /** Paths of unfinished key files that an interrupted run left. */
  readonly unfinished: readonly string[];
  /** The files that were made to rehearse on; null where the drill is on the custodian's own. */
  readonly rehearsal: Rehearsal | null;
  readonly record: RecordView;
  /** The keys that this session has given out, in order. */
  readonly outputs: readonly Output[];
  /** The files that this session has written, its record aside, in order. */
  readonly written: readonly WrittenFile[];
  /** The last fault, until the user acts again. */
  readonly fault: Fault | null;
}
