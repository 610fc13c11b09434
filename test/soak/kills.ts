import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { PART_PREFIX } from '../../electron/files/part-file.ts';
import { Dice } from './dice.ts';
import { KILLED_COMMANDS, layOut, type KilledCommand, type KilledOutput } from './killed-commands.ts';

/** What killing a command came to. */
export interface KillRun {
  readonly name: string;
  readonly kills: number;
  /** Runs that were over before the signal came. */
  readonly ended: number;
  /** Files that were left, whole. */
  readonly whole: number;
  /** Runs that left a part under a name of ours, which is found and removed. */
  readonly parts: number;
  /** Other files that were left, without a secret. */
  readonly others: number;
  /** What was left and should not have been. */
  readonly defects: readonly string[];
}

/**
 * Runs each command of the built command line, kills it at a random moment, and looks at what lies on the disk: under
 * the chosen name nothing or a whole file, elsewhere no secret but in a part of ours, and nothing that was there changed.
 * @param bundle the command line
 * @param times for each command
 */
export async function runKills(bundle: string, times: number, seed: number): Promise<readonly KillRun[]> {
  const runs: KillRun[] = [];
  for (const command of KILLED_COMMANDS) runs.push(await killMany(bundle, command, times, new Dice(seed)));
  return runs;
}

async function killMany(bundle: string, command: KilledCommand, times: number, dice: Dice): Promise<KillRun> {
  const folder = mkdtempSync(join(tmpdir(), 'breakglass-kills-'));
  try {
    const secrets = layOut(folder);
    const before = contentsOf(folder);
    const { ms } = await runOnce(bundle, folder, command.args, undefined);
    const undisturbed = contentsOf(folder);
    clean(folder, before);
    const counts = { kills: 0, ended: 0, whole: 0, parts: 0, others: 0 };
    const defects: string[] = [];
    for (let i = 0; i < times; i++) {
      // Later than it takes, too: the end is where files get their names.
      const atMs = dice.below(Math.ceil(ms * 1.1));
      const { killed } = await runOnce(bundle, folder, command.args, atMs);
      counts[killed ? 'kills' : 'ended'] += 1;
      for (const [name, content] of contentsOf(folder)) {
        const old = before.get(name);
        if (old !== undefined) {
          if (!old.equals(content)) defects.push(`${name} was changed (at ${atMs} ms)`);
          continue;
        }
        const output = command.outputs.find(({ file }) => file.test(name));
        counts[kindOf(name, output)] += 1;
        if (output?.isWhole(content, undisturbed.get(name) ?? Buffer.alloc(0)) === false)
          defects.push(`${name} is half a file (at ${atMs} ms)`);
        if (!mayHoldSecret(name, output) && secrets.some((secret) => content.includes(secret)))
          defects.push(`${name} holds a secret (at ${atMs} ms)`);
      }
      clean(folder, before);
    }
    return { name: command.name, ...counts, defects };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function kindOf(name: string, output: KilledOutput | undefined): 'whole' | 'parts' | 'others' {
  if (output !== undefined) return 'whole';
  return basename(name).startsWith(PART_PREFIX) ? 'parts' : 'others';
}

/** A part of ours may: the next start finds it and offers to remove it. */
function mayHoldSecret(name: string, output: KilledOutput | undefined): boolean {
  return output?.holdsSecret === true || (output === undefined && basename(name).startsWith(PART_PREFIX));
}

/** Runs the command line to its end, or to a kill. Its temporary folder is in the folder that is looked at. */
function runOnce(
  bundle: string,
  folder: string,
  args: readonly string[],
  killAtMs: number | undefined,
): Promise<{ readonly ms: number; readonly killed: boolean }> {
  const started = performance.now();
  const child = spawn(process.execPath, [bundle, ...args], {
    cwd: folder,
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: join(folder, 'tmp') },
  });
  const timer = killAtMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAtMs);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (killAtMs === undefined && code !== 0)
        reject(new Error(`${args.join(' ')} ended with ${code ?? ''}`));
      resolve({ ms: performance.now() - started, killed: signal === 'SIGKILL' });
    });
  });
}

function contentsOf(folder: string): ReadonlyMap<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [file.slice(folder.length + 1), readFileSync(file)];
    }),
  );
}

function clean(folder: string, kept: ReadonlyMap<string, Buffer>): void {
  for (const name of contentsOf(folder).keys()) if (!kept.has(name)) rmSync(join(folder, name));
}
