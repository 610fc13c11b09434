import type { Machine } from '../../shared/machine.ts';
import { readAppNetwork } from './app-network.ts';
import { readMemoryRisks } from './memory-risks.ts';

/** How often the machine is looked at: swap may be switched off while the Prepare screen is open. */
export const MACHINE_POLL_MS = 2000;

/** What the watch looks with, so that tests need neither machine nor time. */
export interface MachinePorts {
  readonly read: () => Machine;
  readonly tell: (machine: Machine) => void;
  /** Calls back again and again; returns what stops it. */
  readonly every: (work: () => void, intervalMs: number) => () => void;
}

/** Reads what the system says of this process and its memory. */
export function readMachine(): Machine {
  return { appNetwork: readAppNetwork(), memoryRisks: readMemoryRisks() };
}

/**
 * Watches the machine while the app runs: tells it once at the start, and whenever it changes.
 * @returns what stops the watch
 */
export function watchMachine({ read, tell, every }: MachinePorts): () => void {
  let last = '';
  const look = (): void => {
    const machine = read();
    const now = JSON.stringify(machine);
    if (now === last) return;
    last = now;
    tell(machine);
  };
  look();
  return every(look, MACHINE_POLL_MS);
}
