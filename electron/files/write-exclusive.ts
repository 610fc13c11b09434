import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { RecoveryError } from '../../shared/recovery-error.ts';
import { PART_PREFIX } from './part-file.ts';
import { errnoOf, isErrno, readCapped } from './read-capped.ts';
import { syncFolder } from './sync-folder.ts';

/** Owner may read and write, nobody else anything, from the moment the file exists. */
const OWNER_ONLY = 0o600;

/** What says that a file system has no hard links, like FAT and exFAT on sticks. */
export const NO_LINKS: readonly string[] = [
  ...['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EXDEV', 'EISDIR', 'EINVAL'],
];

/** What a caller may do on the way; each may be left out. */
export interface WritingSteps {
  /** Says by throwing that what was read back is not what was meant, or may not be kept. */
  readonly check?: (readBack: Uint8Array) => void | Promise<void>;
  /** Given the path of the unfinished file before it exists, for a caller that remembers it. */
  readonly onBegin?: (partFile: string) => void;
  /** Given what removes all traces, at the moment there are any, for a caller that may be interrupted. */
  readonly onCreated?: (remove: () => void) => void;
}

/**
 * Writes a new file whole, or not at all. It is made under a name of its own beside the wanted one: exclusively, mode
 * 0600, flushed, read back and given to `check`. Only then it takes the wanted name, which never held anything less,
 * and is read once more under it. An existing file is never touched; what fails on the way is removed. docs/writing-files.md says what each file
 * system holds of this when the power goes.
 * Fails with `guard.output-exists`, `file.write-failed` (with the name of what could not be removed, if so), and with
 * what `check` fails with.
 * @param file path of a file that does not exist
 * @param content all of it
 */
export async function writeExclusive(
  file: string,
  content: Uint8Array,
  { check = () => undefined, onBegin, onCreated }: WritingSteps = {},
): Promise<void> {
  refuseExisting(file);
  const partFile = join(dirname(file), `${PART_PREFIX}${randomBytes(8).toString('hex')}`);
  onBegin?.(partFile);
  // Nothing is awaited until the part is written: a signal can't come between its birth and `onCreated`.
  const { handle, ours } = createNew(partFile, file);
  onCreated?.(() => {
    removeOurs(partFile, ours);
    // It may have taken its name, and not be read back under it yet.
    removeOurs(file, ours);
  });
  // What has to go when something fails: the part, and after it took its name the file, which is as much our own.
  const made = [partFile];
  try {
    writeAll(handle, content, file);
    await readBackSame(partFile, file, content, check);
    takeName(partFile, file, ours);
    made.push(file);
    await readBackSame(file, file, content);
    syncFolder(dirname(file));
  } catch (error) {
    throw removed(made, ours, error);
  }
}

/**
 * Writes a new file as `writeExclusive` does, and returns only when it lies there: for a process that is about to end.
 * Fails with `guard.output-exists` and `file.write-failed`.
 * @param file path of a file that does not exist
 * @param content all of it, no secret
 */
export function writeExclusiveNow(file: string, content: Uint8Array): void {
  refuseExisting(file);
  const partFile = join(dirname(file), `${PART_PREFIX}${randomBytes(8).toString('hex')}`);
  const { handle, ours } = createNew(partFile, file);
  const made = [partFile];
  try {
    writeAll(handle, content, file);
    const readBack = tryTo(file, () => readFileSync(partFile));
    if (readBack.compare(content) !== 0) {
      throw new RecoveryError('file.write-failed', { file, reason: 'reads back differently' });
    }
    takeName(partFile, file, ours);
    made.push(file);
    syncFolder(dirname(file));
  } catch (error) {
    throw removed(made, ours, error);
  }
}

/**
 * Refuses, before any work is done, to write where something is, were it a link to nothing.
 * Fails with `guard.output-exists`, and with `file.write-failed` where the place can't be looked at.
 */
export function refuseExisting(file: string): void {
  // A link to nothing is there too.
  const found = tryTo(file, () => lstatSync(file, { throwIfNoEntry: false }) !== undefined);
  if (found) throw new RecoveryError('guard.output-exists', { file });
}

