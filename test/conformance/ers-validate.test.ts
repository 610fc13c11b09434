import { expect, it } from 'vitest';

import type { ErrorCode } from '../../shared/error-codes.ts';
import { parseBase64 } from '../../electron/engine/bytes/base64.ts';
import type { JsonValue } from '../../electron/engine/bytes/json.ts';
import { curveOf } from '../../electron/engine/curve/curve.ts';
import { decodePublicKey } from '../../electron/engine/curve/public-key.ts';
import { summarize } from '../../electron/engine/ers/backup.ts';
import { parseErs } from '../../electron/engine/ers/parse.ts';
import { validate } from '../../electron/engine/ers/validate.ts';
import { judge } from '../../electron/engine/ers/verdict.ts';
import { parseRsaPublicKey } from '../../electron/engine/rsa/public-key.ts';
import { systemRandom } from '../random.ts';
import { describeVectors, readVectors } from '../vectors.ts';

interface Vector {
  readonly name: string;
  readonly ersPublicKeySpkiBase64: string | null;
  readonly label: string | null;
  readonly publicKeyBase64: string | null;
  readonly recoveryData: JsonValue;
  readonly expectedValid: boolean;
  readonly expectedErrorContains?: string;
}

/** What this program says where the original system refuses with these words. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  'validation requires recovery data version 2 or later': 'backup.version-1',
  'validation of multiplicative sharing not supported': 'backup.multiplicative',
  'encryption opening failed': 'label.mismatch',
  'mismatch between provided public key and public key contained in recovery data': 'public-key.mismatch',
};

function verdictOf(vector: Vector) {
  const backup = parseErs(vector.recoveryData);
  const curve = curveOf(summarize(backup).curve);
  const opening =
    vector.ersPublicKeySpkiBase64 === null || vector.label === null
      ? ({ missing: 'ers-public-key.unknown' } as const)
      : {
          publicKey: parseRsaPublicKey(parseBase64(vector.ersPublicKeySpkiBase64, 'key')),
          label: new TextEncoder().encode(vector.label),
        };
  const statedPublicKey =
    vector.publicKeyBase64 === null
      ? undefined
      : decodePublicKey(curve, parseBase64(vector.publicKeyBase64, 'key'));
  const checks = [...validate({ backup, opening, statedPublicKey, randomBytes: systemRandom })];
  return { verdict: judge(backup, checks), checks };
}

describeVectors('ers/validate', (root) => {
  const vectors = ['ers/validate-v2.json', 'ers/validate-v3.json'].flatMap((file) =>
    readVectors<Vector>(root, file).map((vector) => ({ ...vector, file })),
  );
  it.each(vectors)('$file: $name', (vector) => {
    const { verdict, checks } = verdictOf(vector);
    if (vector.expectedValid) {
      expect(verdict).toEqual({ kind: 'valid' });
      expect(checks.every(({ outcome }) => outcome === 'passed')).toBe(true);
    } else {
      expect(verdict).toMatchObject({ code: CODES[vector.expectedErrorContains ?? ''] });
    }
  });
});
