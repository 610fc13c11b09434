import type { NetworkInterface } from './session-state.ts';

/** The names of the interfaces that lead out of the machine: they are up, and not its own loopback. */
export function leadingOut(interfaces: readonly NetworkInterface[]): readonly string[] {
  return interfaces.filter(({ up, loopback }) => up && !loopback).map(({ name }) => name);
}

/** Whether nothing leads out of the machine. */
export function airGapHolds(interfaces: readonly NetworkInterface[]): boolean {
  return leadingOut(interfaces).length === 0;
}
