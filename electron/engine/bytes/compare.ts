import { timingSafeEqual } from 'node:crypto';

/** Compares two byte strings in a time that depends on their lengths only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
