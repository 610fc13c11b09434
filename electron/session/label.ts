import type { KeyId, QuorumId } from '../../shared/ids.ts';
import type { MissingOpening } from '../engine/ers/part-checks.ts';
import { palisadeLabel } from '../engine/kit/label.ts';
import type { Wallet } from '../engine/kit/wallet.ts';
import type { Register } from '../record/register.ts';

/** What the OAEP label is made of, as far as it was given by hand. */
export interface LabelSource {
  /** The label itself, which makes the ids unnecessary; an empty one is a label. */
  readonly label: Uint8Array | undefined;
  readonly keyId: KeyId | undefined;
  readonly quorumId: QuorumId | undefined;
  readonly register: Register | undefined;
}

/** A wallet's label, and the ids that go with it. */
export interface Label {
  readonly bytes: Uint8Array | undefined;
  readonly keyId: KeyId | undefined;
  readonly quorumId: QuorumId | undefined;
  /** Why there is no label; says nothing when there is one. */
  readonly missing: MissingOpening['missing'];
}

/**
 * The label of a wallet. An id given by hand goes before the folder's name and the register.
 * Source: docs/kits.md, "Label".
 */
export function labelOf(wallet: Wallet, source: LabelSource): Label {
  const keyId = source.keyId ?? wallet.keyId;
  const row = keyId === undefined ? undefined : source.register?.get(keyId);
  const quorumId = source.quorumId ?? row?.quorumId;
  const ofIds = keyId === undefined || quorumId === undefined ? undefined : palisadeLabel(quorumId, keyId);
  return {
    bytes: source.label ?? ofIds,
    keyId,
    quorumId,
    missing: source.register !== undefined && row === undefined ? 'register.not-listed' : 'label.unknown',
  };
}
