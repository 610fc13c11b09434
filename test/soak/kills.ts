import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { parseRsaPublicKey } from '../../electron/engine/rsa/public-key.ts';
import { PART_PREFIX } from '../../electron/files/part-file.ts';
import { verifyRecord } from '../../electron/record/verify-record.ts';
import { KEY_ID, makeKit, QUORUM_ID } from '../fixtures/kits.ts';
import { makeRsaKey } from '../fixtures/rsa.ts';
import { Dice } from './dice.ts';

/** A command to be killed at random. */
interface KilledCommand {
  readonly name: string;
  readonly args: readonly string[];
  /** The files that it makes, and what says of each whether it is whole; a state file may end anywhere. */
  readonly outputs: Readonly<Record<string, (content: Buffer, undisturbed: Buffer) => boolean>>;
}

const PASSWORD = 'a password that nobody else has';
const BACKUP = ['--recovery-kit-file', `bucket/${KEY_ID}`, '--quorum-id', QUORUM_ID, '--json'];
const RECOVER = ['recover', ...BACKUP, '--private-key-file', 'key/recovery.der'];
const WITH_PASSWORD = ['--password-file', 'password'];
const RECORD = ['--record', 'record.json', '--person', 'Ada, operator'];

const sameSize = (content: Buffer, undisturbed: Buffer): boolean => content.length === undisturbed.length;
/** A record is whole where it verifies: how long each of its hashes and durations is says nothing. */
const isRecord = (content: Buffer): boolean => verifyRecord(content, {}).sound;
const isAnything = (): boolean => true;
const readsAs =
  (work: (content: Uint8Array) => unknown) =>
  (content: Buffer): boolean => {
    try {
      work(content);
      return true;
    } catch {
      return false;
    }
  };

const KEY_PAIR: KilledCommand['outputs'] = {
  // Sealed, so that one cut short is told by its length; the key's numbers can make a byte of difference.
  'new/recovery-private-key.pke1': (content, undisturbed) =>
    Math.abs(content.length - undisturbed.length) < 200,
  'new/recovery-public-key.der': readsAs(parseRsaPublicKey),
  'new/recovery-public-key.hex': readsAs(parseRsaPublicKey),
  'new/recovery-public-key.b64': readsAs(parseRsaPublicKey),
};

/** What is killed. A command that writes comes here. */
const COMMANDS: readonly KilledCommand[] = [
  {
    name: 'recover, hex',
    args: [...RECOVER, '--output-file', 'out', '--encrypt-output=false'],
    outputs: { out: sameSize },
  },
  {
    name: 'recover, PKE1',
    args: [...RECOVER, '--output-file', 'out', ...WITH_PASSWORD],
    outputs: { out: sameSize },
  },
  {
    name: 'recover, hex and record',
    args: [...RECOVER, '--output-file', 'out', '--encrypt-output=false', ...RECORD],
    outputs: { out: sameSize, 'record.json': isRecord },
  },
  { name: 'drill', args: ['drill', '--json'], outputs: {} },
  { name: 'drill and record', args: ['drill', '--json', ...RECORD], outputs: { 'record.json': isRecord } },
  {
    name: 'bucket recover-check, record',
    args: [
      ...['bucket', 'recover-check', 'bucket', '--register', 'register.csv', '--json'],
      ...['--private-key-file', 'key/recovery.der', '--state', 'run.state', ...RECORD],
    ],
    // Its state goes on from wherever it ended, and is looked at by the tests of the bucket.
    outputs: { 'record.json': isRecord, 'run.state': isAnything, 'run.state.lock': isAnything },
  },
  {
    name: 'ceremony generate, record',
    args: [
      ...['ceremony', 'generate', '--output-folder', 'new', '--bits', '2048', '--json'],
      ...[...WITH_PASSWORD, ...RECORD],
    ],
    outputs: { ...KEY_PAIR, 'record.json': isRecord },
  },
];

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
    const undisturbed = contentsOf(folder);
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
        } else if (command.outputs[name] !== undefined) {
          counts.whole += 1;
          const isWhole = command.outputs[name];
          if (!isWhole(content, undisturbed.get(name) ?? Buffer.alloc(0)))
            defects.push(`${name} is half a file (at ${atMs} ms)`);
          if (name === 'record.json' && secrets.some((secret) => content.includes(secret)))
            defects.push(`${name} holds a secret (at ${atMs} ms)`);
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
  for (const name of [`bucket/${KEY_ID}`, 'key', 'tmp', 'new'])
    mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'bucket', KEY_ID, 'recovery_shard-0.txt'), file);
  writeFileSync(join(folder, 'key/recovery.der'), key.keyObject.export({ type: 'pkcs1', format: 'der' }));
  writeFileSync(join(folder, 'password'), PASSWORD);
  const row = `${KEY_ID},${QUORUM_ID},SECP256K1,`;
  writeFileSync(join(folder, 'register.csv'), `key_id,quorum_id,key_algorithm,address\n${row}\n`);
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
