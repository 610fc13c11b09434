import { ethereumAddress } from '../address/evm.ts';
import { equalBytes } from '../bytes/compare.ts';
import type { Curve, Point } from '../curve/curve.ts';

/** What a key file says of its own public half: programs show it without opening the key. */
export type StatedKey =
  | {
      readonly kind: 'public-key';
      /** SEC 1 2.3.3, compressed or not. */
      readonly publicKeyBytes: Uint8Array;
    }
  | {
      readonly kind: 'ethereum-address';
      /** Hex, in either case, with `0x` or without. */
      readonly address: string;
    };

/** Whether what a file states is true of a public key; what states nothing is. */
export function isTrueOf(stated: StatedKey | undefined, curve: Curve, publicKey: Point): boolean {
  switch (stated?.kind) {
    case undefined:
      return true;
    case 'public-key':
      return [curve.encodePoint(publicKey), curve.encodeCompressed(publicKey)].some((encoded) =>
        equalBytes(encoded, stated.publicKeyBytes),
      );
    case 'ethereum-address':
      return (
        curve.name === 'secp256k1' &&
        withoutPrefix(ethereumAddress(curve.encodeCompressed(publicKey))) === withoutPrefix(stated.address)
      );
  }
}

function withoutPrefix(address: string): string {
  return address.toLowerCase().replace(/^0x/, '');
}
