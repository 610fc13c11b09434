import type { CheckName, CheckOutcome } from './checks.ts';
import type { CurveName } from './curve-name.ts';
import type { ExportFormat } from './export-format.ts';
import type { KeyAlgorithm } from './key-algorithm.ts';
import type { KeySource } from './key-source.ts';

/** What a session was for. Source: docs/record.md. */
export const RECORD_MODES = ['live', 'drill', 'bucket', 'ceremony'] as const;

/** What one session was for. */
export type RecordMode = (typeof RECORD_MODES)[number];

/** The parts that a person can have in a session. */
export const PERSON_ROLES = [
  'operator',
  'second-person',
  'witness',
  'custodian',
  'ceremony-lead',
  'auditor',
] as const;

/** One person's part. */
export type PersonRole = (typeof PERSON_ROLES)[number];

/** The stages whose time is kept. */
export const RECORD_STAGES = [
  'prepare',
  'load',
  'verify',
  'unlock',
  'reconstruct',
  'addresses',
  'export',
  'finish',
  'key-making',
  'key-splitting',
  'key-combining',
  'test-decryption',
] as const;

/** One stage's name. */
export type RecordStage = (typeof RECORD_STAGES)[number];

/** What verification of one wallet can come to. */
export const RECORD_VERDICTS = ['valid', 'invalid', 'unverifiable', 'unsupported', 'error'] as const;

/** What the verification of one wallet came to. */
export type RecordVerdict = (typeof RECORD_VERDICTS)[number];

/** How the expected address compared. */
export const RECORD_COMPARISONS = ['matched', 'mismatched', 'not-given'] as const;

/** How one expected address compared. */
export type RecordComparison = (typeof RECORD_COMPARISONS)[number];

/** What an input file can be. */
export const RECORD_FILE_KINDS = ['kit', 'register', 'recovery-key', 'public-key', 'other'] as const;

/** What a ceremony can write. */
export const WRITTEN_KINDS = [
  'public-key',
  'private-key',
  'key-share',
  'share-sheet',
  'record',
  'other',
] as const;

/** What can go wrong on purpose in a drill. */
export const DRILL_FAULTS = ['wrong-quorum-id', 'damaged-shard', 'wrong-key'] as const;

/** Why the secrets of a session were wiped. */
export const WIPE_REASONS = ['user', 'idle', 'screen-lock', 'quit', 'finished', 'failed'] as const;

/** One person who was there. */
export interface RecordedPerson {
  readonly name: string;
  readonly role: PersonRole;
}

/** One network interface, as it was found. */
export interface RecordedInterface {
  readonly name: string;
  readonly up: boolean;
  readonly loopback: boolean;
}

/** One check of a backup, without where in the data it failed. */
export interface RecordedCheck {
  readonly player: number | null;
  readonly check: CheckName;
  readonly outcome: CheckOutcome;
  readonly code: string | null;
}

/** One address of a recovered key. */
export interface RecordedAddress {
  readonly name: string;
  readonly chain: string;
  readonly format: string;
  readonly address: string;
}

/** Where a key went. A file by its name alone; its hash only where a password guards it. */
export type RecordedOutput =
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly format: ExportFormat;
      readonly path: string;
      readonly sizeBytes: number;
      /** Lower-case hex; null for a format that is the key itself. */
      readonly sha256: string | null;
    }
  | { readonly kind: 'shown'; readonly path: string };

/** How many wallets of a bucket came to which verdict. */
export type VerdictCounts = Readonly<Record<RecordVerdict, number>>;

