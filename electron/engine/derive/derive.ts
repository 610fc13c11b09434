import { RecoveryError } from '../../../shared/recovery-error.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { bigEndianToInteger } from '../bytes/integer.ts';
import { encodeScalar } from '../curve/curve.ts';
import { bip32Step, bip340Step } from './bip32.ts';
import { edwardsStep } from './edwards.ts';
import type { ChildStep, DerivationNode } from './node.ts';
import type { DerivationPath } from './path.ts';

/**
 * The key at a path below a node. The result is the caller's to wipe, also where the path is empty and it equals
 * the node. Source: docs/derivation-and-addresses.md.
 * Fails with `derivation.unsupported` on a P-curve, for a path that is not empty.
 * @param node where the path starts
 * @param path indices below 2^31
 * @param algorithm the backup's signing algorithm, where it states one; only `BIP-340` makes a difference
 */
export function derive(node: DerivationNode, path: DerivationPath, algorithm?: string): DerivationNode {
  const step = path.length === 0 ? undefined : stepOf(node, algorithm);
  let current = copyOf(node);
  for (const index of path) {
    if (step === undefined) break;
    const parent = current;
    try {
      const child = step(parent, index);
      current = {
        curve: node.curve,
        publicKey: child.publicKey,
        privateKey: parent.privateKey?.use((bytes) =>
          SecretBytes.consume(encodeScalar(node.curve, child.privateKey(bigEndianToInteger(bytes)))),
        ),
        chainCode: child.chainCode,
      };
    } finally {
      wipeNode(parent);
    }
  }
  return current;
}

/** Wipes what a node holds. */
export function wipeNode(node: DerivationNode): void {
  node.privateKey?.wipe();
  node.chainCode.wipe();
}

function stepOf(
  { curve }: DerivationNode,
  algorithm: string | undefined,
): (node: DerivationNode, index: number) => ChildStep {
  switch (curve.name) {
    case 'secp256k1':
      return algorithm === 'BIP-340' ? bip340Step : bip32Step;
    case 'ED-25519':
    case 'ED-448':
      return edwardsStep;
    case 'P-224':
    case 'P-256':
    case 'P-384':
    case 'P-521':
      throw new RecoveryError('derivation.unsupported', { curve: curve.name });
  }
}

function copyOf(node: DerivationNode): DerivationNode {
  return {
    ...node,
    privateKey: node.privateKey?.use((bytes) => new SecretBytes(bytes)),
    chainCode: node.chainCode.use((bytes) => new SecretBytes(bytes)),
  };
}
