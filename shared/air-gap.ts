import type { NetworkInterface } from './session-state.ts';

/** Whether nothing leads out of the machine: every interface is down, or leads to the machine itself. */
export function airGapHolds(interfaces: readonly NetworkInterface[]): boolean {
  return interfaces.every(({ up, loopback }) => loopback || !up);
}
