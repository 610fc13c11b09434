import {
  constants,
  copyFileSync,
  linkSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

import { RecoveryError } from '../../shared/recovery-error.ts';
import { errnoOf } from './read-capped.ts';
import { NO_LINKS } from './write-exclusive.ts';

const MAX_TRIES = 5;
const WHOLE_LINE = /\n$/;
const BOOT_ID = /^[0-9a-f-]{36}\n$/;

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  /** When that process started, in the system's own count; null where it can't be told. */
  readonly started: string | null;
  readonly host: string;
}

/**
 * Takes the lock of a file: a file beside it, `FILE.lock`, that is made only where there is none. One that a killed
 * process of this machine left is taken over. Source: docs/bucket.md, "State file".
 * Fails with `bucket-state.in-use`, naming the process that holds it, with `file.write-failed` and `file.unreadable`.
 * @param file what is locked
 * @returns gives the lock back, and fails with the last two where it stays; once it is back, does nothing
 */
export function lockFile(file: string): () => void {
  const lock = `${file}.lock`;
  const own = `${JSON.stringify({ pid: process.pid, started: startOf(process.pid), host: hostname() })}\n`;
  const aside = `${lock}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(aside, own, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') removeQuietly(aside);
    throw new RecoveryError('file.write-failed', { file: lock, reason: errnoOf(error) });
  }
  try {
    for (let tries = 0; !tryName(aside, lock); tries++) refuseHeld(file, lock, tries);
  } finally {
    removeQuietly(aside);
  }
  let held = true;
  return () => {
    if (held && readIfThere(lock) === own) remove(lock);
    held = false;
  };
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT')
      throw new RecoveryError('file.write-failed', { file, reason: errnoOf(error) });
  }
}

/** Beside a lock, a file of a name that was drawn for it keeps nobody away. */
function removeQuietly(aside: string): void {
  try {
    unlinkSync(aside);
  } catch {
    // It stays, and says no more than who took the lock.
  }
}

/**
 * Gives a file another name, where nothing has it. A name that is made by a link is whole from the start: nobody reads
 * half a lock. Where there are no links, half a one may be read, and is taken for one that is held.
 */
function tryName(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (NO_LINKS.includes(errnoOf(error))) return tryCopy(from, to);
    return refuseUnlessTaken(to, error);
  }
}

function tryCopy(from: string, to: string): boolean {
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    return refuseUnlessTaken(to, error);
  }
}

function refuseUnlessTaken(file: string, error: unknown): false {
  if (errnoOf(error) === 'EEXIST') return false;
  throw new RecoveryError('file.write-failed', { file, reason: errnoOf(error) });
}

/** Fails where the lock is held; else takes the old one away, so that it can be tried again. */
function refuseHeld(file: string, lock: string, tries: number): void {
  const text = readIfThere(lock);
  if (text === undefined) return;
  const holder = readHolder(text);
  if (holder === undefined || isAlive(holder) || tries >= MAX_TRIES) {
    throw new RecoveryError('bucket-state.in-use', {
      file,
      ...(holder === undefined ? {} : { pid: holder.pid, host: holder.host }),
    });
  }
  takeAway(lock, text);
}

/** Two runs may find the same old lock: what was moved away is looked at, and put back if it is another one already. */
function takeAway(lock: string, text: string): void {
  const aside = `${lock}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw new RecoveryError('file.write-failed', { file: lock, reason: errnoOf(error) });
  }
  // What can't be read may be another run's: it is put back, and looked at again.
  if (!readsAs(aside, text)) tryName(aside, lock);
  removeQuietly(aside);
}

function readsAs(file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8') === text;
  } catch {
    return false;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw new RecoveryError('file.unreadable', { file, reason: errnoOf(error) });
  }
}

/** Undefined for what is no lock of ours, which nobody may take away. */
function readHolder(text: string): Holder | undefined {
  try {
    const { pid, started, host } = JSON.parse(text) as Partial<Record<keyof Holder, unknown>>;
    return typeof pid === 'number' && Number.isInteger(pid) && pid > 0 && typeof host === 'string'
      ? { pid, started: typeof started === 'string' ? started : null, host }
      : undefined;
  } catch {
    return undefined;
  }
}

/** What another machine holds can't be asked for, so it counts as held. */
function isAlive({ pid, started, host }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errnoOf(error) === 'ESRCH') return false;
  }
  // Numbers of processes are used again, after a restart above all. What can't be told is no sign that it ended.
  const now = startOf(pid);
  return started === null || now === null || started === now;
}

/** When a process started, in ticks since the machine did, with the boot it is of. Linux alone tells this in a file. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
    if (!WHOLE_LINE.test(stat) || !BOOT_ID.test(boot)) return null;
    // The name of the program, in brackets, may hold anything.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return ticks === undefined ? null : `${boot.trim()} ${ticks}`;
  } catch {
    return null;
  }
}
