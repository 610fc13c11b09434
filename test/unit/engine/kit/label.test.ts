import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';

import { parseKeyId, parseQuorumId } from '../../../../shared/ids.ts';
import { palisadeLabel } from '../../../../electron/engine/kit/label.ts';
import { walletPathOf } from '../../../../electron/engine/kit/wallet-path.ts';
import { CURVE_NAMES } from '../../../../shared/curve-name.ts';

const QUORUM = '123e4567-e89b-12d3-a456-426614174000';
const KEY = '0f8fad5b-d9cb-469f-a165-70867728950e';

it('the label is the hash of quorum id, hyphen, key id', () => {
  const text = `${QUORUM}-${KEY}`;
  expect(text).toHaveLength(73);
  const expected = createHash('sha256').update(text).digest('hex');
  expect(Buffer.from(palisadeLabel(parseQuorumId(QUORUM), parseKeyId(KEY))).toString('hex')).toBe(expected);
});

it('the case of the ids does not matter, their order does', () => {
  const label = palisadeLabel(parseQuorumId(QUORUM), parseKeyId(KEY));
  expect(palisadeLabel(parseQuorumId(QUORUM.toUpperCase()), parseKeyId(KEY.toUpperCase()))).toEqual(label);
  expect(palisadeLabel(parseQuorumId(KEY), parseKeyId(QUORUM))).not.toEqual(label);
});

it('only a secp256k1 wallet of Palisade is below the master key', () => {
  for (const curve of CURVE_NAMES) {
    expect(walletPathOf('palisade', curve)).toEqual(curve === 'secp256k1' ? [0] : []);
    expect(walletPathOf('none', curve)).toEqual([]);
  }
});
