import { inspect } from 'node:util';

import { RecoveryError } from '../../shared/recovery-error.ts';
import { Dice } from './dice.ts';
import type { SoakParser } from './soak-parser.ts';

/** How much is tried. */
export interface Effort {
  readonly inputs: number;
  readonly budgetMs: number;
  readonly seed: number;
}

/** What a parser did with its inputs. */
export interface ParserRun {
  readonly name: string;
  readonly inputs: number;
  /** Processor time, that of other threads of this process as well: wall time would count what else the machine does. */
  readonly worstMs: number;
  /** Which input was the worst, to be had again by its seed. */
  readonly worstSeed: number;
  /** How often each answer was given; `read` for no fault, with the field that was refused of a request. */
  readonly answers: Readonly<Record<string, number>>;
  /** What was thrown that is no fault, with the seed of its input. */
  readonly defects: readonly string[];
}

const MAX_DEFECTS = 5;

/** Gives a parser hostile inputs until there were enough, or the time is over. The n-th has the seed `seed + n`. */
export async function runParser(parser: SoakParser, { inputs, budgetMs, seed }: Effort): Promise<ParserRun> {
  const make = await parser.prepare();
  const answers: Record<string, number> = {};
  const defects: string[] = [];
  const until = performance.now() + budgetMs;
  let worst = { ms: 0, seed };
  let done = 0;
  for (; done < inputs && performance.now() < until && defects.length < MAX_DEFECTS; done++) {
    const inputSeed = seed + done;
    const input = (await make(new Dice(inputSeed))) as never;
    const before = process.cpuUsage();
    const answer = await answerOf(() => parser.parse(input));
    const { user, system } = process.cpuUsage(before);
    const ms = (user + system) / 1000;
    if (ms > worst.ms) worst = { ms, seed: inputSeed };
    answers[answer.word] = (answers[answer.word] ?? 0) + 1;
    if (answer.defect !== undefined) defects.push(`seed ${inputSeed}: ${answer.defect}`);
  }
  return { name: parser.name, inputs: done, worstMs: worst.ms, worstSeed: worst.seed, answers, defects };
}

/** Which field was refused tells how far into a request the input came. */
function wordOf({ code, details }: RecoveryError): string {
  return code === 'ipc.malformed' ? `${code} ${String(details['field'])}` : code;
}

async function answerOf(work: () => unknown): Promise<{ readonly word: string; readonly defect?: string }> {
  try {
    return { word: (await work()) === undefined ? 'not known' : 'read' };
  } catch (error) {
    if (error instanceof RecoveryError) return { word: wordOf(error) };
    return { word: 'DEFECT', defect: inspect(error).slice(0, 600) };
  }
}
