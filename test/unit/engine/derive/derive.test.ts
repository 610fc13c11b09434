import { createHmac } from 'node:crypto';
import { HDKey } from '@scure/bip32';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { CurveName } from '../../../../shared/curve-name.ts';
import { bigEndianToInteger } from '../../../../electron/engine/bytes/integer.ts';
import { SecretBytes } from '../../../../electron/engine/bytes/secret-bytes.ts';
import { curveOf, encodeScalar, timesBase } from '../../../../electron/engine/curve/curve.ts';
import { derive, wipeNode } from '../../../../electron/engine/derive/derive.ts';
import type { DerivationNode } from '../../../../electron/engine/derive/node.ts';
import { MASTER_PATH, parsePath } from '../../../../electron/engine/derive/path.ts';
import { faultOf } from '../../../fixtures/faults.ts';
import { anyScalar } from '../../../fixtures/prover.ts';
import { systemRandom } from '../../../random.ts';

const reveal = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes);

function nodeOf(
  name: CurveName,
  scalar: bigint,
  chainCode = systemRandom(name === 'ED-448' ? 56 : 32),
): DerivationNode {
  const curve = curveOf(name);
  return {
    curve,
    publicKey: timesBase(curve, scalar),
    privateKey: new SecretBytes(encodeScalar(curve, scalar)),
    chainCode: new SecretBytes(chainCode),
  };
}

const withoutPrivate = (node: DerivationNode): DerivationNode => ({ ...node, privateKey: undefined });
const secretOf = (node: DerivationNode): bigint => node.privateKey!.use(bigEndianToInteger);
const agrees = (node: DerivationNode): boolean =>
  timesBase(node.curve, secretOf(node)).equals(node.publicKey);

const indices = fc.array(fc.oneof(fc.nat({ max: 2 ** 31 - 1 }), fc.constantFrom(0, 1, 44, 60, 2 ** 31 - 1)), {
  minLength: 1,
  maxLength: 5,
});

describe('BIP-32, against @scure/bip32', () => {
  it('private and public children agree with it, for any master and path', () => {
    fc.assert(
      fc.property(indices, (path) => {
        const scalar = anyScalar('secp256k1');
        const chainCode = systemRandom(32);
        const node = nodeOf('secp256k1', scalar, chainCode);
        const privateKey = encodeScalar(curveOf('secp256k1'), scalar);
        const expected = path.reduce(
          (key, index) => key.deriveChild(index),
          new HDKey({ privateKey, chainCode }),
        );
        const child = derive(node, parsePath(path.join('/')));
        expect(child.privateKey!.use(reveal)).toEqual(new Uint8Array(expected.privateKey!));
        expect(child.chainCode.use(reveal)).toEqual(new Uint8Array(expected.chainCode!));
        const publicOnly = derive(withoutPrivate(node), parsePath(`m/${path.join('/')}`));
        expect(publicOnly.privateKey).toBeUndefined();
        expect(publicOnly.publicKey.equals(child.publicKey)).toBe(true);
        expect(curveOf('secp256k1').encodeCompressed(publicOnly.publicKey)).toEqual(
          new Uint8Array(expected.publicKey!),
        );
        expect(publicOnly.chainCode.use(reveal)).toEqual(child.chainCode.use(reveal));
      }),
      { numRuns: 25 },
    );
  });

  it('a private key with leading zeros keeps its width', () => {
    const child = derive(nodeOf('secp256k1', 1n), parsePath('0'));
    expect(child.privateKey!.length).toBe(32);
  });

  it('BIP-32 test vector 2, chain m/0', () => {
    const key = HDKey.fromExtendedKey(
      'xpub661MyMwAqRbcFW31YEwpkMuc5THy2PSt5bDMsktWQcFF8syAmRUapSCGu8ED9W6oDMSgv6Zz8idoc4a6mr8BDzTJY47LJhkJ8UB7WEGuduB',
    );
    const node = {
      curve: curveOf('secp256k1'),
      publicKey: curveOf('secp256k1').decodePoint(key.publicKey!)!,
      privateKey: undefined,
      chainCode: new SecretBytes(key.chainCode!),
    };
    const expected = HDKey.fromExtendedKey(
      'xpub69H7F5d8KSRgmmdJg2KhpAK8SR3DjMwAdkxj3ZuxV27CprR9LgpeyGmXUbC6wb7ERfvrnKZjXoUmmDznezpbZb7ap6r1D3tgFxHmwMkQTPH',
    );
    const child = derive(node, parsePath('m/0'));
    expect(curveOf('secp256k1').encodeCompressed(child.publicKey)).toEqual(
      new Uint8Array(expected.publicKey!),
    );
    expect(child.chainCode.use(reveal)).toEqual(new Uint8Array(expected.chainCode!));
  });
});

