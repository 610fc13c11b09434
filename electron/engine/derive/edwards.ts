import { createHmac } from 'node:crypto';

import { bigEndianToInteger } from '../bytes/integer.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import type { ChildStep, DerivationNode } from './node.ts';

const TWEAK = 0x02;
const CHAIN_CODE = 0x03;

/**
 * One step on Ed25519 or Ed448: the key pair is multiplied by a keyed hash of the parent's public key and the
 * index. Source: docs/derivation-and-addresses.md.
 * @param node the parent
 * @param index below 2^31
 */
export function edwardsStep(node: DerivationNode, index: number): ChildStep {
  const { curve, publicKey, chainCode } = node;
  const [hash, chainCodeBytes] = curve.name === 'ED-448' ? ['sha512', 56] : ['sha256', 32];
  const littleEndianIndex = new Uint8Array(4);
  new DataView(littleEndianIndex.buffer).setUint32(0, index, true);
  const keyedHash = (purpose: number): Uint8Array =>
    chainCode.use((key) =>
      createHmac(hash, key)
        .update(Uint8Array.of(purpose))
        .update(curve.encodePoint(publicKey))
        .update(littleEndianIndex)
        .digest(),
    );
  const tweakBytes = keyedHash(TWEAK);
  const tweak = bigEndianToInteger(tweakBytes) % curve.order;
  tweakBytes.fill(0);
  if (tweak === 0n) throw new Error('no key at this index');
  const chainCodeHash = keyedHash(CHAIN_CODE);
  const childChainCode = new SecretBytes(chainCodeHash.subarray(0, chainCodeBytes));
  chainCodeHash.fill(0);
  return {
    publicKey: publicKey.multiply(tweak),
    privateKey: (parent) => curve.scalars.mul(parent, tweak),
    chainCode: childChainCode,
  };
}
