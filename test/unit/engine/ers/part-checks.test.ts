import { describe, expect, it } from 'vitest';

import type { CheckResult } from '../../../../shared/checks.ts';
import { curveOf } from '../../../../electron/engine/curve/curve.ts';
import type { ProvenPart } from '../../../../electron/engine/ers/backup.ts';
import { judge } from '../../../../electron/engine/ers/verdict.ts';
import {
  addSmallOrder,
  flipBit,
  makeBackup,
  replaceAt,
  withPart,
  withParts,
  withWitness,
} from '../../../fixtures/backups.ts';
import { anyScalar, challengeByTheBook, pointBytes, scalarBytes } from '../../../fixtures/prover.ts';
import { makeRsaKey } from '../../../fixtures/rsa.ts';
import { checksOf, failuresOf, partOf, resultOf } from '../../../fixtures/verify.ts';

const key = makeRsaKey();
const made = makeBackup({ key });
const onEdwards = makeBackup({ key, curve: 'ED-25519', players: 2 });

const part1 = partOf(made.backup, 1);
const unopened = Array.from({ length: 80 }, (_, i) => i).filter((i) => !part1.openedIndices.includes(i));

/** The failures of player 1, with the rest of what a failure says. */
const failure = (
  rest: Partial<CheckResult> & Pick<CheckResult, 'check'>,
  player = 1,
): Partial<CheckResult> => ({
  player,
  outcome: 'failed',
  ...rest,
});

describe('shape: the arrays of one player', () => {
  const shorter = <Item>(items: readonly Item[]): readonly Item[] => items.slice(0, -1);
  const longer = <Item>(items: readonly Item[]): readonly Item[] => [...items, items[0]!];
  const ODD: readonly [string, string, (part: ProvenPart) => Partial<ProvenPart>, number?][] = [
    ['79 ciphertexts', 'es', (part) => ({ ciphertexts: shorter(part.ciphertexts) })],
    ['81 ciphertexts', 'es', (part) => ({ ciphertexts: longer(part.ciphertexts) })],
    ['no ciphertexts', 'es', () => ({ ciphertexts: [] })],
    ['39 points', 'ys', (part) => ({ valuePoints: shorter(part.valuePoints) })],
    ['41 points', 'ys', (part) => ({ valuePoints: longer(part.valuePoints) })],
    ['39 indices', 'combination', (part) => ({ openedIndices: shorter(part.openedIndices) })],
    ['41 indices', 'combination', (part) => ({ openedIndices: longer(part.openedIndices) })],
    ['39 values', 'vs', (part) => ({ openedValues: shorter(part.openedValues) })],
    ['41 values', 'vs', (part) => ({ openedValues: longer(part.openedValues) })],
    ['39 seeds', 'rs', (part) => ({ openedSeeds: shorter(part.openedSeeds) })],
    ['41 seeds', 'rs', (part) => ({ openedSeeds: longer(part.openedSeeds) })],
    [
      'a seed of 31 bytes',
      'rs',
      (part) => ({ openedSeeds: replaceAt(part.openedSeeds, 7, new Uint8Array(31)) }),
      7,
    ],
    [
      'a seed of 33 bytes',
      'rs',
      (part) => ({ openedSeeds: replaceAt(part.openedSeeds, 39, new Uint8Array(33)) }),
      39,
    ],
    [
      'two indices exchanged',
      'combination',
      (part) => ({ openedIndices: exchange(part.openedIndices, 3, 4) }),
      4,
    ],
    [
      'an index twice',
      'combination',
      (part) => ({ openedIndices: replaceAt(part.openedIndices, 5, part.openedIndices[4]!) }),
      5,
    ],
    ['index 80', 'combination', (part) => ({ openedIndices: replaceAt(part.openedIndices, 39, 80) }), 39],
  ];
  it.each(ODD)(
    '%s: proof.shape-rejected, and the other checks are not reached',
    (_, field, change, index) => {
      const results = checksOf(made, withPart(made.backup, 1, change));
      expect(failuresOf(results)).toEqual([
        failure({
          check: 'shape',
          code: 'proof.shape-rejected',
          field,
          ...(index === undefined ? {} : { index }),
        }),
      ]);
      for (const check of ['encoding', 'challenge', 'openings', 'values'] as const) {
        expect(resultOf(results, check, 1)).toEqual({ player: 1, check, outcome: 'not-reached' });
      }
    },
  );
});

