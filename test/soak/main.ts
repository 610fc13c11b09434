import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';

import { runKills } from './kills.ts';
import { PARSERS } from './parsers.ts';
import type { SoakParser } from './soak-parser.ts';
import { runParser, type Effort, type ParserRun } from './run-parser.ts';

/** The most memory that a process may take which reads hostile inputs; a file may ask scrypt for 1 GiB of it. */
const MAX_RSS_MIB = 1600;
/** Above the limits of all parsers: then the process is not slow, it hangs. */
const SILENCE_MS = 90_000;
const KILLS = 'kills';

interface ChildReport extends ParserRun {
  readonly peakRssMiB: number;
}

/**
 * Reads hostile inputs for as long as wanted, each parser in a process of its own, and kills the command line at random:
 * `npm run soak -- [--budget SECONDS] [--inputs N] [--kills N] [--only NAME] [--seed N]`. BUNDLE is the command line's own.
 */
async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      budget: { type: 'string', default: '600' },
      inputs: { type: 'string', default: '10000' },
      kills: { type: 'string', default: '200' },
      only: { type: 'string', default: '' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
      child: { type: 'string' },
    },
  });
  const [inputs = 0, budgetS = 0, kills = 0, seed = 0] = [
    ...[values.inputs, values.budget, values.kills, values.seed],
  ].map(Number);
  if (!(inputs > 0 && budgetS > 0 && kills >= 0 && Number.isInteger(seed)))
    throw new Error('a number is missing');
  const effort: Effort = { inputs, budgetMs: budgetS * 1000, seed };
  if (values.child !== undefined) {
    await reportOf(values.child, effort);
    return;
  }
  process.stdout.write(`seed ${seed}, up to ${inputs} inputs and ${budgetS} s a parser\n`);
  const parsers = PARSERS.filter(({ name }) => name.includes(values.only));
  const isKilling = KILLS.includes(values.only) && kills > 0;
  if (parsers.length === 0 && !isKilling) throw new Error(`nothing is named ${values.only}`);
  const isGood = await parsersHold(parsers, effort);
  const areGood = isKilling ? await killsHold(positionals[0] ?? '', kills, seed) : true;
  process.exitCode = isGood && areGood ? 0 : 1;
}

async function parsersHold(parsers: readonly SoakParser[], effort: Effort): Promise<boolean> {
  if (parsers.length === 0) return true;
  let isGood = true;
  process.stdout.write(row(['parser', 'inputs', 'worst ms', 'RSS MiB', 'answers']));
  for (const { name, limitMs } of parsers) {
    const report = await reportOfChild(name, effort);
    const complaints = complaintsOf(report, limitMs);
    isGood &&= complaints.length === 0;
    if (typeof report === 'string') process.stdout.write(row([name, '', '', '', report]));
    else process.stdout.write(row(cellsOf(report)));
    for (const complaint of complaints) process.stdout.write(`  DEFECT ${complaint}\n`);
  }
  return isGood;
}

function complaintsOf(report: ChildReport | string, limitMs: number): readonly string[] {
  if (typeof report === 'string') return [report];
  const { defects, worstMs, worstSeed, peakRssMiB } = report;
  return [
    ...defects,
    ...(worstMs > limitMs ? [`seed ${worstSeed} took ${Math.round(worstMs)} ms`] : []),
    ...(peakRssMiB > MAX_RSS_MIB ? [`took ${peakRssMiB} MiB`] : []),
  ];
}

function cellsOf(report: ChildReport): readonly string[] {
  const answers = Object.entries(report.answers)
    .sort(([, a], [, b]) => b - a)
    .map(([word, count]) => `${word} ${count}`)
    .join(', ');
  return [report.name, String(report.inputs), report.worstMs.toFixed(0), String(report.peakRssMiB), answers];
}

async function reportOf(name: string, effort: Effort): Promise<void> {
  const parser = PARSERS.find((each) => each.name === name);
  if (parser === undefined) throw new Error(`no parser ${name}`);
  const run = await runParser(parser, effort);
  const report: ChildReport = { ...run, peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024) };
  process.send?.(report);
}

/** What a child found, or how it ended without a word. */
function reportOfChild(name: string, { inputs, budgetMs, seed }: Effort): Promise<ChildReport | string> {
  const args = [
    '--child',
    name,
    '--inputs',
    String(inputs),
    '--budget',
    String(budgetMs / 1000),
    '--seed',
    String(seed),
  ];
  const child = fork(process.argv[1] ?? '', args, { execArgv: ['--max-old-space-size=512'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), budgetMs + SILENCE_MS);
  let report: ChildReport | undefined;
  child.once('message', (message) => {
    report = message as unknown as ChildReport;
  });
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve(report ?? (signal === 'SIGKILL' ? 'hangs' : `crashed with ${code ?? signal ?? ''}`));
    });
  });
}

async function killsHold(bundle: string, times: number, seed: number): Promise<boolean> {
  const runs = await runKills(bundle, times, seed);
  process.stdout.write(row(['killed command', 'kills', 'ended', 'whole', 'parts', 'others']));
  for (const { name, kills, ended, whole, parts, others, defects } of runs) {
    process.stdout.write(row([name, ...[kills, ended, whole, parts, others].map(String)]));
    for (const defect of defects) process.stdout.write(`  DEFECT ${defect}\n`);
  }
  return runs.every(({ defects }) => defects.length === 0);
}

function row([name = '', ...cells]: readonly string[]): string {
  return `${name.padEnd(34)}${cells.map((cell) => cell.padStart(9)).join('  ')}\n`;
}

await main(process.argv.slice(2));