async function readBackSame(
  written: string,
  file: string,
  content: Uint8Array,
  check: NonNullable<WritingSteps['check']> = () => undefined,
): Promise<void> {
  const readBack = await readWritten(written, file);
  try {
    if (Buffer.compare(readBack, content) !== 0) {
      throw new RecoveryError('file.write-failed', { file, reason: 'reads back differently' });
    }
    await check(readBack);
  } finally {
    readBack.fill(0);
  }
}

/** What a reader says of a file of its own name is said of the file that was wanted. */
async function readWritten(written: string, file: string): Promise<Uint8Array> {
  try {
    return await readCapped(written);
  } catch (error) {
    if (!(error instanceof RecoveryError)) throw error;
    throw new RecoveryError('file.write-failed', { file, reason: error.details['reason'] ?? error.code });
  }
}

/**
 * Gives the finished file its name. A link can't land on a file that exists, and appears whole. Where there are no
 * links, nothing in Node renames without overwriting; then it is looked once more, in the same turn, before it is
 * renamed.
 */
function takeName(partFile: string, file: string, ours: Identity): void {
  try {
    linkSync(partFile, file);
  } catch (error) {
    const reason = errnoOf(error);
    if (reason === 'EEXIST') throw new RecoveryError('guard.output-exists', { file });
    if (!NO_LINKS.includes(reason)) throw new RecoveryError('file.write-failed', { file, reason });
    refuseExisting(file);
    tryTo(file, () => {
      renameSync(partFile, file);
    });
    return;
  }
  // The file has its name: that the other one stays is told at the next start, and no reason to give up.
  removeOurs(partFile, ours);
}

function createNew(partFile: string, file: string): { readonly handle: number; readonly ours: Identity } {
  let handle: number | undefined;
  try {
    handle = openSync(partFile, 'wx', OWNER_ONLY);
    return { handle, ours: fstatSync(handle, { bigint: true }) };
  } catch (error) {
    if (handle !== undefined) removeUnknown(handle, partFile);
    throw new RecoveryError('file.write-failed', { file, reason: errnoOf(error) });
  }
}

/** An empty file that can't be told from another by anything but its name, which was drawn just now. */
function removeUnknown(handle: number, partFile: string): void {
  try {
    closeSync(handle);
    unlinkSync(partFile);
  } catch {
    // It is empty: what is said of the file that was wanted is enough.
  }
}

function writeAll(handle: number, content: Uint8Array, file: string): void {
  try {
    tryTo(file, () => {
      writeFileSync(handle, content);
      fsyncSync(handle);
    });
  } finally {
    // Some file systems say only now that they could not write.
    tryTo(file, () => {
      closeSync(handle);
    });
  }
}

function tryTo<Value>(file: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw new RecoveryError('file.write-failed', { file, reason: errnoOf(error) });
  }
}

/** What the file system knows a file by, whatever its name. */
interface Identity {
  readonly dev: bigint;
  readonly ino: bigint;
}

/** Removes what was made; where that fails too, the user has to hear which file holds a key, or a part of one. */
function removed(made: readonly string[], ours: Identity, error: unknown): unknown {
  return withLeft(
    error,
    made.filter((each) => !removeOurs(each, ours)),
  );
}

/** The same error, naming the files that could not be removed, with those that it names already. */
export function withLeft(error: unknown, left: readonly string[]): unknown {
  if (left.length === 0 || !(error instanceof RecoveryError)) return error;
  const { left: before, ...details } = error.details;
  const all = before === undefined ? left : [String(before), ...left];
  return new RecoveryError(error.code, { ...details, left: all.join(', ') });
}

/**
 * Removes a file that is still the one that was made. Another that took its name meanwhile is somebody's, and stays.
 * @returns whether nothing is under the name any more
 */
function removeOurs(file: string, ours: Identity): boolean {
  try {
    const found = lstatSync(file, { bigint: true, throwIfNoEntry: false });
    if (found === undefined) return true;
    if (found.dev !== ours.dev || found.ino !== ours.ino) return false;
    unlinkSync(file);
    return true;
  } catch (error) {
    return isErrno(error, 'ENOENT');
  }
}
