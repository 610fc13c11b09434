import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { curveOf } from '../../../../electron/engine/curve/curve.ts';
import type { ProvenPart } from '../../../../electron/engine/ers/backup.ts';
import { decodePart, rememberingPointReader } from '../../../../electron/engine/ers/part-points.ts';
import { checkValues, type ValueVerdict } from '../../../../electron/engine/ers/value-proof.ts';
import { makeBackup, replaceAt, withPart } from '../../../fixtures/backups.ts';
import { anyScalar, honestWitness, pointBytes, provePart, scalarBytes } from '../../../fixtures/prover.ts';
import { makeRsaKey } from '../../../fixtures/rsa.ts';
import { checksOf, firstWrongValue, otherValue, partOf, resultOf } from '../../../fixtures/verify.ts';
import { systemRandom } from '../../../random.ts';

const key = makeRsaKey();

function valuesOf(part: ProvenPart): ValueVerdict {
  const decoded = decodePart(part, rememberingPointReader());
  if (!('curve' in decoded)) throw new Error(`${decoded.field} is not readable`);
  return checkValues(decoded, part.openedIndices, systemRandom);
}

describe.each(['secp256k1', 'ED-25519'] as const)('the rule of the values on %s', (curve) => {
  const made = makeBackup({ key, curve, players: 2 });
  const part = partOf(made.backup, 1);
  const beyond = part.openedIndices.find((index) => index >= 40)!;

  it.each([0, 1, 20, 39])('the opened value at position %i made another: its index', (position) => {
    const openedValues = replaceAt(
      part.openedValues,
      position,
      otherValue(part, part.openedValues[position]!),
    );
    const results = checksOf(
      made,
      withPart(made.backup, 1, () => ({ openedValues })),
    );
    expect(resultOf(results, 'values', 1)).toEqual({
      player: 1,
      check: 'values',
      outcome: 'failed',
      code: 'proof.value-rejected',
      field: 'vs',
      index: part.openedIndices[position],
    });
  });

  it('two opened values exchanged: the first of the two', () => {
    const openedValues = replaceAt(
      replaceAt(part.openedValues, 10, part.openedValues[30]!),
      30,
      part.openedValues[10]!,
    );
    expect(valuesOf({ ...part, openedValues })).toEqual({ kind: 'value', index: part.openedIndices[10] });
  });

  it('an opened Y_k made another: the index k - 1', () => {
    const index = part.openedIndices[2]!;
    const valuePoints = replaceAt(part.valuePoints, index, pointBytes(curve, anyScalar(curve)));
    expect(valuesOf({ ...part, valuePoints })).toEqual({ kind: 'value', index });
  });

  it('an unopened Y_k made another: the first opened index past the Y_k, where F is no longer the same', () => {
    const index = [...part.valuePoints.keys()].find((i) => !part.openedIndices.includes(i))!;
    const valuePoints = replaceAt(part.valuePoints, index, pointBytes(curve, anyScalar(curve)));
    expect(valuesOf({ ...part, valuePoints })).toEqual({ kind: 'value', index: beyond });
  });

  it('a commitment to another share: the first opened index past the Y_k', () => {
    const shareCommitments = new Map(part.shareCommitments).set(1, pointBytes(curve, anyScalar(curve)));
    expect(valuesOf({ ...part, shareCommitments })).toEqual({ kind: 'value', index: beyond });
  });

  it('an opened value of 0 is a value', () => {
    const openedValues = replaceAt(part.openedValues, 4, scalarBytes(curve, 0n));
    expect(valuesOf({ ...part, openedValues })).toEqual({ kind: 'value', index: part.openedIndices[4] });
  });

  it('the shortcut says what the rule says, of any tampering', () => {
    const position = fc.nat({ max: 39 });
    const tamperings = fc.oneof(
      fc.record({ kind: fc.constantFrom('value', 'point', 'random value'), position }),
      fc.record({ kind: fc.constantFrom('commitment', 'nothing', 'other polynomial', 'both'), position }),
    );
    fc.assert(
      fc.property(tamperings, ({ kind, position: at }) => {
        const tampered = tamper(part, kind, at);
        const wrong = firstWrongValue(tampered);
        expect(valuesOf(tampered)).toEqual(
          wrong === undefined ? { kind: 'good' } : { kind: 'value', index: wrong },
        );
      }),
      { numRuns: 8 },
    );
  });

  /** One way of changing a part; `both` keeps Y_k and v consistent with each other, off the polynomial. */
  function tamper(good: ProvenPart, kind: string, at: number): ProvenPart {
    switch (kind) {
      case 'value':
        return {
          ...good,
          openedValues: replaceAt(good.openedValues, at, otherValue(good, good.openedValues[at]!)),
        };
      case 'random value':
        return {
          ...good,
          openedValues: replaceAt(good.openedValues, at, scalarBytes(curve, anyScalar(curve))),
        };
      case 'point':
        return { ...good, valuePoints: replaceAt(good.valuePoints, at, pointBytes(curve, anyScalar(curve))) };
      case 'commitment':
        return {
          ...good,
          shareCommitments: new Map(good.shareCommitments).set(1, pointBytes(curve, BigInt(at + 1))),
        };
      case 'other polynomial':
        return provePart(made.statement, 1, honestWitness(curve, made.shares[1]!), key, made.label);
      case 'both': {
        const v = anyScalar(curve);
        const i = good.openedIndices.findIndex((index) => index < 40);
        return {
          ...good,
          openedValues: replaceAt(good.openedValues, i, scalarBytes(curve, v)),
          valuePoints: replaceAt(good.valuePoints, good.openedIndices[i]!, pointBytes(curve, v)),
        };
      }
      default:
        return good;
    }
  }
});

describe('wrong equations that would cancel without random weights', () => {
  it.each(['secp256k1', 'P-256'] as const)('on %s: rejected', (curve) => {
    const made = makeBackup({ key, curve, players: 2 });
    const part = partOf(made.backup, 0);
    const { decodePoint, encodePoint, points } = curveOf(curve);
    const shifted = (index: number, by: (typeof points)['BASE']): Uint8Array =>
      encodePoint(decodePoint(part.valuePoints[index]!)!.add(by));
    const valuePoints = replaceAt(
      replaceAt(part.valuePoints, 3, shifted(3, points.BASE)),
      4,
      shifted(4, points.BASE.negate()),
    );
    expect(valuesOf({ ...part, valuePoints }).kind).toBe('value');
  });

  it('the weights are drawn anew for each check', () => {
    const { backup } = makeBackup({ key, players: 2 });
    const part = partOf(backup, 0);
    const decoded = decodePart(part, rememberingPointReader());
    if (!('curve' in decoded)) throw new Error('readable');
    const drawn: string[] = [];
    const spy = (length: number): Uint8Array => {
      const bytes = systemRandom(length);
      drawn.push(Buffer.from(bytes).toString('hex'));
      return bytes;
    };
    checkValues(decoded, part.openedIndices, spy);
    checkValues(decoded, part.openedIndices, spy);
    expect(drawn).toHaveLength(80);
    expect(drawn.every((hex) => hex.length === 32)).toBe(true);
    expect(new Set(drawn).size).toBe(80);
  });
});
