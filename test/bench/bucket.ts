import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { availableParallelism, cpus, platform, arch } from 'node:os';
import { dirname, join } from 'node:path';

import { makeBucket, type BenchBucket } from './make-bucket.ts';

const DEFAULT_WALLETS = 2000;

/** What one run over the bucket cost. */
interface BucketFigure {
  readonly command: string;
  readonly workers: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMiB: number;
  readonly wallets: number;
}

/** Has the process say what it cost when its work is done, as test/bench/cold.ts explains. */
const REPORTER = [
  "import { writeSync } from 'node:fs';",
  "import { isMainThread } from 'node:worker_threads';",
  "if (isMainThread) process.on('exit', () => {",
  '  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();',
  '  writeSync(3, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMiB: maxRSS / 1024 }));',
  '});',
].join('\n');
const REPORTER_URL = `data:text/javascript,${encodeURIComponent(REPORTER)}`;

/**
 * Measures whole-bucket runs: `npm run bench -- bucket [--wallets N] [--rounds N] [--workers 1,2,4]`. The bucket is made
 * once and stays in `dist/bench`. Every run has to find every wallet good.
 */
export async function benchBucket(
  bundle: string,
  self: string,
  options: readonly string[],
  print: (line: string) => void,
): Promise<void> {
  const numbers = readNumbers(options);
  const [wallets = DEFAULT_WALLETS] = numbers.get('--wallets') ?? [];
  const [rounds = 1] = numbers.get('--rounds') ?? [];
  const cores = availableParallelism();
  const workers = numbers.get('--workers') ?? [...new Set([1, Math.ceil(cores / 2), cores])];
  const folder = join(dirname(self), `bucket-${wallets}`);
  mkdirSync(dirname(folder), { recursive: true });
  const makingMs = performance.now();
  const made = await makeBucket(folder, wallets, cores, self);
  const madeMs = performance.now() - makingMs;
  print(
    `${wallets} wallets, RSA-4096, 2 of 3, both algorithms. Node ${process.version}, ${platform()} ${arch()}, ${cores} x ${cpus()[0]?.model ?? 'CPU'}. Made or found in ${Math.round(madeMs / 1000)} s.`,
  );
  print('');
  print(row(['command', 'workers', 'wall s', 'wallets/s', 'CPU ms each', 'peak MiB']));
  for (let round = 0; round < rounds; round++) {
    for (const count of workers) {
      for (const command of ['verify', 'recover-check'])
        print(row(cells(await measure(bundle, command, made, count, wallets))));
    }
  }
}

function readNumbers(options: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const numbers = new Map<string, readonly number[]>();
  for (let i = 0; i < options.length; i += 2) {
    const [name = '', text = ''] = options.slice(i, i + 2);
    const values = text.split(',').map(Number);
    const known = ['--wallets', '--rounds', '--workers'].includes(name);
    if (!known || !values.every((value) => Number.isInteger(value) && value > 0))
      throw new Error(`not understood: ${name} ${text}; known are --wallets N, --rounds N, --workers N,N`);
    numbers.set(name, values);
  }
  return numbers;
}

async function measure(
  bundle: string,
  command: string,
  { bucket, register, privateKeyFile }: BenchBucket,
  workers: number,
  wallets: number,
): Promise<BucketFigure> {
  const key = command === 'verify' ? [] : ['--private-key-file', privateKeyFile];
  const args = [
    'bucket',
    command,
    bucket,
    '--register',
    register,
    '--workers',
    String(workers),
    '--json',
    ...key,
  ];
  const start = performance.now();
  const { out, report } = await run(['--import', REPORTER_URL, bundle, ...args]);
  const wallMs = performance.now() - start;
  const summary = JSON.parse(out.trim().split('\n').at(-1) ?? '') as {
    readonly counts: { readonly valid: number; readonly matched: number; readonly bad: number };
  };
  const { valid, matched, bad } = summary.counts;
  if (valid !== wallets || matched !== wallets || bad !== 0)
    throw new Error(`not every wallet was good: ${out.slice(-500)}`);
  const cost = JSON.parse(report) as Pick<BucketFigure, 'cpuMs' | 'peakMiB'>;
  return { command, workers, wallMs, wallets, ...cost };
}

function run(args: readonly string[]): Promise<{ readonly out: string; readonly report: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] });
    const [out, report]: [Buffer[], Buffer[]] = [[], []];
    child.stdio[1]?.on('data', (chunk: Buffer) => out.push(chunk));
    child.stdio[3]?.on('data', (chunk: Buffer) => report.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) reject(new Error(`the run ended with ${code ?? 'a signal'}`));
      else resolve({ out: Buffer.concat(out).toString(), report: Buffer.concat(report).toString() });
    });
  });
}

function cells({ command, workers, wallMs, wallets, cpuMs, peakMiB }: BucketFigure): readonly string[] {
  return [
    command,
    String(workers),
    (wallMs / 1000).toFixed(1),
    ((wallets * 1000) / wallMs).toFixed(1),
    (cpuMs / wallets).toFixed(1),
    peakMiB.toFixed(0),
  ];
}

/** One line of the table, printed when it is measured: a run over a large bucket takes its time. */
function row(texts: readonly string[]): string {
  return texts.map((text, i) => (i === 0 ? text.padEnd(14) : text.padStart(12))).join('');
}
