import { describe, expect, it } from 'vitest';

import { CURVE_NAMES } from '../../../../shared/curve-name.ts';
import { BACKUP_CHECKS, PLAYER_CHECKS } from '../../../../shared/checks.ts';
import type { ProvenBackup } from '../../../../electron/engine/ers/backup.ts';
import { parseErs } from '../../../../electron/engine/ers/parse.ts';
import { reconstruct } from '../../../../electron/engine/ers/reconstruct.ts';
import { serializeBackup } from '../../../../electron/engine/ers/serialize.ts';
import { synthesizeBackup } from '../../../../electron/engine/ers/synthesize.ts';
import { judge } from '../../../../electron/engine/ers/verdict.ts';
import { softwareDecryptor } from '../../../../electron/engine/rsa/decrypt.ts';
import { parseJson } from '../../../../electron/engine/bytes/json.ts';
import { LABEL, makeBackup, toErsJson } from '../../../fixtures/backups.ts';
import { challengeByTheBook } from '../../../fixtures/prover.ts';
import { makeRsaKey } from '../../../fixtures/rsa.ts';
import { checksOf } from '../../../fixtures/verify.ts';
import { systemRandom } from '../../../random.ts';

const key = makeRsaKey(1056);
const reveal = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes);

const KINDS = CURVE_NAMES.flatMap((curve) =>
  (['shamir', 'additive'] as const).map((sharing, i) => ({
    curve,
    sharing,
    version: i === 0 ? ('3' as const) : ('2' as const),
  })),
);

describe('a good backup, by a prover of another hand', () => {
  it.each(KINDS)('$curve, $sharing, version $version: valid, and gives the key back', async (kind) => {
    const made = makeBackup({ key, ...kind, players: 2 });
    const backup = parseErs(parseJson(JSON.stringify(toErsJson(made.backup))));
    expect(backup).toEqual(made.backup);
    const results = checksOf(made, backup, { stated: made.master });
    expect(results.map(({ outcome }) => outcome)).toEqual(results.map(() => 'passed'));
    expect(judge(backup, results)).toEqual({ kind: 'valid' });
    const recovered = await reconstruct(backup, softwareDecryptor(key, LABEL));
    expect(recovered.privateKey.use(reveal)).toEqual(made.privateKey);
    expect(recovered.chainCode?.use(reveal)).toEqual(made.chainCode);
  });

  it('3 of 5 players: valid', () => {
    const made = makeBackup({ key, players: 5, threshold: 2 });
    expect(judge(made.backup, checksOf(made))).toEqual({ kind: 'valid' });
  });

  it('2 of 3 players, of whom one is absent: valid', () => {
    const made = makeBackup({ key });
    const backup = { ...made.backup, parts: made.backup.parts.slice(1) };
    expect(judge(backup, checksOf(made, backup))).toEqual({ kind: 'valid' });
  });

  it('an empty label is a label', () => {
    const made = makeBackup({ key, players: 2, label: new Uint8Array() });
    expect(judge(made.backup, checksOf(made))).toEqual({ kind: 'valid' });
  });
});

describe('the results', () => {
  const made = makeBackup({ key, curve: 'ED-25519' });

  it('are one for each check of the backup and of every player', () => {
    const results = checksOf(made);
    const players = [0, 1, 2].flatMap((player) => PLAYER_CHECKS.map((check) => ({ player, check })));
    const whole = BACKUP_CHECKS.map((check) => ({ player: null, check }));
    expect(results.map(({ player, check }) => ({ player, check }))).toEqual([
      ...whole.slice(0, 3),
      ...players,
      ...whole.slice(3),
    ]);
  });

  it('do not check a public key that is stated nowhere else, which leaves the backup valid', () => {
    const results = checksOf(made);
    expect(results.filter(({ outcome }) => outcome !== 'passed')).toEqual([
      { player: null, check: 'public-key', outcome: 'not-checked' },
    ]);
    expect(judge(made.backup, results)).toEqual({ kind: 'valid' });
  });
});

describe('synthesizeBackup', () => {
  it.each([{ curve: 'secp256k1' }, { curve: 'P-224' }, { curve: 'P-521' }, { curve: 'ED-448' }] as const)(
    '$curve: valid, hashed as the book says, and gives the key back',
    async ({ curve }) => {
      const request = { curve, sharing: 'shamir', players: 2, threshold: 1 } as const;
      const { backup, masterPrivateKey, masterChainCode } = synthesizeBackup({
        ...request,
        ersKey: key.publicKey,
        label: LABEL,
        randomBytes: systemRandom,
      });
      for (const part of backup.parts) expect(part.openedIndices).toEqual(challengeByTheBook(part));
      const made = { ...makeBackup({ key, players: 2 }), backup };
      expect(judge(backup, checksOf(made))).toEqual({ kind: 'valid' });
      expect(serializeBackup(parseErs(serializeBackup(backup)) as ProvenBackup)).toEqual(
        serializeBackup(backup),
      );
      const recovered = await reconstruct(backup, softwareDecryptor(key, LABEL));
      expect(recovered.privateKey.use(reveal)).toEqual(masterPrivateKey);
      expect(recovered.chainCode?.use(reveal)).toEqual(masterChainCode);
    },
  );

  it('additive: valid, and gives the key back', async () => {
    const { backup, masterPrivateKey } = synthesizeBackup({
      curve: 'ED-25519',
      sharing: 'additive',
      players: 3,
      threshold: 2,
      ersKey: key.publicKey,
      label: LABEL,
      randomBytes: systemRandom,
    });
    const made = { ...makeBackup({ key, players: 2 }), backup };
    expect(judge(backup, checksOf(made))).toEqual({ kind: 'valid' });
    const recovered = await reconstruct(backup, softwareDecryptor(key, LABEL));
    expect(recovered.privateKey.use(reveal)).toEqual(masterPrivateKey);
  });
});
