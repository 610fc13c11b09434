import type { BucketRow } from '../../shared/bucket.ts';
import type { CheckResult } from '../../shared/checks.ts';
import type { KeyId } from '../../shared/ids.ts';
import type { RegisterRow } from '../../shared/register.ts';
import type { Verdict } from '../engine/ers/verdict.ts';

/** One file of a folder, whole. It has been looked at: it starts as kits do, and is no key. */
export interface WalletFile {
  readonly file: string;
  /** The key id that the file's folder is named after, if it is named after one. */
  readonly keyId: KeyId | undefined;
  /** False for a file that may be anything. */
  readonly mustBeKit: boolean;
  readonly content: Uint8Array;
}

/** What the register says of the wallets of a folder: what the label needs, and what their keys are compared with. */
export type KnownRow = Pick<RegisterRow, 'keyId' | 'quorumId' | 'keyAlgorithm' | 'addresses'>;

/** All that one folder holds, as it crosses to a worker: public data only. */
export interface WalletJob {
  readonly id: number;
  readonly files: readonly WalletFile[];
  readonly rows: readonly KnownRow[];
}

/** What was found of one copy of a wallet, by the fingerprint of its recovery key; empty in a raw ERS file. */
export interface CopyFinding {
  readonly recoveryKeyHex: string;
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
}

/** What was found of one wallet, or of files that make none. */
export interface WalletFinding extends Pick<
  BucketRow,
  'files' | 'verdict' | 'code' | 'details' | 'comparison' | 'warnings' | 'keyAlgorithm'
> {
  readonly keyId: KeyId | undefined;
  /** None where it is no wallet. */
  readonly copies: readonly CopyFinding[];
}

/** What a worker says of a folder. */
export interface WalletAnswer {
  readonly id: number;
  readonly findings: readonly WalletFinding[];
}