describe('encoding: what is no point or no scalar', () => {
  const rejected = (field: string, index: number, player = 1): Partial<CheckResult> =>
    failure({ check: 'encoding', code: 'proof.encoding-rejected', field, index }, player);
  const offCurve = pointBytes('secp256k1', 5n);
  offCurve[64]! ^= 1;

  it('a public key off the curve, in every part', () => {
    const results = checksOf(
      made,
      withParts(made.backup, () => ({ publicKey: offCurve })),
    );
    expect(failuresOf(results)).toEqual([0, 1, 2].map((player) => rejected('public_key', 0, player)));
    expect(resultOf(results, 'sharing').outcome).toBe('not-reached');
  });

  it('a commitment off the curve, in every part', () => {
    const backup = withParts(made.backup, ({ shareCommitments }) => ({
      shareCommitments: new Map(shareCommitments).set(2, offCurve),
    }));
    const results = checksOf(made, backup);
    expect(failuresOf(results)).toEqual(
      [0, 1, 2].map((player) => rejected('key_share_commitments', 2, player)),
    );
    expect(resultOf(results, 'sharing').outcome).toBe('not-reached');
  });

  it.each([
    ['off the curve', offCurve],
    ['cut by a byte', pointBytes('secp256k1', 5n).subarray(0, 64)],
    ['the identity', Uint8Array.of(0)],
    ['empty', new Uint8Array()],
    ['of hybrid form', Uint8Array.from([6, ...pointBytes('secp256k1', 5n).subarray(1)])],
  ])('a Y_k that is %s: its index, challenge and values not reached', (_, bytes) => {
    const backup = withPart(made.backup, 1, ({ valuePoints }) => ({
      valuePoints: replaceAt(valuePoints, 17, bytes),
    }));
    const results = checksOf(made, backup);
    expect(failuresOf(results)).toEqual([rejected('ys', 17)]);
    expect(resultOf(results, 'challenge', 1).outcome).toBe('not-reached');
    expect(resultOf(results, 'values', 1).outcome).toBe('not-reached');
    expect(resultOf(results, 'openings', 1).outcome).toBe('passed');
  });

  it.each([
    ['the group order', scalarBytes('secp256k1', curveOf('secp256k1').order)],
    ['above the group order', new Uint8Array(32).fill(0xff)],
    ['a byte short', new Uint8Array(31).fill(1)],
    ['a byte long', new Uint8Array(33)],
  ])('an opened value that is %s: its index', (_, bytes) => {
    const backup = withPart(made.backup, 1, ({ openedValues }) => ({
      openedValues: replaceAt(openedValues, 9, bytes),
    }));
    expect(failuresOf(checksOf(made, backup))).toEqual([
      rejected('vs', 9),
      failure({
        check: 'openings',
        code: 'proof.opening-rejected',
        field: 'es',
        index: part1.openedIndices[9]!,
      }),
    ]);
  });

  it('an opened value longer than the RSA key encrypts is an answer, not a crash', () => {
    const long = new Uint8Array(200);
    const backup = withPart(made.backup, 1, ({ openedValues }) => ({
      openedValues: replaceAt(openedValues, 0, long),
    }));
    expect(failuresOf(checksOf(made, backup))[0]).toEqual(rejected('vs', 0));
  });

  it('compressed points are read, and change the challenge', () => {
    const short = curveOf('secp256k1').encodeCompressed(
      curveOf('secp256k1').decodePoint(part1.valuePoints[3]!)!,
    );
    const backup = withPart(made.backup, 1, ({ valuePoints }) => ({
      valuePoints: replaceAt(valuePoints, 3, short),
    }));
    expect(failuresOf(checksOf(made, backup)).map(({ check }) => check)).toEqual(['challenge']);
  });
});

