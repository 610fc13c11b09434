import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { PART_PREFIX } from '../../electron/files/part-file.ts';
import { KEY_ID, makeKit, QUORUM_ID } from '../fixtures/kits.ts';
import { makeRsaKey } from '../fixtures/rsa.ts';
import { Dice } from './dice.ts';

/** A command to be killed at random. */
interface KilledCommand {
  readonly name: string;
  readonly args: readonly string[];
  /** The file that it makes; undefined for one that makes none. */
  readonly output: string | undefined;
}

const PASSWORD = 'a password that nobody else has';
const RECOVER = [
  ...['recover', '--recovery-kit-file', `bucket/${KEY_ID}`, '--private-key-file', 'key/recovery.der'],
  ...['--quorum-id', QUORUM_ID, '--json'],
];

/** What is killed. A command that writes comes here. */
const COMMANDS: readonly KilledCommand[] = [
  {
    name: 'recover, hex',
    args: [...RECOVER, '--output-file', 'out', '--encrypt-output=false'],
    output: 'out',
  },
  {
    name: 'recover, PKE1',
    args: [...RECOVER, '--output-file', 'out', '--password-file', 'password'],
    output: 'out',
  },
  { name: 'drill', args: ['drill', '--json'], output: undefined },
];

/** What killing a command came to. */
export interface KillRun {
  readonly name: string;
  readonly kills: number;
  /** Runs that were over before the signal came. */
  readonly ended: number;
  /** Runs that left the file, whole. */
  readonly whole: number;
  /** Runs that left a part under a name of ours, which is found and removed. */
  readonly parts: number;
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
  for (const command of COMMANDS) runs.push(await killMany(bundle, command, times, new Dice(seed)));
  return runs;
}

async function killMany(bundle: string, command: KilledCommand, times: number, dice: Dice): Promise<KillRun> {
  const folder = mkdtempSync(join(tmpdir(), 'breakglass-kills-'));
  try {
    const secrets = prepare(folder);
    const before = contentsOf(folder);
    const { ms } = await runOnce(bundle, folder, command.args, undefined);
    const wholeSize =
      command.output === undefined ? 0 : (contentsOf(folder).get(command.output)?.length ?? 0);
    clean(folder, before);
    const counts = { kills: 0, ended: 0, whole: 0, parts: 0 };
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
        } else if (name === command.output) {
          counts.whole += 1;
          if (content.length !== wholeSize) defects.push(`${name} is half a file (at ${atMs} ms)`);
        } else if (basename(name).startsWith(PART_PREFIX)) {
          counts.parts += 1;
        } else if (secrets.some((secret) => content.includes(secret))) {
          defects.push(`${name} holds a secret (at ${atMs} ms)`);
        }
      }
      clean(folder, before);
    }
    return { name: command.name, ...counts, defects };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lays out a bucket, a key and a password. @returns every form in which a secret could lie about */
function prepare(folder: string): readonly Buffer[] {
  const key = makeRsaKey(2048);
  const { file, secrets } = makeKit(key);
  for (const name of [`bucket/${KEY_ID}`, 'key', 'tmp']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'bucket', KEY_ID, 'recovery_shard-0.txt'), file);
  writeFileSync(join(folder, 'key/recovery.der'), key.keyObject.export({ type: 'pkcs1', format: 'der' }));
  writeFileSync(join(folder, 'password'), PASSWORD);
  const numbers = [secrets.masterPrivateKey, secrets.masterChainCode].map((each) => Buffer.from(each));
  const forms = (bytes: Buffer): Buffer[] => [
    bytes,
    Buffer.from(bytes.toString('hex')),
    Buffer.from(bytes.toString('base64')),
  ];
  return [...numbers.flatMap(forms), Buffer.from(PASSWORD)];
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
