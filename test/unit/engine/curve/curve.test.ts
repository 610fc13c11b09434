import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { CURVE_NAMES, type CurveName } from '../../../../shared/curve-name.ts';
import { toHex } from '../../../../electron/engine/bytes/hex.ts';
import {
  curveOf,
  decodeScalar,
  encodeScalar,
  inPrimeSubgroup,
  timesBase,
} from '../../../../electron/engine/curve/curve.ts';
import { multiScalar } from '../../../../electron/engine/curve/multi-scalar.ts';
import { decodePublicKey, encodeSpki, parseSpkiPoint } from '../../../../electron/engine/curve/public-key.ts';
import { randomScalar } from '../../../../electron/engine/curve/random-scalar.ts';
import { addSmallOrder } from '../../../fixtures/backups.ts';
import { anyScalar, encodePoint } from '../../../fixtures/prover.ts';
import { systemRandom } from '../../../random.ts';

const WEIERSTRASS = ['secp256k1', 'P-224', 'P-256', 'P-384', 'P-521'] as const;

/** What the runtime calls the curves. */
const NODE_NAMES = {
  secp256k1: 'secp256k1',
  'P-224': 'secp224r1',
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
} as const;

/** A key pair of the runtime's own: its SubjectPublicKeyInfo, and its private scalar where it has one. */
function runtimeKey(name: CurveName): { spki: Uint8Array; scalar: Uint8Array | undefined } {
  if (name === 'ED-25519' || name === 'ED-448') {
    const { publicKey } = name === 'ED-25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ed448');
    return { spki: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })), scalar: undefined };
  }
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: NODE_NAMES[name] });
  const sec1 = privateKey.export({ type: 'sec1', format: 'der' });
  // SEC 1 C.4: SEQUENCE { INTEGER 1, OCTET STRING scalar, ... }; the string's header ends where the scalar starts.
  const start = sec1.indexOf(Buffer.from([2, 1, 1, 4])) + 5;
  return {
    spki: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    scalar: new Uint8Array(sec1.subarray(start, start + sec1[start - 1]!)),
  };
}