describe.each(['ED-25519', 'ED-448'] as const)('encoding: a component of small order on %s', (curve) => {
  const good = curve === 'ED-25519' ? onEdwards : makeBackup({ key, curve, players: 2 });
  const rejected = (field: string, index: number, player: number): Partial<CheckResult> =>
    failure({ check: 'encoding', code: 'proof.encoding-rejected', field, index }, player);
  const orders = curve === 'ED-25519' ? ([2, 4, 8] as const) : ([2, 4] as const);

  it.each(orders)('of order %i in the public key', (order) => {
    const backup = withParts(good.backup, ({ publicKey }) => ({
      publicKey: addSmallOrder(curve, publicKey, order),
    }));
    const results = checksOf(good, backup);
    expect(failuresOf(results)).toEqual([rejected('public_key', 0, 0), rejected('public_key', 0, 1)]);
    expect(resultOf(results, 'sharing').outcome).toBe('not-reached');
  });

  it.each(orders)('of order %i in a commitment', (order) => {
    const backup = withParts(good.backup, ({ shareCommitments }) => ({
      shareCommitments: new Map(shareCommitments).set(
        1,
        addSmallOrder(curve, shareCommitments.get(1)!, order),
      ),
    }));
    const results = checksOf(good, backup);
    expect(failuresOf(results)).toEqual([0, 1].map((player) => rejected('key_share_commitments', 1, player)));
    expect(resultOf(results, 'sharing').outcome).toBe('not-reached');
  });

  it.each(orders.flatMap((order) => [true, false].map((opened) => ({ order, opened }))))(
    'of order $order in a Y_k (opened: $opened), hashed as it should be: only the encoding fails',
    ({ order, opened }) => {
      const index = 11;
      const honest = partOf(good.backup, 0).valuePoints;
      const points = replaceAt(honest, index, addSmallOrder(curve, honest[index]!, order));
      for (;;) {
        const backup = withWitness(good, 0, { ...good.witnesses[0]!, points });
        if (partOf(backup, 0).openedIndices.includes(index) !== opened) continue;
        const results = checksOf(good, backup);
        expect(failuresOf(results)).toEqual([rejected('ys', index, 0)]);
        expect(resultOf(results, 'values', 0).outcome).toBe('not-reached');
        expect(judge(backup, results)).toMatchObject({ kind: 'invalid', code: 'proof.encoding-rejected' });
        return;
      }
    },
  );

  it('in two Y_k, whose components cancel: the first is named', () => {
    const honest = partOf(good.backup, 0).valuePoints;
    const once = replaceAt(honest, 30, addSmallOrder(curve, honest[30]!));
    const twice = replaceAt(once, 8, addSmallOrder(curve, honest[8]!));
    const backup = withWitness(good, 0, { ...good.witnesses[0]!, points: twice });
    expect(failuresOf(checksOf(good, backup))).toEqual([rejected('ys', 8, 0)]);
  });
});

