import { readFileSync, writeFileSync } from 'node:fs';

import type { MemoryRisk } from '../../shared/machine.ts';

/** What Linux says of where memory may go; undefined for what can't be read. */
export interface MemoryFacts {
  /** `/proc/self/limits` (proc(5)). */
  readonly limits: string | undefined;
  /** `/proc/sys/kernel/core_pattern` (core(5)). */
  readonly corePattern: string | undefined;
  /** `/proc/self/coredump_filter` (core(5)): which kinds of memory a dump holds, as hex bits. */
  readonly dumpFilter: string | undefined;
  /** `/proc/swaps` (proc(5)). */
  readonly swaps: string | undefined;
  /** `/sys/power/state` (Linux, Documentation/admin-guide/pm/sleep-states.rst). */
  readonly powerState: string | undefined;
  /** `/sys/power/disk`, of the same place. */
  readonly powerDisk: string | undefined;
}

const FILES: Readonly<Record<keyof MemoryFacts, string>> = {
  limits: '/proc/self/limits',
  corePattern: '/proc/sys/kernel/core_pattern',
  dumpFilter: '/proc/self/coredump_filter',
  swaps: '/proc/swaps',
  powerState: '/sys/power/state',
  powerDisk: '/sys/power/disk',
};

/** Swap that is itself in memory. */
const IN_MEMORY = /^\/dev\/(?:zram|ram)\d+\s/;

/**
 * How the memory of this process may reach a disk.
 * @param facts as Linux tells them
 * @returns none where it is seen that it can't; `unknown` where dumps or swap can't be read
 */
export function memoryRisksOf(facts: MemoryFacts): readonly MemoryRisk[] {
  const { limits, swaps } = facts;
  if (limits === undefined || swaps === undefined) return ['unknown'];
  const onDisk = swaps
    .trimEnd()
    .split('\n')
    .slice(1)
    .some((line) => !IN_MEMORY.test(line));
  const risks: MemoryRisk[] = [];
  if (isDumped(facts, limits)) risks.push('core-dumps');
  if (onDisk) risks.push('swap');
  if (onDisk && canHibernate(facts)) risks.push('hibernation');
  return risks;
}

/** A program that dumps are piped to gets them whatever the limit is; an empty filter leaves nothing in them. */
function isDumped({ corePattern, dumpFilter }: MemoryFacts, limits: string): boolean {
  if (/^0+$/.test(dumpFilter?.trim() ?? '')) return false;
  const soft = /^Max core file size\s+(\S+)/m.exec(limits)?.[1];
  const isPiped = corePattern?.startsWith('|') !== false && corePattern?.trim() !== '|/bin/false';
  return soft !== '0' || isPiped;
}

function canHibernate({ powerState, powerDisk }: MemoryFacts): boolean {
  return /\bdisk\b/.test(powerState ?? '') && !/\[disabled\]/.test(powerDisk ?? '');
}

/** Reads how the memory of this process may reach a disk; elsewhere than on Linux, it is not known. */
export function readMemoryRisks(): readonly MemoryRisk[] {
  if (process.platform !== 'linux') return ['unknown'];
  const facts = Object.fromEntries(Object.entries(FILES).map(([fact, file]) => [fact, readText(file)]));
  return memoryRisksOf(facts as unknown as MemoryFacts);
}

/**
 * Asks Linux to leave the memory of this process, and of those that it starts, out of any core dump. Node reaches
 * neither `RLIMIT_CORE` nor `PR_SET_DUMPABLE`, but a process may write its own filter. Whether it worked is seen by
 * `readMemoryRisks`.
 */
export function leaveMemoryOutOfDumps(): void {
  try {
    writeFileSync(FILES.dumpFilter, '0');
  } catch {
    // Another system, or a kernel without dumps of this kind.
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
