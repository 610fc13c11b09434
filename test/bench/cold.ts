import { spawnSync } from 'node:child_process';

import { median } from './clock.ts';
import type { BenchKit } from './sandbox.ts';

/** What a whole process cost. */
export interface ColdFigures {
  /** From before it is started to after it is reaped. */
  readonly wallMs: number;
  /** User and system, of all its threads. */
  readonly cpuMs: number;
  /** The most memory that was resident at a time. */
  readonly peakMiB: number;
}

/**
 * A parent in Node is not told what its child used, and `time` is another program on every system. So the child says
 * it itself, when its work is done and only the tearing down is left: a module loaded before the program writes the
 * operating system's account of the process to file descriptor 3. Loading it costs, so the wall is taken in
 * runs of their own, without it; of the CPU time it is a part, of a millisecond or two.
 */
const REPORTER = [
  "import { writeSync } from 'node:fs';",
  "process.on('exit', () => {",
  '  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();',
  '  writeSync(3, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMiB: maxRSS / 1024 }));',
  '});',
].join('\n');
const REPORTER_URL = `data:text/javascript,${encodeURIComponent(REPORTER)}`;

/** The arguments of `verify` for a kit. */
export function verifyArguments({ file, keyId, quorumId }: BenchKit): readonly string[] {
  return ['verify', file, '--quorum-id', quorumId, '--key-id', keyId];
}

/** The arguments of `recover` for a kit. */
export function recoverArguments(
  { file, keyId, quorumId, keyAlgorithm }: BenchKit,
  privateKeyFile: string,
): readonly string[] {
  return [
    ...['recover', '--recovery-kit-file', file, '--private-key-file', privateKeyFile],
    ...['--quorum-id', quorumId, '--key-id', keyId, '--key-type', keyAlgorithm],
  ];
}

/** Medians over several runs of `node` with the arguments given. */
export function coldFigures(args: readonly string[], rounds: number): ColdFigures {
  // In turns, so that a mood of the machine colours both.
  const runs = Array.from({ length: rounds }, () => ({ wallMs: wallMsOf(args), ...selfReport(args) }));
  return {
    wallMs: median(runs.map(({ wallMs }) => wallMs)),
    cpuMs: median(runs.map(({ cpuMs }) => cpuMs)),
    peakMiB: median(runs.map(({ peakMiB }) => peakMiB)),
  };
}

/** The median wall time in ms of running `node` with the arguments given. */
export function coldWallMs(args: readonly string[], rounds: number): number {
  return median(Array.from({ length: rounds }, () => wallMsOf(args)));
}

function wallMsOf(args: readonly string[]): number {
  const start = performance.now();
  run(args);
  return performance.now() - start;
}

function selfReport(args: readonly string[]): Omit<ColdFigures, 'wallMs'> {
  const report: unknown = JSON.parse(run(['--import', REPORTER_URL, ...args]));
  const { cpuMs, peakMiB } = report as Omit<ColdFigures, 'wallMs'>;
  return { cpuMs, peakMiB };
}

/** Runs a process to its end, which has to be a good one; returns what it wrote to file descriptor 3. */
function run(args: readonly string[]): string {
  const child = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  if (child.status !== 0)
    throw new Error(`the process ended with ${child.status ?? 'a signal'}: ${child.stderr}`);
  return child.output[3] ?? '';
}