describe.each(CURVE_NAMES)('%s', (name) => {
  const curve = curveOf(name);

  it('the generator times the order is the identity', () => {
    expect(
      curve.points.BASE.multiplyUnsafe(curve.order - 1n)
        .add(curve.points.BASE)
        .is0(),
    ).toBe(true);
    expect(timesBase(curve, 0n).is0()).toBe(true);
    expect(timesBase(curve, 1n).equals(curve.points.BASE)).toBe(true);
  });

  it('reads a key of the runtime, and writes what the runtime reads', () => {
    const { spki } = runtimeKey(name);
    const read = parseSpkiPoint(spki)!;
    expect(read.curve.name).toBe(name);
    const point = curve.decodePoint(read.point)!;
    expect(inPrimeSubgroup(curve, point)).toBe(true);
    const written = encodeSpki(curve, curve.encodePoint(point));
    expect(toHex(written)).toBe(toHex(spki));
    expect(decodePublicKey(curve, spki)?.equals(point)).toBe(true);
    const own = encodeSpki(curve, curve.encodePoint(timesBase(curve, anyScalar(name))));
    const again = createPublicKey({ key: Buffer.from(own), format: 'der', type: 'spki' });
    expect(toHex(again.export({ type: 'spki', format: 'der' }))).toBe(toHex(own));
  });

  it('a SubjectPublicKeyInfo is read in every length that a point may have', () => {
    const point = timesBase(curve, anyScalar(name));
    for (const bytes of [curve.encodePoint(point), curve.encodeCompressed(point)]) {
      expect(curve.pointLengths).toContain(bytes.length);
      const spki = encodeSpki(curve, bytes);
      expect(parseSpkiPoint(spki)).toEqual({ curve, point: bytes });
      expect(decodePublicKey(curve, spki)?.equals(point)).toBe(true);
      expect(decodePublicKey(curve, bytes)?.equals(point)).toBe(true);
    }
  });

  it('a SubjectPublicKeyInfo with one byte of its header changed, cut or lengthened is none', () => {
    const spki = encodeSpki(curve, curve.encodePoint(curve.points.BASE));
    for (let i = 0; i < spki.length - curve.pointLengths[0]!; i++) {
      expect(parseSpkiPoint(spki.map((byte, at) => (at === i ? byte ^ 1 : byte)))?.curve).not.toBe(curve);
    }
    expect(parseSpkiPoint(spki.subarray(0, -1))).toBeUndefined();
    expect(parseSpkiPoint(Uint8Array.from([...spki, 0]))).toBeUndefined();
  });

  it('a SubjectPublicKeyInfo of another curve is no key of this one', () => {
    const other = curveOf(name === 'P-256' ? 'secp256k1' : 'P-256');
    expect(decodePublicKey(curve, encodeSpki(other, other.encodePoint(other.points.BASE)))).toBeUndefined();
  });

  it("points are written in the system's form and read back", () => {
    const point = timesBase(curve, anyScalar(name));
    expect(toHex(curve.encodePoint(point))).toBe(toHex(encodePoint(name, point)));
    expect(curve.encodePoint(point)).toHaveLength(curve.pointLengths[0]!);
    expect(curve.decodePoint(curve.encodePoint(point))?.equals(point)).toBe(true);
    expect(curve.decodePoint(curve.encodeCompressed(point))?.equals(point)).toBe(true);
    expect(curve.decodePoint(curve.encodeCompressed(point.negate()))?.equals(point)).toBe(false);
  });

  it('the identity, nothing, and bytes of odd lengths are no points', () => {
    const bytes = curve.encodePoint(curve.points.BASE);
    expect(curve.decodePoint(new Uint8Array())).toBeUndefined();
    expect(curve.decodePoint(Uint8Array.of(0))).toBeUndefined();
    // (0, 1), which on Edwards curves has an encoding of the usual length.
    expect(curve.decodePoint(new Uint8Array(bytes.length).fill(1, 0, 1))).toBeUndefined();
    expect(curve.decodePoint(bytes.subarray(0, -1))).toBeUndefined();
    expect(curve.decodePoint(Uint8Array.from([...bytes, 0]))).toBeUndefined();
    expect(curve.decodePoint(new Uint8Array(bytes.length).fill(0xff))).toBeUndefined();
  });

  it("scalars are big-endian, of the order's width, below the order", () => {
    expect(encodeScalar(curve, 1n).at(-1)).toBe(1);
    expect(encodeScalar(curve, 1n)).toHaveLength(curve.scalarBytes);
    expect(decodeScalar(curve, encodeScalar(curve, curve.order - 1n))).toBe(curve.order - 1n);
    expect(decodeScalar(curve, encodeScalar(curve, 0n))).toBe(0n);
    expect(decodeScalar(curve, encodeScalar(curve, curve.order))).toBeUndefined();
    expect(decodeScalar(curve, new Uint8Array(curve.scalarBytes - 1))).toBeUndefined();
    expect(decodeScalar(curve, new Uint8Array(curve.scalarBytes + 1))).toBeUndefined();
  });

  it('randomScalar is from 1 to the order, and wipes what it drew', () => {
    const drawn: Uint8Array[] = [];
    const fill = (byte: number) => (length: number) => {
      const bytes = new Uint8Array(length).fill(byte);
      drawn.push(bytes);
      return bytes;
    };
    expect(randomScalar(curve, fill(0))).toBe(1n);
    for (const source of [fill(0xff), fill(0x80), systemRandom]) {
      const scalar = randomScalar(curve, source);
      expect(scalar > 0n && scalar < curve.order).toBe(true);
    }
    expect(drawn.every((bytes) => bytes.length === curve.scalarBytes + 16)).toBe(true);
    expect(drawn.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });

  it('randomScalar reaches both ends of its range', () => {
    const width = curve.scalarBytes + 16;
    expect(randomScalar(curve, () => wide(curve.order - 2n, width))).toBe(curve.order - 1n);
    expect(randomScalar(curve, () => wide(curve.order - 1n, width))).toBe(1n);
  });

  it('multiScalar is the sum of the products, also with 0 and with the same point twice', () => {
    const { BASE } = curve.points;
    const points = [BASE, BASE.double(), BASE, timesBase(curve, 7n)];
    const sum = multiScalar(curve, points, [3n, 0n, curve.order - 1n, 5n]);
    expect(sum.equals(timesBase(curve, 3n + curve.order - 1n + 35n - curve.order))).toBe(true);
    expect(() => multiScalar(curve, points, [1n])).toThrow('one scalar a point');
  });
});

describe.each(WEIERSTRASS)('%s', (name) => {
  const curve = curveOf(name);

  it('a private key of the runtime times the generator is its public key', () => {
    const { spki, scalar } = runtimeKey(name);
    const secret = decodeScalar(curve, scalar!)!;
    expect(decodePublicKey(curve, spki)?.equals(timesBase(curve, secret))).toBe(true);
  });

  it('hybrid points are not read', () => {
    const bytes = curve.encodePoint(curve.points.BASE);
    for (const form of [0, 1, 5, 6, 7]) {
      expect(curve.decodePoint(Uint8Array.from([form, ...bytes.subarray(1)]))).toBeUndefined();
    }
  });

  it('a point off the curve is not read', () => {
    const bytes = curve.encodePoint(curve.points.BASE);
    bytes[bytes.length - 1]! ^= 1;
    expect(curve.decodePoint(bytes)).toBeUndefined();
  });
});

it('P-224: the generator and twice it, as SEC 2 and the NIST vectors state them', () => {
  const { BASE } = curveOf('P-224').points;
  expect(toHex(curveOf('P-224').encodePoint(BASE))).toBe(
    '04b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21' +
      'bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34',
  );
  expect(toHex(curveOf('P-224').encodePoint(BASE.double()))).toBe(
    '04706a46dc76dcb76798e60e6d89474788d16dc18032d268fd1a704fa6' +
      '1c2b76a7bc25e7702a704fa986892849fca629487acf3709d2e4e8bb',
  );
});

describe.each(['ED-25519', 'ED-448'] as const)('%s', (name) => {
  const curve = curveOf(name);

  it('a component of small order is read as a point, and not of the prime-order subgroup', () => {
    for (const order of name === 'ED-25519' ? ([2, 4, 8] as const) : ([2, 4] as const)) {
      const point = curve.decodePoint(addSmallOrder(name, curve.encodePoint(curve.points.BASE), order))!;
      expect(inPrimeSubgroup(curve, point)).toBe(false);
      expect(point.equals(curve.points.BASE)).toBe(false);
      let multiple = point;
      for (let step = 1; step < order; step *= 2) multiple = multiple.double();
      expect(inPrimeSubgroup(curve, multiple)).toBe(true);
    }
  });

  it('a y that is not reduced is not read (RFC 8032 5.1.3, 5.2.3)', () => {
    const p = curve.points.Fp.ORDER;
    const littleEndian = (value: bigint, length: number): Uint8Array => wide(value, length).toReversed();
    const length = curve.pointLengths[0]!;
    for (const y of [p, p + 1n]) expect(curve.decodePoint(littleEndian(y, length))).toBeUndefined();
  });
});

it('names of curves are those of the files', () => {
  expect(CURVE_NAMES.map((name) => curveOf(name).name)).toEqual([...CURVE_NAMES]);
});

function wide(value: bigint, length: number): Uint8Array {
  return new Uint8Array(Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex'));
}
