import { createHmac } from 'node:crypto';

import { bigEndianToInteger, uint32BigEndian } from '../bytes/integer.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { timesBase, type Point } from '../curve/curve.ts';
import type { ChildStep, DerivationNode } from './node.ts';

/**
 * One non-hardened step on secp256k1. Source: BIP-32, "Public parent key to public child key" and "Private parent
 * key to private child key", which agree for indices below 2^31.
 * @param node the parent
 * @param index below 2^31
 */
export function bip32Step(node: DerivationNode, index: number): ChildStep {
  const { curve, publicKey } = node;
  const digest = node.chainCode.use((chainCode) =>
    createHmac('sha512', chainCode)
      .update(curve.encodeCompressed(publicKey))
      .update(uint32BigEndian(index))
      .digest(),
  );
  const tweak = bigEndianToInteger(digest.subarray(0, 32));
  const childChainCode = new SecretBytes(digest.subarray(32));
  digest.fill(0);
  // BIP-32 has the caller go on with the next index; with a chance of 2^-127 this is only a bug that would show.
  if (tweak >= curve.order) throw new Error('no key at this index');
  return {
    publicKey: publicKey.add(timesBase(curve, tweak)),
    privateKey: (parent) => curve.scalars.add(parent, tweak),
    chainCode: childChainCode,
  };
}

/**
 * The same step for BIP-340 keys: the key pair is negated when its point has an odd y, before the step and after.
 * Source: docs/derivation-and-addresses.md; BIP-340, "Public key conversion".
 */
export function bip340Step(node: DerivationNode, index: number): ChildStep {
  const { scalars } = node.curve;
  const flipsBefore = hasOddY(node.publicKey);
  const step = bip32Step({ ...node, publicKey: withEvenY(node.publicKey) }, index);
  const flipsAfter = hasOddY(step.publicKey);
  return {
    publicKey: withEvenY(step.publicKey),
    privateKey: (parent) => {
      const child = step.privateKey(flipsBefore ? scalars.neg(parent) : parent);
      return flipsAfter ? scalars.neg(child) : child;
    },
    chainCode: step.chainCode,
  };
}

function hasOddY(point: Point): boolean {
  return point.toAffine().y % 2n === 1n;
}

function withEvenY(point: Point): Point {
  return hasOddY(point) ? point.negate() : point;
}
