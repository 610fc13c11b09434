import type { SecretBytes } from '../bytes/secret-bytes.ts';
import type { Curve, Point } from '../curve/curve.ts';

/** What a child is derived from: a public key, its chain code, and the private key when children need one. */
export interface DerivationNode {
  readonly curve: Curve;
  readonly publicKey: Point;
  /** A scalar, big-endian, as wide as the group order; absent when only public keys are derived. */
  readonly privateKey: SecretBytes | undefined;
  /** 32 bytes; 56 bytes on Ed448. */
  readonly chainCode: SecretBytes;
}

/** One step of a derivation rule: how the child's key and chain code follow from the parent's. */
export interface ChildStep {
  readonly publicKey: Point;
  /** The child's private scalar from the parent's. */
  readonly privateKey: (parent: bigint) => bigint;
  readonly chainCode: SecretBytes;
}
