import type { KeyId, QuorumId } from './ids.ts';
import type { KeyAlgorithm } from './key-algorithm.ts';

/** Whether a wallet is for rehearsing or holds real money, by the names that registers use. */
export const ENVIRONMENTS = ['sandbox', 'production'] as const;

/** One environment's name. */
export type Environment = (typeof ENVIRONMENTS)[number];

/** The columns of a register that this program knows, as they are written. Source: docs/kits.md, "Register". */
export const REGISTER_FIELDS = [
  'key_id',
  'quorum_id',
  'key_algorithm',
  'address',
  'environment',
  'bucket',
  'note',
] as const;

/** The name of one column. */
export type RegisterField = (typeof REGISTER_FIELDS)[number];

/** What the custodian keeps offline of one wallet. Source: docs/kits.md, "Register". */
export interface RegisterRow {
  readonly keyId: KeyId;
  readonly quorumId: QuorumId;
  readonly keyAlgorithm: KeyAlgorithm;
  /** Addresses that the wallet is known to have; none where the cell is empty. */
  readonly addresses: readonly string[];
  /** Undefined where the register does not say. */
  readonly environment: Environment | undefined;
  /** Name of the bucket that the wallet's files lie in; empty where the register does not say. */
  readonly bucket: string;
  readonly note: string;
  /** What stands in columns that are the custodian's own, by their names; empty cells are left out. */
  readonly further: Readonly<Record<string, string>>;
}

/** One row as a person types it, by column; addresses have blanks or line breaks between them. */
export type RegisterDraft = Readonly<Record<RegisterField, string>>;
