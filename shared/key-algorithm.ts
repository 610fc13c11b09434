import type { CurveName } from './curve-name.ts';

/** The key algorithms of wallets, by the names that kits and registers use. */
export const KEY_ALGORITHMS = ['SECP256K1', 'ED25519'] as const;

/** One key algorithm's name. */
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

const CURVE_OF = { SECP256K1: 'secp256k1', ED25519: 'ED-25519' } as const satisfies Record<
  KeyAlgorithm,
  CurveName
>;

/** The curve that a key algorithm's keys are on. */
export function curveOfAlgorithm(algorithm: KeyAlgorithm): (typeof CURVE_OF)[KeyAlgorithm] {
  return CURVE_OF[algorithm];
}

/** The key algorithm of a curve, or undefined for a curve that no wallet's register names. */
export function algorithmOfCurve(curve: CurveName): KeyAlgorithm | undefined {
  return KEY_ALGORITHMS.find((algorithm) => CURVE_OF[algorithm] === curve);
}

/** Reads a key algorithm's name, in either case; undefined when it is none. */
export function readKeyAlgorithm(text: string): KeyAlgorithm | undefined {
  const name = text.trim().toUpperCase();
  return KEY_ALGORITHMS.find((algorithm) => algorithm === name);
}
