import type { CurveName } from '../../../shared/curve-name.ts';

/** How many ciphertexts a player's proof holds: N. Source: docs/ers.md, "Terms". */
export const CIPHERTEXTS = 80;

/** How many of the ciphertexts are opened, and the degree of a player's polynomial: K. */
export const OPENINGS = 40;

/** How the shares make the key: a polynomial's value at 0, a sum, or a product. */
export type SharingType = 'shamir' | 'additive' | 'multiplicative';

/** The sharing types by the names that stand in the files. */
export const SHARING_TYPES = [
  'shamir',
  'additive',
  'multiplicative',
] as const satisfies readonly SharingType[];

/** One player's part of a version 2 or 3 backup: bytes as they stand in the file, not yet checked. */
export interface ProvenPart {
  readonly version: '2' | '3';
  /** From 0; the Shamir x-coordinate is one more. */
  readonly playerIndex: number;
  /** Version 2 only: how many players there are. */
  readonly playerCount: number | undefined;
  /** `threshold + 1` shares make the key. */
  readonly threshold: number;
  readonly sharing: SharingType;
  readonly curve: CurveName;
  /** The master public key P. */
  readonly publicKey: Uint8Array;
  /** `es`: RSA-OAEP ciphertexts of the polynomial's values at 1 to N. */
  readonly ciphertexts: readonly Uint8Array[];
  /** `ys`: the polynomial's values at 1 to K, times G. */
  readonly valuePoints: readonly Uint8Array[];
  /** `combination`: which ciphertexts are opened, from 0, ascending. */
  readonly openedIndices: readonly number[];
  /** `vs`: the opened values, in the order of `openedIndices`. */
  readonly openedValues: readonly Uint8Array[];
  /** `rs`: the OAEP seeds of the opened ciphertexts, in the same order. */
  readonly openedSeeds: readonly Uint8Array[];
  /** `key_share_commitments`: each player's share times G. */
  readonly shareCommitments: ReadonlyMap<number, Uint8Array>;
  readonly nonce: Uint8Array;
  /** JSON that names the signing algorithm. */
  readonly auxPublic: Uint8Array;
  /** AES-256-GCM of JSON that holds the master chain code. */
  readonly auxPrivateEncrypted: Uint8Array;
  /** RSA-OAEP of that AES key. */
  readonly auxWrappedKey: Uint8Array;
}

/** One player's part of a version 1 backup, which carries no proof. */
export interface UnprovenPart {
  readonly playerIndex: number;
  readonly commitment: Uint8Array;
  /** The polynomial's values in the clear, by x-coordinate from 1. */
  readonly values: ReadonlyMap<number, Uint8Array>;
  /** The polynomial's values encrypted, by x-coordinate from 1. */
  readonly encryptedValues: ReadonlyMap<number, Uint8Array>;
}

/** A version 2 or 3 backup: one part a player, ascending by player index. */
export interface ProvenBackup {
  readonly kind: 'proven';
  readonly version: '2' | '3';
  readonly parts: readonly ProvenPart[];
}

/** A version 1 backup: can be recovered from, not validated. Source: docs/ers.md, "Version 1". */
export interface UnprovenBackup {
  readonly kind: 'unproven';
  readonly version: '1.0.0';
  readonly curve: CurveName;
  readonly sharing: SharingType;
  readonly threshold: number;
  /** The master public key P: a point, out of its SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly parts: readonly UnprovenPart[];
  /** AES-256-GCM of the chain code; empty when there is none. */
  readonly chainCodeEncrypted: Uint8Array;
  /** RSA-OAEP of that AES key; empty when there is none. */
  readonly chainCodeWrappedKey: Uint8Array;
}

/** What one set of ERS data says. */
export type Backup = ProvenBackup | UnprovenBackup;

/** What all parts of a backup should agree on; read from the first part, checked by validation. */
export interface BackupSummary {
  readonly version: string;
  readonly curve: CurveName;
  readonly sharing: SharingType;
  readonly threshold: number;
  readonly players: number;
  readonly publicKey: Uint8Array;
}

/** The parameters of a backup. Throws, as a bug, on a backup without parts. */
export function summarize(backup: Backup): BackupSummary {
  const stated = backup.kind === 'unproven' ? backup : backup.parts[0];
  if (stated === undefined) throw new Error('a backup has at least one part');
  const { version, curve, sharing, threshold, publicKey } = stated;
  return { version, curve, sharing, threshold, publicKey, players: backup.parts.length };
}
