import { createHash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

import { RecoveryError } from '../../shared/recovery-error.ts';
import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '../engine/bytes/json.ts';
import { lockFile } from './lock-file.ts';
import { errnoOf } from './read-capped.ts';
import { syncFolder } from './sync-folder.ts';

/** What has to be the same for a run to go on from a state file. */
export interface StateHeader {
  readonly mode: string;
  /** Which program checks. */
  readonly checks: string;
  /** Fingerprint of the key that recovers, hex; null where none does. */
  readonly recoveryKey: string | null;
  /** Like `3/10`; null for the whole. */
  readonly shard: string | null;
}

const FORMAT = 'breakglass-bucket-state';
const VERSION = 1;
const MAX_BYTES = 256 * 1024 * 1024;
/** What a power failure may lose: these wallets are done again. */
const SYNC_MS = 1000;
/** The most that is cut off: no line is so long, nor what is written in a second. More was lost by the medium. */
const MAX_TORN_BYTES = 1024 * 1024;
const LINE_LIMITS = { entries: 100_000, values: 1_000_000 };

/**
 * The results of a run over a bucket, one line of JSON a folder, appended as they come and never changed. Each line has a
 * checksum. What a kill or a power failure left at the end is cut off. It holds no secret; whoever can write it can
 * write what it says. Source: docs/bucket.md, "State file".
 */
export class BucketState {
  readonly #file: string;
  readonly #handle: number;
  readonly #unlock: () => void;
  readonly #known: ReadonlyMap<string, readonly JsonValue[]>;
  #syncedAtMs = performance.now();
  #open = true;
  /** What kept a line from being written, or flushed, to its end: nothing is put behind such a line. */
  #torn: RecoveryError | undefined;

  private constructor(
    file: string,
    handle: number,
    unlock: () => void,
    known: ReadonlyMap<string, readonly JsonValue[]>,
  ) {
    this.#file = file;
    this.#handle = handle;
    this.#unlock = unlock;
    this.#known = known;
  }

  /**
   * Opens a state file, or begins one.
   * Fails with `bucket-state.in-use`, `bucket-state.damaged` (also for a file that is something else, which is left as
   * it is), `bucket-state.other-run` (naming the field that differs), `file.too-large`, `file.unreadable`,
   * `file.write-failed`. Nothing is cut off that was not read, and found to be the beginning of a line.
   */
  static open(file: string, header: StateHeader): BucketState {
    const unlock = lockFile(file);
    let handle: number | undefined;
    try {
      handle = openOrMake(file);
      const content = readWhole(handle, file);
      const { known, goodBytes } = readState(file, content, header);
      if (goodBytes < content.length) ftruncateSync(handle, goodBytes);
      const state = new BucketState(file, handle, unlock, known);
      if (goodBytes === 0) {
        state.#write(sealed(headerObject(header)), 0);
        syncFolder(dirname(file));
      }
      state.#sync();
      return state;
    } catch (error) {
      quietly(() => {
        if (handle !== undefined) closeSync(handle);
      });
      quietly(unlock);
      throw error instanceof RecoveryError || errnoOf(error) === 'unknown' ? error : writeFailed(file, error);
    }
  }

  /** What an earlier run found for a folder, by the fingerprint of all that it depends on. */
  rowsOf(fingerprintHex: string): readonly JsonValue[] | undefined {
    return this.#known.get(fingerprintHex);
  }

  /** Keeps what was found. Fails with `file.write-failed`. */
  append(fingerprintHex: string, rows: readonly object[]): void {
    this.#write(sealed({ unit: fingerprintHex, rows }), undefined);
    if (performance.now() - this.#syncedAtMs >= SYNC_MS) this.#sync();
  }

  /**
   * Makes it lasting and gives the lock back, which is tried whatever fails before; a second time does nothing.
   * Fails with `file.write-failed`, and with `file.unreadable` for the lock.
   */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      this.#sync();
    } finally {
      try {
        this.#closeHandle();
      } finally {
        this.#unlock();
      }
    }
  }

  #closeHandle(): void {
    try {
      closeSync(this.#handle);
    } catch (error) {
      // Some file systems say only now that they could not write.
      throw writeFailed(this.#file, error);
    }
  }

  #write(line: string, position: number | undefined): void {
    if (this.#torn !== undefined) throw this.#torn;
    const bytes = Buffer.from(line);
    try {
      const start = position ?? fstatSync(this.#handle).size;
      for (let written = 0; written < bytes.length;) {
        written += writeSync(this.#handle, bytes, written, bytes.length - written, start + written);
      }
    } catch (error) {
      this.#torn = writeFailed(this.#file, error);
      throw this.#torn;
    }
  }

  #sync(): void {
    try {
      fsyncSync(this.#handle);
    } catch (error) {
      this.#torn = writeFailed(this.#file, error);
      throw this.#torn;
    }
    this.#syncedAtMs = performance.now();
  }
}

function openOrMake(file: string): number {
  try {
    return openSync(file, 'r+');
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw writeFailed(file, error);
    return openSync(file, 'wx+', 0o600);
  }
}

/** All of the file, or a fault: what was not read would be taken for what was not written, and cut off. */
function readWhole(handle: number, file: string): Buffer {
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile()) throw unreadable(file, 'not a regular file');
    if (stats.size > MAX_BYTES) throw new RecoveryError('file.too-large', { file, limit: MAX_BYTES });
    const bytes = Buffer.alloc(stats.size);
    for (let filled = 0; filled < bytes.length;) {
      const count = readSync(handle, bytes, filled, bytes.length - filled, filled);
      if (count === 0) throw unreadable(file, 'changed while it was read');
      filled += count;
    }
    if (fstatSync(handle).size !== bytes.length) throw unreadable(file, 'changed while it was read');
    return bytes;
  } catch (error) {
    throw error instanceof RecoveryError ? error : unreadable(file, errnoOf(error));
  }
}

/** What a state file says, and how many of its bytes are good. */
function readState(
  file: string,
  content: Buffer,
  header: StateHeader,
): { readonly known: ReadonlyMap<string, readonly JsonValue[]>; readonly goodBytes: number } {
  const known = new Map<string, readonly JsonValue[]>();
  const damaged = (line: number): RecoveryError => new RecoveryError('bucket-state.damaged', { file, line });
  let goodBytes = 0;
  let line = 0;
  for (let at = 0; at < content.length;) {
    line++;
    const end = content.indexOf('\n', at);
    const value = end < 0 ? undefined : unsealed(content.toString('utf8', at, end));
    at = end < 0 ? content.length : end + 1;
    if (line === 1) {
      if (value !== undefined) checkHeader(file, value, header);
      else if (end >= 0 || !isTornHeader(content, header)) throw damaged(1);
    }
    if (value === undefined) {
      // What was not written to its end is at the end, and has none: any other bad line was a good one, and was spoilt.
      if (end >= 0 || content.length - goodBytes > MAX_TORN_BYTES) throw damaged(line);
      continue;
    }
    goodBytes = at;
    if (line === 1) continue;
    const { unit, rows } = value;
    if (typeof unit !== 'string' || !Array.isArray(rows)) throw damaged(line);
    known.set(unit, rows as readonly JsonValue[]);
  }
  return { known, goodBytes };
}

function checkHeader(file: string, value: JsonObject, header: StateHeader): void {
  if (value['format'] !== FORMAT || value['version'] !== VERSION)
    throw new RecoveryError('bucket-state.damaged', { file, line: 1 });
  const fields = ['mode', 'checks', 'recoveryKey', 'shard'] as const;
  const field = fields.find((name) => value[name] !== header[name]);
  if (field !== undefined) throw new RecoveryError('bucket-state.other-run', { file, field });
}

/** A file of which not even the first line was written to its end holds a part of that line, and nothing else. */
function isTornHeader(content: Buffer, header: StateHeader): boolean {
  return sealed(headerObject(header)).startsWith(content.toString('utf8'));
}

function headerObject(header: StateHeader): object {
  const { mode, checks, recoveryKey, shard } = header;
  return { format: FORMAT, version: VERSION, mode, checks, recoveryKey, shard };
}

/** One line: the object, and the first half of the SHA-256 of its JSON as its last field. */
function sealed(object: object): string {
  const json = JSON.stringify(object);
  return `${json.slice(0, -1)},"sum":"${sumOf(json)}"}\n`;
}

function unsealed(line: string): JsonObject | undefined {
  const [, open, sum] = /^(\{.*),"sum":"([0-9a-f]{32})"\}$/s.exec(line) ?? [];
  if (open === undefined || sum !== sumOf(`${open}}`)) return undefined;
  try {
    const value = parseJson(`${open}}`, LINE_LIMITS);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function sumOf(json: string): string {
  return createHash('sha256').update(json, 'utf8').digest('hex').slice(0, 32);
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // What went wrong before is what is told.
  }
}

function unreadable(file: string, reason: string): RecoveryError {
  return new RecoveryError('file.unreadable', { file, reason });
}

function writeFailed(file: string, error: unknown): RecoveryError {
  return new RecoveryError('file.write-failed', { file, reason: errnoOf(error) });
}
