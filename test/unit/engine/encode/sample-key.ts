import { randomBytes } from 'node:crypto';

import type { CurveName } from '../../../../shared/curve-name.ts';
import { SecretBytes } from '../../../../electron/engine/bytes/secret-bytes.ts';
import { curveOf, encodeScalar, timesBase } from '../../../../electron/engine/curve/curve.ts';
import { bigEndianToInteger } from '../../../../electron/engine/bytes/integer.ts';
import type { ExportKey } from '../../../../electron/engine/encode/export-key.ts';

/** A key of a curve with its master key, fresh or of given bytes, for tests that wipe nothing. */
export function sampleKey(name: CurveName, scalarBytes?: Uint8Array): ExportKey {
  const curve = curveOf(name);
  const pair = (bytes: Uint8Array): Pick<ExportKey, 'publicKey' | 'privateKey'> => {
    const scalar = (bigEndianToInteger(bytes) % (curve.order - 1n)) + 1n;
    const fits = bytes.length === curve.scalarBytes && bigEndianToInteger(bytes) < curve.order;
    const privateKey = fits ? bytes : encodeScalar(curve, scalar);
    return {
      privateKey: new SecretBytes(privateKey),
      publicKey: timesBase(curve, bigEndianToInteger(privateKey)),
    };
  };
  return {
    curve,
    ...pair(scalarBytes ?? new Uint8Array(randomBytes(curve.scalarBytes))),
    master: {
      ...pair(new Uint8Array(randomBytes(curve.scalarBytes))),
      chainCode: new SecretBytes(new Uint8Array(randomBytes(32))),
    },
  };
}

/** A secret of a text. */
export function secretOf(text: string): SecretBytes {
  return new SecretBytes(new TextEncoder().encode(text));
}

/** A secret's bytes, for a test to compare. */
export function bytesOf(secret: SecretBytes): Uint8Array {
  return secret.use((bytes) => Uint8Array.from(bytes));
}

/** A secret's bytes as text, for a test to compare. */
export function textOf(secret: SecretBytes): string {
  return new TextDecoder().decode(bytesOf(secret));
}

/** A secret's bytes in hex, for a test to compare. */
export function hexOf(secret: SecretBytes): string {
  return Buffer.from(bytesOf(secret)).toString('hex');
}