describe('BIP-340 variant', () => {
  const { order } = curveOf('secp256k1');
  const isEven = (node: DerivationNode): boolean => node.publicKey.toAffine().y % 2n === 0n;

  it('private times G is public, with an even y, and the public way agrees', () => {
    fc.assert(
      fc.property(indices, (path) => {
        const node = nodeOf('secp256k1', anyScalar('secp256k1'));
        const child = derive(node, parsePath(path.join('/')), 'BIP-340');
        expect(agrees(child)).toBe(true);
        expect(isEven(child)).toBe(true);
        expect(
          derive(withoutPrivate(node), parsePath(path.join('/')), 'BIP-340').publicKey.equals(
            child.publicKey,
          ),
        ).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('a key and its negative have the same children', () => {
    const scalar = anyScalar('secp256k1');
    const chainCode = systemRandom(32);
    const [a, b] = [scalar, order - scalar].map((s) =>
      derive(nodeOf('secp256k1', s, chainCode), parsePath('3/1'), 'BIP-340'),
    );
    expect(secretOf(a!)).toBe(secretOf(b!));
    expect(a!.chainCode.use(reveal)).toEqual(b!.chainCode.use(reveal));
  });

  it('one step is: negate if odd, BIP-32, negate if odd', () => {
    for (const wanted of [true, false]) {
      let node = nodeOf('secp256k1', anyScalar('secp256k1'));
      while (isEven(node) !== wanted) node = nodeOf('secp256k1', anyScalar('secp256k1'));
      const even = wanted ? secretOf(node) : order - secretOf(node);
      const chainCode = node.chainCode.use(reveal);
      const step = new HDKey({ privateKey: encodeScalar(node.curve, even), chainCode }).deriveChild(9);
      const plain = bigEndianToInteger(step.privateKey!);
      const expected = step.publicKey![0] === 2 ? plain : order - plain;
      expect(secretOf(derive(node, parsePath('9'), 'BIP-340'))).toBe(expected);
    }
  });

  it('the master key itself stays as it is', () => {
    const node = nodeOf('secp256k1', anyScalar('secp256k1'));
    expect(secretOf(derive(node, MASTER_PATH, 'BIP-340'))).toBe(secretOf(node));
  });

  it('any other algorithm is BIP-32', () => {
    const node = nodeOf('secp256k1', anyScalar('secp256k1'));
    expect(secretOf(derive(node, parsePath('1'), 'ECDSA'))).toBe(secretOf(derive(node, parsePath('1'))));
  });
});

describe.each(['ED-25519', 'ED-448'] as const)('the Edwards rule on %s', (name) => {
  const [hash, chainCodeBytes] = name === 'ED-448' ? (['sha512', 56] as const) : (['sha256', 32] as const);

  it('private times G is public over several levels, and the public way agrees', () => {
    fc.assert(
      fc.property(indices, (path) => {
        const node = nodeOf(name, anyScalar(name));
        const child = derive(node, parsePath(path.join('/')));
        expect(agrees(child)).toBe(true);
        expect(child.chainCode.length).toBe(chainCodeBytes);
        const publicOnly = derive(withoutPrivate(node), parsePath(path.join('/')));
        expect(publicOnly.publicKey.equals(child.publicKey)).toBe(true);
        expect(publicOnly.chainCode.use(reveal)).toEqual(child.chainCode.use(reveal));
      }),
      { numRuns: 10 },
    );
  });

  it('one step, by hand', () => {
    const node = nodeOf(name, 12_345n);
    const keyed = (purpose: number): Buffer =>
      createHmac(hash, node.chainCode.use(reveal))
        .update(Buffer.concat([Buffer.of(purpose), node.publicKey.toBytes(), Buffer.from('04030201', 'hex')]))
        .digest();
    const tweak = BigInt(`0x${keyed(2).toString('hex')}`) % node.curve.order;
    const child = derive(node, parsePath(String(0x01020304)));
    expect(secretOf(child)).toBe((12_345n * tweak) % node.curve.order);
    expect(child.chainCode.use(reveal)).toEqual(new Uint8Array(keyed(3).subarray(0, chainCodeBytes)));
  });

  it('takes no notice of the algorithm', () => {
    const node = nodeOf(name, 7n);
    expect(secretOf(derive(node, parsePath('1'), 'BIP-340'))).toBe(secretOf(derive(node, parsePath('1'))));
  });
});

describe('curves without derivation', () => {
  it.each(['P-224', 'P-256', 'P-384', 'P-521'] as const)(
    '%s: derivation.unsupported below the master key',
    (name) => {
      const node = nodeOf(name, 5n);
      expect(faultOf(() => derive(node, parsePath('0')))).toEqual({
        code: 'derivation.unsupported',
        details: { curve: name },
      });
      expect(secretOf(derive(node, MASTER_PATH))).toBe(5n);
    },
  );
});

describe('what a derivation leaves behind', () => {
  it('the node that it started from, untouched', () => {
    const node = nodeOf('secp256k1', 5n);
    wipeNode(derive(node, parsePath('1/2')));
    expect(secretOf(node)).toBe(5n);
    expect(node.chainCode.use(reveal)).toHaveLength(32);
  });

  it('a copy of the node for the empty path, to be wiped by itself', () => {
    const node = nodeOf('ED-25519', 5n);
    const copy = derive(node, MASTER_PATH);
    wipeNode(copy);
    expect(() => copy.privateKey!.use(reveal)).toThrow('wiped');
    expect(() => copy.chainCode.use(reveal)).toThrow('wiped');
    expect(secretOf(node)).toBe(5n);
  });
});