describe('challenge', () => {
  const rejected = (part: ProvenPart): Partial<CheckResult> => {
    const named = challengeByTheBook(part);
    const index = part.openedIndices.find((opened, i) => opened !== named[i])!;
    return failure({ check: 'challenge', code: 'proof.challenge-rejected', field: 'combination', index });
  };

  const CHANGES: readonly [string, (part: ProvenPart) => Partial<ProvenPart>][] = [
    [
      'an unopened ciphertext',
      ({ ciphertexts }) => ({ ciphertexts: replaceAt(ciphertexts, unopened[0]!, flipBit(ciphertexts[0]!)) }),
    ],
    [
      'the last unopened ciphertext',
      ({ ciphertexts }) => ({
        ciphertexts: replaceAt(ciphertexts, unopened[39]!, flipBit(ciphertexts[unopened[39]!]!)),
      }),
    ],
    [
      'two unopened ciphertexts, exchanged',
      ({ ciphertexts }) => ({ ciphertexts: exchange(ciphertexts, unopened[1]!, unopened[2]!) }),
    ],
    [
      'a byte moved from one unopened ciphertext to the next',
      ({ ciphertexts }) => ({ ciphertexts: moveByte(ciphertexts, unopened) }),
    ],
  ];
  it.each(CHANGES)('%s: proof.challenge-rejected and nothing else', (_, change) => {
    const backup = withPart(made.backup, 1, change);
    expect(failuresOf(checksOf(made, backup))).toEqual([rejected(partOf(backup, 1))]);
  });

  it('every one of the parameters, changed alike in all parts: proof.challenge-rejected for every player', () => {
    const changes: ((part: ProvenPart) => Partial<ProvenPart>)[] = [
      ({ nonce }) => ({ nonce: flipBit(nonce) }),
      ({ auxPublic }) => ({ auxPublic: flipBit(auxPublic) }),
      ({ auxPrivateEncrypted }) => ({ auxPrivateEncrypted: flipBit(auxPrivateEncrypted) }),
      ({ auxWrappedKey }) => ({ auxWrappedKey: flipBit(auxWrappedKey) }),
      ({ nonce, auxPublic }) => ({
        nonce: Uint8Array.from([...nonce, ...auxPublic]),
        auxPublic: new Uint8Array(),
      }),
      () => ({ threshold: 0 }),
      () => ({ version: '2', playerCount: 3 }),
    ];
    for (const change of changes) {
      const challenges = failuresOf(checksOf(made, withParts(made.backup, change))).filter(
        ({ code }) => code === 'proof.challenge-rejected',
      );
      expect(challenges.map(({ player }) => player)).toEqual([0, 1, 2]);
    }
  });

  it("a part passed off as another player's: proof.challenge-rejected", () => {
    const shareCommitments = new Map(part1.shareCommitments).set(3, part1.shareCommitments.get(1)!);
    const stranger = { ...part1, playerIndex: 3, shareCommitments };
    const backup = { ...made.backup, parts: [made.backup.parts[0]!, stranger] };
    expect(resultOf(checksOf(made, backup), 'challenge', 3)).toMatchObject({
      code: 'proof.challenge-rejected',
    });
  });

  it('other openings than the hash names: proof.challenge-rejected and nothing else', () => {
    const opened = challengeByTheBook(part1).includes(0)
      ? Array.from({ length: 40 }, (_, i) => i + 40)
      : Array.from({ length: 40 }, (_, i) => i);
    const backup = withWitness(made, 1, { ...made.witnesses[1]!, opened });
    expect(failuresOf(checksOf(made, backup))).toEqual([rejected(partOf(backup, 1))]);
  });
});

