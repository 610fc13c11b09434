/** The curves a backup may be of, by the names that stand in the files. Source: docs/ers.md, "Encodings". */
export const CURVE_NAMES = ['secp256k1', 'P-224', 'P-256', 'P-384', 'P-521', 'ED-25519', 'ED-448'] as const;

/** One curve's name. */
export type CurveName = (typeof CURVE_NAMES)[number];

/** Says whether a text is the name of a curve. */
export function isCurveName(text: string): text is CurveName {
  return (CURVE_NAMES as readonly string[]).includes(text);
}
