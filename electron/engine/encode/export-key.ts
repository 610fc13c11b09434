import type { CurveName } from '../../../shared/curve-name.ts';
import type { SecretBytes } from '../bytes/secret-bytes.ts';
import type { Curve, Point } from '../curve/curve.ts';
import type { StatedKey } from './stated-key.ts';

/** A key with its public half. */
interface KeyPair {
  readonly publicKey: Point;
  /** Big-endian scalar, as wide as the order. */
  readonly privateKey: SecretBytes;
}

/** What a format may write of a recovered key. The owner wipes it. */
export interface ExportKey extends KeyPair {
  readonly curve: Curve;
  readonly master: KeyPair & {
    /** Undefined where the backup gave none that derivation takes. */
    readonly chainCode: SecretBytes | undefined;
  };
}

/** What a file of some format holds, read back. The caller wipes it. */
export interface DecodedKey {
  readonly privateKey: SecretBytes;
  /** There in an extended key only. */
  readonly chainCode?: SecretBytes;
  /** The curve that the file names, where it names one. */
  readonly curve?: CurveName;
  /** What the file says of its public half, not yet held against the private one. */
  readonly stated?: StatedKey;
}
