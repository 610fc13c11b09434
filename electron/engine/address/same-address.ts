import { bech32, bech32m } from '@scure/base';

import type { NamedAddress } from './addresses.ts';
import { withEip55Case } from './evm.ts';

const EVM_FORM = /^0x[0-9a-fA-F]{40}$/;

/**
 * Says whether two texts are one address. Blanks around them don't count, nor does case where the format has
 * none: in an EVM address all of one case, in bech32 all of one case. An EVM address in mixed case whose
 * checksum is wrong is no address, and equals nothing. Sources: EIP-55, BIP-173.
 */
export function sameAddress(a: string, b: string): boolean {
  const left = canonical(a);
  return left !== undefined && left === canonical(b);
}

/**
 * Finds the address that an expected one equals, by the rule of `sameAddress`; the first, when two chains
 * write the key alike.
 * @param addresses what the key gives
 * @param expected as a person typed it
 */
export function findAddress(addresses: readonly NamedAddress[], expected: string): NamedAddress | undefined {
  return addresses.find(({ address }) => sameAddress(address, expected));
}

function canonical(text: string): string | undefined {
  const trimmed = text.trim();
  if (EVM_FORM.test(trimmed)) return canonicalEvm(trimmed.slice(2));
  return isBech32(trimmed) ? trimmed.toLowerCase() : trimmed;
}

function canonicalEvm(digits: string): string | undefined {
  const lower = digits.toLowerCase();
  const checksummed = withEip55Case(lower);
  const hasOneCase = digits === lower || digits === digits.toUpperCase();
  return hasOneCase || `0x${digits}` === checksummed ? checksummed : undefined;
}

/** Both decoders refuse mixed case, and a base58 text passes neither checksum. */
function isBech32(text: string): boolean {
  return bech32.decodeUnsafe(text) !== undefined || bech32m.decodeUnsafe(text) !== undefined;
}
