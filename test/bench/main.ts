import { fileURLToPath } from 'node:url';
import { arch, availableParallelism, cpus, platform } from 'node:os';

import { benchBucket } from './bucket.ts';
import { steadyCpuMs } from './clock.ts';
import { coldFigures, coldWallMs, recoverArguments, verifyArguments } from './cold.ts';
import { toJson, toTable, type Figures, type Row } from './figures.ts';
import { makePart } from './make-bucket.ts';
import { makeSandbox, type Sandbox } from './sandbox.ts';
import { recoverOnce, verifyOnce } from './steady.ts';
import { rsaOperationMs, UnitClock } from './unit.ts';

/** How often everything is done. */
interface Effort {
  readonly warmUps: number;
  readonly rounds: number;
  readonly processes: number;
}

const FULL: Effort = { warmUps: 40, rounds: 60, processes: 7 };
/** For a test, and for a first look: the figures are too high, the compiler not being done. */
const QUICK: Effort = { warmUps: 1, rounds: 3, processes: 1 };

/**
 * Measures what a kit costs: `node dist/bench/main.js BUNDLE [--quick] [--json]`, started by `npm run bench`;
 * `npm run bench -- bucket` measures whole buckets.
 * BUNDLE is the command line's own, for the cold processes.
 */
async function main([bundle = '', ...options]: readonly string[]): Promise<void> {
  if (options[0] === 'bucket') {
    await benchBucket(bundle, fileURLToPath(import.meta.url), options.slice(1), (line) => {
      process.stdout.write(`${line}\n`);
    });
    return;
  }
  const unknown = options.find((option) => option !== '--quick' && option !== '--json');
  if (unknown !== undefined) throw new Error(`unknown option ${unknown}; known are --quick and --json`);
  const sandbox = await makeSandbox();
  try {
    const figures = await measure(sandbox, bundle, options.includes('--quick') ? QUICK : FULL);
    process.stdout.write(`${options.includes('--json') ? toJson(figures) : toTable(figures)}\n`);
  } finally {
    sandbox.remove();
  }
}

async function measure(sandbox: Sandbox, bundle: string, effort: Effort): Promise<Figures> {
  const { warmUps, rounds, processes } = effort;
  const unit = new UnitClock(20 * warmUps);
  const rows: Row[] = [];
  await unit.read(rounds);
  for (const kit of sandbox.kits) {
    const commands = [
      ['verify', () => verifyOnce(kit), verifyArguments(kit)],
      ['recover', () => recoverOnce(kit, sandbox.privateKey), recoverArguments(kit, sandbox.privateKeyFile)],
    ] as const;
    for (const [command, work, args] of commands) {
      const row = { keyAlgorithm: kit.keyAlgorithm, command };
      rows.push({ ...row, state: 'steady', cpuMs: await steadyCpuMs(work, rounds, warmUps) });
      rows.push({ ...row, state: 'cold', ...coldFigures([bundle, ...args], processes) });
      await unit.read(rounds);
    }
  }
  const { publicMs, privateMs } = await rsaOperationMs(sandbox.privateKey, processes);
  return {
    machine: `Node ${process.version}, ${platform()} ${arch()}, ${availableParallelism()} x ${cpus()[0]?.model ?? 'CPU'}.`,
    unitMs: unit.ms,
    rsaPublicMs: publicMs,
    rsaPrivateMs: privateMs,
    floorWallMs: coldWallMs(['-e', '0'], processes),
    rows,
  };
}

const [first, ...others] = process.argv.slice(2);
// One of the processes that make a bucket.
if (first === 'make-part') makePart(others[0] ?? '', Number(others[1]), Number(others[2]));
else await main(process.argv.slice(2));
