/** The middle value: a run that something else on the machine got in the way of does not move it. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  if (upper === undefined || lower === undefined) throw new Error('nothing was measured');
  return (lower + upper) / 2;
}

/**
 * CPU time in ms of one call of `work`: user and system, of all threads of this process, garbage collector and
 * compiler included, as an operating system would bill it.
 * @param work what is measured; it may wait
 * @param calls in one reading, for work that is too short for the operating system's clock
 */
export async function cpuMsOf(work: () => unknown, calls = 1): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < calls; i++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / calls;
}

/** The median CPU time in ms of `rounds` calls, after `warmUps` that are not counted. */
export async function steadyCpuMs(work: () => unknown, rounds: number, warmUps: number): Promise<number> {
  for (let i = 0; i < warmUps; i++) await work();
  const readings: number[] = [];
  for (let i = 0; i < rounds; i++) readings.push(await cpuMsOf(work));
  return median(readings);
}
