import { describe, expect, it } from 'vitest';

import { curveOf } from '../../../../electron/engine/curve/curve.ts';
import type { ProvenPart } from '../../../../electron/engine/ers/backup.ts';
import { parseErs } from '../../../../electron/engine/ers/parse.ts';
import { judge } from '../../../../electron/engine/ers/verdict.ts';
import {
  flipBit,
  makeBackup,
  makeVersion1,
  proveAgain,
  withPart,
  withParts,
} from '../../../fixtures/backups.ts';
import { anyScalar, pointBytes } from '../../../fixtures/prover.ts';
import { makeRsaKey } from '../../../fixtures/rsa.ts';
import { checksOf, failuresOf, resultOf } from '../../../fixtures/verify.ts';

const key = makeRsaKey();
const made = makeBackup({ key });
const additive = makeBackup({ key, curve: 'ED-25519', sharing: 'additive', players: 2 });
const version2 = makeBackup({ key, version: '2', players: 2 });

const otherPoint = pointBytes('secp256k1', anyScalar('secp256k1'));
const NOT_REACHED = ['challenge', 'openings', 'values'] as const;

describe('agreement: one player who states otherwise is named, with the field', () => {
  const DIFFERENCES: readonly [string, (part: ProvenPart) => Partial<ProvenPart>][] = [
    ['version', () => ({ version: '2', playerCount: undefined })],
    ['threshold', () => ({ threshold: 0 })],
    ['sharing_type', () => ({ sharing: 'additive' })],
    ['public_key', () => ({ publicKey: otherPoint })],
    [
      'key_share_commitments',
      ({ shareCommitments }) => ({ shareCommitments: new Map(shareCommitments).set(2, otherPoint) }),
    ],
    [
      'key_share_commitments',
      ({ shareCommitments }) => ({ shareCommitments: new Map(shareCommitments).set(3, otherPoint) }),
    ],
    [
      'key_share_commitments',
      ({ shareCommitments }) => ({ shareCommitments: new Map([...shareCommitments].slice(0, 2)) }),
    ],
    ['nonce', ({ nonce }) => ({ nonce: flipBit(nonce) })],
    ['aux_data_public', ({ auxPublic }) => ({ auxPublic: flipBit(auxPublic) })],
    [
      'aux_data_private_encrypted',
      ({ auxPrivateEncrypted }) => ({ auxPrivateEncrypted: flipBit(auxPrivateEncrypted) }),
    ],
    ['aux_data_wrapped_encryption_key', ({ auxWrappedKey }) => ({ auxWrappedKey: flipBit(auxWrappedKey) })],
  ];
  it.each(DIFFERENCES)('%s', (field, change) => {
    const results = checksOf(made, withPart(made.backup, 1, change));
    expect(resultOf(results, 'agreement')).toEqual({
      player: 1,
      check: 'agreement',
      outcome: 'failed',
      code: 'proof.parameters-disagree',
      field,
    });
    expect(resultOf(results, 'sharing').outcome).toBe('not-reached');
  });

  it('player_count', () => {
    const results = checksOf(
      version2,
      withPart(version2.backup, 1, () => ({ playerCount: 3 })),
    );
    expect(resultOf(results, 'agreement')).toMatchObject({
      outcome: 'failed',
      field: 'player_count',
      player: 1,
    });
  });

  it('curve', () => {
    const results = checksOf(
      made,
      withPart(made.backup, 2, () => ({ curve: 'P-256' })),
    );
    expect(resultOf(results, 'agreement')).toMatchObject({ outcome: 'failed', field: 'curve', player: 2 });
    expect(resultOf(results, 'encoding', 2)).toMatchObject({ outcome: 'failed', field: 'public_key' });
  });

  it('a whole good part of another curve, where the key is stated: refused, not a crash', () => {
    const other = makeBackup({ key, curve: 'P-256', players: 2 });
    const backup = { ...made.backup, parts: [made.backup.parts[0]!, other.backup.parts[1]!] };
    const results = checksOf(made, backup, { stated: made.master });
    expect(resultOf(results, 'agreement')).toMatchObject({ outcome: 'failed', field: 'curve', player: 1 });
    expect(resultOf(results, 'public-key')).toMatchObject({ outcome: 'failed', code: 'public-key.mismatch' });
  });
});

