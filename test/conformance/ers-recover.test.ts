import { expect, it } from 'vitest';

import { parseBase64, toBase64 } from '../../electron/engine/bytes/base64.ts';
import type { JsonValue } from '../../electron/engine/bytes/json.ts';
import { summarize } from '../../electron/engine/ers/backup.ts';
import { parseErs } from '../../electron/engine/ers/parse.ts';
import { reconstruct } from '../../electron/engine/ers/reconstruct.ts';
import { softwareDecryptor } from '../../electron/engine/rsa/decrypt.ts';
import { readRsaPrivateKey } from '../../electron/engine/rsa/private-key.ts';
import { describeVectors, readVectors } from '../vectors.ts';

interface Vector {
  readonly players: number;
  readonly threshold: number;
  readonly sharingType: string;
  readonly curve: string;
  readonly label: string;
  readonly ersPrivateKeyPkcs8Base64: string;
  readonly privateKeyBase64: string;
  readonly masterChainCodeBase64: string;
  readonly recoveryData: JsonValue;
}

describeVectors('ers/recover', (root) => {
  const vectors = ['v1', 'v2', 'v3'].flatMap((version) =>
    readVectors<Vector>(root, `ers/recover-${version}.json`).map((vector) => ({ ...vector, version })),
  );
  it.each(vectors)(
    '$version: $curve, $sharingType, $players players, threshold $threshold',
    async (vector) => {
      const backup = parseErs(vector.recoveryData);
      const { curve, players, sharing, threshold } = summarize(backup);
      expect({ curve, players, sharingType: sharing, threshold }).toEqual({
        curve: vector.curve,
        players: vector.players,
        sharingType: vector.sharingType,
        threshold: vector.threshold,
      });
      const key = await readRsaPrivateKey(parseBase64(vector.ersPrivateKeyPkcs8Base64, 'key'));
      const shares: number[] = [];
      const recovered = await reconstruct(
        backup,
        softwareDecryptor(key, new TextEncoder().encode(vector.label)),
        (player) => shares.push(player),
      );
      expect(recovered.privateKey.use(toBase64)).toBe(vector.privateKeyBase64);
      expect(recovered.chainCode?.use(toBase64)).toBe(vector.masterChainCodeBase64);
      expect(shares).toEqual(Array.from({ length: vector.players }, (_, player) => player));
    },
  );
});