/** What each kind of entry says. Hashes and keys are lower-case hex, durations whole milliseconds. */
export interface RecordBodies {
  /** First of all, and only there: which program made the record, and for what. */
  readonly opened: {
    readonly app: {
      readonly name: 'app' | 'cli';
      readonly version: string;
      /** SHA-256 over the program's files as `appHash` takes it; null where there is no bundle to hash. */
      readonly hash: string | null;
    };
    readonly mode: RecordMode;
    readonly system: { readonly platform: string; readonly release: string; readonly runtime: string };
  };
  readonly 'air-gap': {
    readonly interfaces: readonly RecordedInterface[];
    readonly holds: boolean;
    readonly overridden: boolean;
  };
  readonly people: { readonly people: readonly RecordedPerson[] };
  /** An input. The hash of a recovery key file is never kept. */
  readonly file: {
    readonly name: string;
    readonly what: (typeof RECORD_FILE_KINDS)[number];
    readonly sizeBytes: number;
    readonly sha256: string | null;
  };
  readonly wallet: {
    readonly keyId: string | null;
    readonly quorumId: string | null;
    readonly keyAlgorithm: KeyAlgorithm | null;
    readonly curve: CurveName;
    readonly players: readonly number[];
    /** One less than the shares that make the key. */
    readonly threshold: number;
    readonly masterPublicKeyHex: string | null;
    /** SHA-256 of each recovery key's SPKI. */
    readonly recoveryKeys: readonly string[];
    readonly expectedAddress: string | null;
  };
  readonly verified: {
    readonly keyId: string | null;
    readonly files: readonly string[];
    readonly verdict: RecordVerdict;
    readonly code: string | null;
    readonly checks: readonly RecordedCheck[];
    readonly durationMs: number;
  };
  readonly unlocked: { readonly keySource: KeySource; readonly fingerprint: string };
  readonly recovered: {
    readonly keyId: string | null;
    readonly path: string;
    readonly publicKeyHex: string;
    readonly comparison: RecordComparison;
    readonly expectedAddress: string | null;
    readonly addresses: readonly RecordedAddress[];
    readonly durationMs: number;
  };
  readonly exported: { readonly output: RecordedOutput };
  readonly stage: { readonly stage: RecordStage; readonly durationMs: number };
  readonly bucket: {
    readonly name: string;
    readonly counts: VerdictCounts;
    readonly total: number;
    readonly done: number;
    /** Whether each wallet was also recovered and compared. */
    readonly recoverCheck: boolean;
    readonly durationMs: number;
    readonly workers: number;
  };
  readonly 'bucket-wallet': {
    readonly keyId: string | null;
    readonly verdict: RecordVerdict;
    readonly code: string | null;
    /** Null where it was not recovered. */
    readonly comparison: RecordComparison | null;
  };
  readonly drill: {
    readonly source: 'sandbox' | 'synthetic';
    readonly players: number;
    readonly threshold: number;
    readonly algorithms: readonly KeyAlgorithm[];
    readonly recoveryKeys: number;
    readonly fault: (typeof DRILL_FAULTS)[number] | null;
    readonly outcome: 'as-expected' | 'not-as-expected';
  };
  readonly randomness: { readonly system: boolean; readonly diceRolls: number };
  readonly 'key-made': { readonly bits: number; readonly fingerprint: string };
  /** What a ceremony wrote. The hash of what holds a private key, or a share of one, is never kept. */
  readonly written: {
    readonly what: (typeof WRITTEN_KINDS)[number];
    readonly name: string;
    readonly sizeBytes: number;
    readonly sha256: string | null;
  };
  readonly 'test-decryption': { readonly passed: boolean };
  readonly 'public-key-read': { readonly fingerprint: string; readonly confirmedBy: string };
  readonly 'shares-made': { readonly setId: string; readonly needed: number; readonly of: number };
  readonly 'shares-combined': {
    readonly setId: string;
    readonly indexes: readonly number[];
    readonly passed: boolean;
  };
  readonly 'original-wiped': { readonly what: string };
  readonly agreed: { readonly name: string; readonly statement: string };
  readonly fault: {
    readonly code: string;
    readonly details: Readonly<Record<string, string | number | boolean>>;
  };
  readonly note: { readonly text: string };
  readonly wiped: {
    readonly reason: (typeof WIPE_REASONS)[number];
    readonly secretsWiped: boolean;
    /** Null where no token was used. */
    readonly hsmClosed: boolean | null;
  };
  /** Last of all, where the session came to its end. */
  readonly closed: object;
}

/** The name of one kind of entry. */
export type RecordKind = keyof RecordBodies;

/** What one entry says, without its place in the chain. */
export type RecordEntryBody = {
  readonly [Kind in RecordKind]: { readonly kind: Kind } & RecordBodies[Kind];
}[RecordKind];

/** The place of an entry in the chain. */
export interface RecordLink {
  /** From 0. */
  readonly index: number;
  /** What the clock said, RFC 3339 in UTC with milliseconds. */
  readonly time: string;
  /** Hash of the entry before, or 64 zeros. */
  readonly previous: string;
  /** SHA-256 of this entry, lower-case hex. */
  readonly hash: string;
}

/** One entry of a record. */
export type RecordEntry = RecordEntryBody & RecordLink;

/** The name that a record file gives its format. */
export const RECORD_FORMAT = 'breakglass-record';

/** The one version of the format. */
export const RECORD_VERSION = 1;

/** A whole record, as its file holds it. Source: docs/record.md. */
export interface SessionRecord {
  readonly format: typeof RECORD_FORMAT;
  readonly version: typeof RECORD_VERSION;
  readonly entries: readonly RecordEntry[];
  /** Hash of the last entry. */
  readonly head: string;
}