describe('players', () => {
  const rejected = { player: null, check: 'players', outcome: 'failed', code: 'proof.player-set' };

  it('one player of three: proof.player-set', () => {
    const backup = { ...made.backup, parts: made.backup.parts.slice(0, 1) };
    expect(failuresOf(checksOf(made, backup))).toEqual([rejected]);
  });

  it('one player, with a threshold of 0: proof.player-set', () => {
    const alone = makeBackup({ key, players: 1, threshold: 0 });
    expect(failuresOf(checksOf(alone))).toEqual([rejected]);
  });

  it('as many players as the threshold, one too few: proof.player-set', () => {
    const wide = makeBackup({ key, players: 3, threshold: 2 });
    const backup = { ...wide.backup, parts: wide.backup.parts.slice(0, 2) };
    expect(failuresOf(checksOf(wide, backup))).toEqual([rejected]);
  });

  it('a player without a commitment: proof.player-set, and its shape is rejected', () => {
    const backup = withParts(made.backup, ({ shareCommitments }) => ({
      shareCommitments: new Map([...shareCommitments].filter(([player]) => player !== 1)),
    }));
    expect(failuresOf(checksOf(made, backup))).toEqual([
      rejected,
      {
        player: 1,
        check: 'shape',
        outcome: 'failed',
        code: 'proof.shape-rejected',
        field: 'key_share_commitments',
      },
    ]);
  });

  it('additive with a player missing: proof.player-set', () => {
    const three = makeBackup({ key, curve: 'ED-25519', sharing: 'additive', threshold: 1 });
    const backup = { ...three.backup, parts: three.backup.parts.slice(0, 2) };
    expect(failuresOf(checksOf(three, backup))).toEqual([rejected]);
  });

  it('multiplicative with a player missing: proof.player-set', () => {
    const three = makeBackup({ key, curve: 'ED-25519', sharing: 'multiplicative', threshold: 1 });
    const backup = { ...three.backup, parts: three.backup.parts.slice(0, 2) };
    expect(failuresOf(checksOf(three, backup))).toEqual([rejected]);
  });

  it('version 2 with a player missing of those it counts: proof.player-set', () => {
    const three = makeBackup({ key, version: '2' });
    const backup = { ...three.backup, parts: three.backup.parts.slice(0, 2) };
    expect(failuresOf(checksOf(three, backup))).toEqual([rejected]);
  });

  it('version 2 that counts one player too many: proof.player-set', () => {
    const results = checksOf(
      version2,
      withParts(version2.backup, () => ({ playerCount: 3 })),
    );
    expect(resultOf(results, 'players')).toEqual(rejected);
    expect(failuresOf(results).map(({ check }) => check)).toEqual(['players', 'challenge', 'challenge']);
  });
});

describe('public-key', () => {
  it("the stated key is the backup's: passed", () => {
    expect(resultOf(checksOf(made, made.backup, { stated: made.master }), 'public-key')).toEqual({
      player: null,
      check: 'public-key',
      outcome: 'passed',
    });
  });

  it('the stated key is another: public-key.mismatch', () => {
    const stated = curveOf('secp256k1').points.BASE.multiply(anyScalar('secp256k1'));
    const results = checksOf(made, made.backup, { stated });
    expect(failuresOf(results)).toEqual([
      {
        player: null,
        check: 'public-key',
        outcome: 'failed',
        code: 'public-key.mismatch',
        field: 'public_key',
      },
    ]);
    expect(judge(made.backup, results)).toMatchObject({ kind: 'invalid', code: 'public-key.mismatch' });
  });

  it('the stated key is on another curve: public-key.mismatch', () => {
    const stated = curveOf('P-256').points.BASE;
    expect(resultOf(checksOf(made, made.backup, { stated }), 'public-key')).toMatchObject({
      outcome: 'failed',
      code: 'public-key.mismatch',
    });
  });
});

