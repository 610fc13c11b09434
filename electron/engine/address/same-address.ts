import { bech32, bech32m } from '@scure/base';

import type { NamedAddress } from './addresses.ts';
import { withEip55Case } from './evm.ts';

const EVM_FORM = /^0x[0-9a-fA-F]{40}$/;
/** Aptos, Sui and NEAR write 32 bytes in hex, which has no checksum in its case. */
const HEX_FORM = /^(?:0x)?[0-9a-fA-F]{64}$/;

/**
 * Says whether two texts are one address. Blanks around them don't count, nor does case where the format has
 * none: in an EVM address all of one case, in bech32 all of one case, in 32 bytes of hex. An EVM address in mixed case whose
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
 * @param expected as a person typed it: one address, or several with blanks between them, of which one is enough
 */
export function findAddress(addresses: readonly NamedAddress[], expected: string): NamedAddress | undefined {
  const wanted = expected.split(/\s+/).filter((text) => text !== '');
  return addresses.find(({ address }) => wanted.some((each) => sameAddress(address, each)));
}

function canonical(text: string): string | undefined {
  const trimmed = text.trim();
  if (EVM_FORM.test(trimmed)) return canonicalEvm(trimmed.slice(2));
  return isBech32(trimmed) || HEX_FORM.test(trimmed) ? trimmed.toLowerCase() : trimmed;
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
