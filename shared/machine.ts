/**
 * Whether the system gives the app's process a network: `none` when it has no interface that leads anywhere, `shared`
 * when it has the machine's, `unknown` where the system does not tell. docs/threat-model.md.
 */
export type AppNetwork = 'none' | 'shared' | 'unknown';

/** How the memory of the process may reach a disk; `unknown` where the system does not tell. docs/threat-model.md. */
export const MEMORY_RISKS = ['core-dumps', 'swap', 'hibernation', 'unknown'] as const;

/** One of `MEMORY_RISKS`. */
export type MemoryRisk = (typeof MEMORY_RISKS)[number];

/** What the system says of the process and its memory. */
export interface Machine {
  readonly appNetwork: AppNetwork;
  readonly memoryRisks: readonly MemoryRisk[];
}
