import { expect, it } from 'vitest';

import { parseHex, toHex } from '../../electron/engine/bytes/hex.ts';
import type { JsonValue } from '../../electron/engine/bytes/json.ts';
import { timesBase } from '../../electron/engine/curve/curve.ts';
import { encodeSpki } from '../../electron/engine/curve/public-key.ts';
import { derive } from '../../electron/engine/derive/derive.ts';
import { parsePath } from '../../electron/engine/derive/path.ts';
import { bigEndianToInteger } from '../../electron/engine/bytes/integer.ts';
import { parseErs } from '../../electron/engine/ers/parse.ts';
import { reconstruct } from '../../electron/engine/ers/reconstruct.ts';
import { softwareDecryptor } from '../../electron/engine/rsa/decrypt.ts';
import { readRsaPrivateKey } from '../../electron/engine/rsa/private-key.ts';
import { describeVectors, readVectors } from '../vectors.ts';

interface Vector {
  readonly name: string;
  readonly label: string;
  readonly ersPrivateKeyPkcs8Hex: string;
  readonly recoveryData: JsonValue;
  readonly derivations: readonly { path: readonly number[]; publicKeyHex: string; chainCodeHex: string }[];
}

describeVectors('ers/derive.json', (root) => {
  const cases = readVectors<Vector>(root, 'ers/derive.json').flatMap((vector) =>
    vector.derivations.map((child) => ({
      vector,
      child,
      title: `${vector.name}, m/${child.path.join('/')}`,
    })),
  );
  it.each(cases)('$title', async ({ vector, child }) => {
    const key = await readRsaPrivateKey(parseHex(vector.ersPrivateKeyPkcs8Hex, 'key'));
    const decrypt = softwareDecryptor(key, new TextEncoder().encode(vector.label));
    const master = await reconstruct(parseErs(vector.recoveryData), decrypt);
    const { curve, chainCode } = master;
    if (chainCode === undefined) throw new Error('the vector has a chain code');
    const derived = derive({ ...master, chainCode }, parsePath(child.path.join('/')));
    const point = curve.encodePoint(derived.publicKey);
    expect(toHex(curve.name === 'ED-25519' ? point : encodeSpki(curve, point))).toBe(child.publicKeyHex);
    expect(derived.chainCode.use(toHex)).toBe(child.chainCodeHex);
    const scalar = derived.privateKey?.use(bigEndianToInteger) ?? 0n;
    expect(timesBase(curve, scalar).equals(derived.publicKey)).toBe(true);
  });
});
