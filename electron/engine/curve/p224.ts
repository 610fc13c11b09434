import { weierstrass, type WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js';

/** NIST P-224, which noble does not ship. Source: FIPS 186-4 D.1.2.2, SEC 2 2.3.2 (secp224r1). */
export const P224_POINT: WeierstrassPointCons<bigint> = weierstrass({
  p: 2n ** 224n - 2n ** 96n + 1n,
  n: 0xffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3dn,
  h: 1n,
  a: 2n ** 224n - 2n ** 96n + 1n - 3n,
  b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
  Gx: 0xb70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21n,
  Gy: 0xbd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34n,
});
