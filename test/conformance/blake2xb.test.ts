import { expect, it } from 'vitest';

import { toHex } from '../../electron/engine/bytes/hex.ts';
import { blake2xb } from '../../electron/engine/ers/blake2xb.ts';
import { describeVectors, readVectors } from '../vectors.ts';

interface Vector {
  readonly inputLength: number;
  readonly outputLength: number;
  readonly outputHex: string;
}

describeVectors('blake2xb.json', (root) => {
  it.each(readVectors<Vector>(root, 'blake2xb.json'))(
    '$inputLength bytes in, $outputLength out',
    (vector) => {
      const input = Uint8Array.from({ length: vector.inputLength }, (_, i) => i % 256);
      expect(toHex(blake2xb(input, vector.outputLength))).toBe(vector.outputHex);
    },
  );
});