describe('sharing', () => {
  const rejected = {
    player: null,
    check: 'sharing',
    outcome: 'failed',
    code: 'proof.sharing-rejected',
    field: 'key_share_commitments',
  };

  it.each([0, 1, 2])(
    'commitment %i not on the polynomial of the others: proof.sharing-rejected',
    (player) => {
      const backup = withParts(made.backup, ({ shareCommitments }) => ({
        shareCommitments: new Map(shareCommitments).set(player, otherPoint),
      }));
      expect(resultOf(checksOf(made, backup), 'sharing')).toEqual(rejected);
    },
  );

  it('shares of a polynomial of a higher degree, all proofs good: proof.sharing-rejected', () => {
    const wide = makeBackup({ key, players: 3, threshold: 2 });
    const cheat = { ...wide, statement: { ...wide.statement, threshold: 1 } };
    const backup = proveAgain(cheat);
    expect(failuresOf(checksOf(cheat, backup))).toEqual([rejected]);
  });

  it('a public key that the shares do not make, all proofs good: proof.sharing-rejected', () => {
    const cheat = { ...made, statement: { ...made.statement, publicKey: otherPoint } };
    expect(failuresOf(checksOf(cheat, proveAgain(cheat)))).toEqual([rejected]);
  });

  it('additive commitments that add up to another key, all proofs good: proof.sharing-rejected', () => {
    const publicKey = pointBytes('ED-25519', anyScalar('ED-25519'));
    const cheat = { ...additive, statement: { ...additive.statement, publicKey } };
    expect(failuresOf(checksOf(cheat, proveAgain(cheat)))).toEqual([rejected]);
  });

  it('additive: a commitment of a player who has no part counts in the sum', () => {
    const backup = withParts(additive.backup, ({ shareCommitments }) => ({
      shareCommitments: new Map(shareCommitments).set(2, pointBytes('ED-25519', 1n)),
    }));
    const results = checksOf(additive, backup);
    expect(resultOf(results, 'sharing')).toEqual(rejected);
    expect(resultOf(results, 'players').outcome).toBe('failed');
  });

  it('Shamir with no more commitments than the threshold: proof.sharing-rejected', () => {
    const backup = withParts(made.backup, () => ({ threshold: 3 }));
    expect(resultOf(checksOf(made, backup), 'sharing')).toEqual(rejected);
  });
});

describe('what carries no proof', () => {
  it('multiplicative: everything but the sharing is checked, and the backup is unverifiable', () => {
    const product = makeBackup({ key, sharing: 'multiplicative', players: 2 });
    const results = checksOf(product, product.backup, { stated: product.master });
    const open = { player: null, check: 'sharing', outcome: 'not-checked', code: 'backup.multiplicative' };
    expect(results.filter(({ outcome }) => outcome !== 'passed')).toEqual([open]);
    expect(judge(product.backup, results)).toEqual({
      kind: 'unverifiable',
      code: 'backup.multiplicative',
      because: open,
    });
  });

  it('multiplicative with a wrong proof: invalid', () => {
    const product = makeBackup({ key, sharing: 'multiplicative', players: 2 });
    const backup = withPart(product.backup, 0, ({ nonce }) => ({ nonce: flipBit(nonce) }));
    expect(judge(backup, checksOf(product, backup)).kind).toBe('invalid');
  });

  it('version 1: nothing is checked, and the backup is unverifiable', () => {
    const backup = parseErs(makeVersion1({ key, players: 2 }).json);
    const results = checksOf(made, backup, { stated: made.master });
    expect(results).toHaveLength(4 + 2 * 5);
    for (const { outcome, code } of results) {
      expect({ outcome, code }).toEqual({ outcome: 'not-checked', code: 'backup.version-1' });
    }
    expect(judge(backup, results)).toMatchObject({ kind: 'unverifiable', code: 'backup.version-1' });
  });

  it.each(['label.unknown', 'register.not-listed', 'ers-public-key.unknown'] as const)(
    '%s: the openings are not checked, and the backup is unverifiable, not valid',
    (missing) => {
      const results = checksOf(made, made.backup, { opening: { missing } });
      for (const player of [0, 1, 2]) {
        expect(resultOf(results, 'openings', player)).toEqual({
          player,
          check: 'openings',
          outcome: 'not-checked',
          code: missing,
        });
      }
      expect(failuresOf(results)).toEqual([]);
      expect(judge(made.backup, results)).toMatchObject({ kind: 'unverifiable', code: missing });
    },
  );

  it('a failure is heard also where the label is unknown: invalid', () => {
    const backup = withParts(made.backup, ({ nonce }) => ({ nonce: flipBit(nonce) }));
    const results = checksOf(made, backup, { opening: { missing: 'label.unknown' } });
    expect(judge(backup, results)).toMatchObject({ kind: 'invalid', code: 'proof.challenge-rejected' });
  });
});

it("a damaged part leaves the other players' results as they are", () => {
  const backup = withPart(made.backup, 1, ({ ciphertexts }) => ({ ciphertexts: ciphertexts.slice(1) }));
  const results = checksOf(made, backup);
  for (const check of ['encoding', ...NOT_REACHED] as const) {
    expect(resultOf(results, check, 1).outcome).toBe('not-reached');
    expect(resultOf(results, check, 0).outcome).toBe('passed');
    expect(resultOf(results, check, 2).outcome).toBe('passed');
  }
  expect(resultOf(results, 'sharing').outcome).toBe('passed');
});