describe('openings', () => {
  const rejected = (index: number): Partial<CheckResult> =>
    failure({ check: 'openings', code: 'proof.opening-rejected', field: 'es', index });
  const opened = part1.openedIndices[12]!;

  it('an opened ciphertext changed: openings and challenge', () => {
    const backup = withPart(made.backup, 1, ({ ciphertexts }) => ({
      ciphertexts: replaceAt(ciphertexts, opened, flipBit(ciphertexts[opened]!)),
    }));
    const results = checksOf(made, backup);
    expect(resultOf(results, 'openings', 1)).toEqual(rejected(opened));
    expect(failuresOf(results).map(({ check }) => check)).toEqual(['challenge', 'openings']);
  });

  it('an opened ciphertext with a zero byte before it: openings and challenge', () => {
    const backup = withPart(made.backup, 1, ({ ciphertexts }) => ({
      ciphertexts: replaceAt(ciphertexts, opened, Uint8Array.from([0, ...ciphertexts[opened]!])),
    }));
    expect(failuresOf(checksOf(made, backup)).map(({ check }) => check)).toEqual(['challenge', 'openings']);
  });

  it('a seed changed: openings only', () => {
    const backup = withPart(made.backup, 1, ({ openedSeeds }) => ({
      openedSeeds: replaceAt(openedSeeds, 12, flipBit(openedSeeds[12]!)),
    }));
    const results = checksOf(made, backup);
    expect(failuresOf(results)).toEqual([rejected(opened)]);
    expect(judge(backup, results)).toMatchObject({ kind: 'invalid', code: 'proof.opening-rejected' });
  });

  it('the first opening of one player: proof.opening-rejected, not label.mismatch', () => {
    const backup = withPart(made.backup, 1, ({ openedSeeds }) => ({
      openedSeeds: replaceAt(openedSeeds, 0, flipBit(openedSeeds[0]!)),
    }));
    const results = checksOf(made, backup);
    expect(failuresOf(results)).toEqual([rejected(part1.openedIndices[0]!)]);
    expect(judge(backup, results)).toMatchObject({ code: 'proof.opening-rejected', because: { player: 1 } });
  });

  it('a later opening of every player: proof.opening-rejected, not label.mismatch', () => {
    const backup = withParts(made.backup, ({ openedSeeds }) => ({
      openedSeeds: replaceAt(openedSeeds, 20, flipBit(openedSeeds[20]!)),
    }));
    expect(judge(backup, checksOf(made, backup))).toMatchObject({ code: 'proof.opening-rejected' });
  });

  it.each([
    ['another label', { publicKey: key.publicKey, label: new TextEncoder().encode('A label') }],
    ['an empty label', { publicKey: key.publicKey, label: new Uint8Array() }],
    ['another public key', { publicKey: makeRsaKey().publicKey, label: made.label }],
    ['a public key too small for any message', { publicKey: makeRsaKey(512).publicKey, label: made.label }],
  ])('%s: the first opening of every player and nothing else, label.mismatch', (_, opening) => {
    const results = checksOf(made, made.backup, { opening });
    expect(failuresOf(results)).toEqual(
      made.backup.parts.map(({ playerIndex, openedIndices }) => ({
        ...rejected(openedIndices[0]!),
        player: playerIndex,
      })),
    );
    expect(judge(made.backup, results)).toMatchObject({ kind: 'invalid', code: 'label.mismatch' });
  });

  it('another label and a damaged part: not label.mismatch', () => {
    const backup = withPart(made.backup, 1, ({ ciphertexts }) => ({
      ciphertexts: replaceAt(ciphertexts, unopened[0]!, flipBit(ciphertexts[unopened[0]!]!)),
    }));
    const results = checksOf(made, backup, {
      opening: { publicKey: key.publicKey, label: new Uint8Array() },
    });
    expect(judge(backup, results)).toMatchObject({ kind: 'invalid', code: 'proof.opening-rejected' });
  });
});

it('one bad ciphertext that the hash leaves unopened passes: the proof promises that enough are good, not all', () => {
  // docs/ers.md, "What validation proves and what not"; recovery passes such a ciphertext over.
  const witness = made.witnesses[1]!;
  const forged = { ...witness, encrypted: replaceAt(witness.encrypted, 50, anyScalar('secp256k1')) };
  for (;;) {
    const backup = withWitness(made, 1, forged);
    if (partOf(backup, 1).openedIndices.includes(50)) continue;
    expect(judge(backup, checksOf(made, backup))).toEqual({ kind: 'valid' });
    return;
  }
});

function exchange<Item>(items: readonly Item[], a: number, b: number): readonly Item[] {
  return replaceAt(replaceAt(items, a, items[b]!), b, items[a]!);
}

/** The same bytes one after the other, cut elsewhere: only the lengths in the hash tell. */
function moveByte(ciphertexts: readonly Uint8Array[], free: readonly number[]): readonly Uint8Array[] {
  const at = free.find((index) => free.includes(index + 1))!;
  const [from, to] = [ciphertexts[at]!, ciphertexts[at + 1]!];
  return replaceAt(
    replaceAt(ciphertexts, at, from.subarray(0, -1)),
    at + 1,
    Uint8Array.from([from.at(-1)!, ...to]),
  );
}
