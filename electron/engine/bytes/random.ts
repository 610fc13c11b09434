/** Where randomness comes from: `length` fresh bytes that nobody can guess. The engine never draws its own. */
export type RandomBytes = (length: number) => Uint8Array;
