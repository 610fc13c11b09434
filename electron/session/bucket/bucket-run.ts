import { basename } from 'node:path';

import type {
  BucketFilter,
  BucketMode,
  BucketPage,
  BucketProgress,
  BucketRow,
  BucketView,
} from '../../../shared/bucket.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import type { Warning } from '../../../shared/warning.ts';
import { BucketState } from '../../files/bucket-state.ts';
import { faultFinding } from '../../proof-pool/judge-files.ts';
import { WalletsStopped, WorkerDied, type WalletPool } from '../../proof-pool/wallet-pool.ts';
import type { KnownRow, WalletFinding } from '../../proof-pool/wallet-job.ts';
import { registerWarnings } from '../../record/environments.ts';
import type { Register } from '../../record/register.ts';
import type { RecoveryKey } from '../recovery-key.ts';
import { findUnits, type Unit } from './find-units.ts';
import { keptRow, readKeptRow, type KeptRow } from './kept-row.ts';
import { RateMeter } from './rate-meter.ts';
import { CHECKER, readUnit, type ReadUnit } from './read-unit.ts';
import { recoverUnit } from './recover-unit.ts';
import { RowList } from './row-list.ts';
import { formatShard, isInShard, WHOLE, type Shard } from './shard.ts';

/** What a run works with. */
export interface BucketPorts {
  /** Checks the wallets; its size says how many at a time. The run stops it when it is stopped itself. */
  readonly pool: WalletPool;
  /** A clock that never goes back, in milliseconds. */
  readonly nowMs: () => number;
  /** Opened, for `recover-check`; stays the caller's to close. */
  readonly recoveryKey?: RecoveryKey;
}

/** What a run is to do. */
export interface BucketRequest {
  readonly register: Register;
  /** Path of the file that results are kept in, to go on after an interruption; none where it is undefined. */
  readonly stateFile: string | undefined;
  readonly mode: BucketMode;
  /** The part of the bucket; all of it where there is none. */
  readonly shard?: Shard;
  /** Told of each row as it comes, those of an earlier run too. */
  readonly onRow?: (row: BucketRow) => void;
  /** Told of each link, pipe and folder too deep that was not looked into. */
  readonly onPassedOver?: (path: string) => void;
}

/**
 * How many folders beyond those being checked are read already. One that waits keeps a worker busy while the results of
 * another are written down.
 */
const READ_AHEAD = 1;

/**
 * One run over all wallets of a bucket: each is verified by a worker with public data and, in `recover-check`, then
 * recovered here, compared and wiped, one after the other. Only the small rows stay in memory. It runs once.
 * Source: docs/bucket.md.
 */
export class BucketRun {
  readonly #ports: BucketPorts;
  readonly #listeners = new Set<() => void>();
  readonly #rows = new RowList();
  readonly #running = new Set<string>();
  readonly #met = new Set<string>();
  #phase: 'idle' | 'finding' | 'running' | 'paused' | 'stopping' | 'stopped' | 'done' | 'failed' = 'idle';
  #request: BucketRequest | undefined;
  #warnings: readonly Warning[] = [];
  #fault: RecoveryError | undefined;
  #state: BucketState | undefined;
  #meter: RateMeter | undefined;
  #found = 0;
  #done = 0;
  #fromState = 0;
  /** Lets the lanes of a paused run go on. */
  #wake: (() => void)[] = [];
  /** Recoveries wait for each other: there is one wallet's key at a time. */
  #recovering: Promise<unknown> = Promise.resolve();
  #ended: Promise<void> = Promise.resolve();

  constructor(ports: BucketPorts) {
    this.#ports = ports;
  }

  /**
   * Runs to the end, or until it is stopped; both are told by `view`. Fails, with the view `failed`, with what
   * `findUnits` and `BucketState` fail with, and in `recover-check` with the codes of `hsm.` and `pin.`.
   * @param paths files, wallet folders or whole buckets
   */
  async start(paths: readonly string[], request: BucketRequest): Promise<void> {
    if (this.#phase !== 'idle') throw new Error('a run runs once');
    if ((request.mode === 'recover-check') !== (this.#ports.recoveryKey !== undefined))
      throw new Error('to recover takes a recovery key, and nothing else does');
    this.#request = request;
    this.#warnings = registerWarnings(request.register);
    this.#meter = new RateMeter(this.#ports.nowMs);
    const run = this.#run(paths, request);
    // Whoever stops the run waits for its end, and is not the one who is told of a fault.
    this.#ended = run.catch(() => undefined);
    await run;
  }

  /** Begins no further wallet; those under way are finished. */
  pause(): void {
    if (this.#phase !== 'running') return;
    this.#meter?.pause();
    this.#enter('paused');
  }

  /** Goes on after `pause`. */
  resume(): void {
    if (this.#phase !== 'paused') return;
    this.#meter?.resume();
    this.#enter('running');
    this.#wakeAll();
  }

  /** Ends the run now: wallets under way are dropped, and done again by a run that goes on from the state file. */
  async stop(): Promise<void> {
    if (this.#phase === 'finding' || this.#phase === 'running' || this.#phase === 'paused') {
      this.#enter('stopping');
      this.#ports.pool.stop();
      this.#wakeAll();
    }
    await this.#ended;
  }

  /** Makes the state file whole and lets go of it, for a process that ends at once. */
  halt(): void {
    this.#state?.close();
  }

  /** Calls back on every change, with nothing: `view` is made when it is read. Returns what ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** The run as it is, without its rows. */
  get view(): BucketView {
    const request = this.#request;
    if (this.#phase === 'idle' || request === undefined) return { kind: 'idle' };
    if (this.#phase === 'finding') return { kind: 'finding', mode: request.mode, found: this.#found };
    if (this.#phase !== 'failed') return { kind: this.#phase, progress: this.#progress(request) };
    const fault = (this.#fault ?? new RecoveryError('bug.unexpected')).toFault();
    return { kind: 'failed', fault, progress: this.#found === 0 ? null : this.#progress(request) };
  }

  /** Some of the rows so far that pass a filter, in the order in which they came; 500 at the most. */
  rows(filter: BucketFilter, offset: number, limit: number): BucketPage {
    return this.#rows.page(filter, offset, limit);
  }

  async #run(paths: readonly string[], request: BucketRequest): Promise<void> {
    try {
      this.#enter('finding');
      const { mode, shard = WHOLE, stateFile } = request;
      if (stateFile !== undefined) {
        const recoveryKey = this.#ports.recoveryKey?.publicKey.fingerprintHex ?? null;
        this.#state = BucketState.open(stateFile, {
          mode,
          checks: CHECKER,
          recoveryKey,
          shard: formatShard(shard),
        });
      }
      const onFound = (count: number): void => {
        this.#found = count;
        this.#changed();
      };
      const units = await findUnits(paths, shard, onFound, request.onPassedOver);
      if (!this.#isStopping()) this.#enter('running');
      await this.#runAll(units, request);
      this.#state?.close();
      this.#meter?.pause();
      this.#enter(this.#isStopping() ? 'stopped' : 'done');
    } catch (error) {
      this.#fault = error instanceof RecoveryError ? error : undefined;
      this.#meter?.pause();
      this.#enter('failed');
      throw error;
    } finally {
      this.#state?.close();
    }
  }

  /** Some lanes take one folder after the other; the first fault of one ends all. */
  async #runAll(units: readonly Unit[], request: BucketRequest): Promise<void> {
    const left = units.values();
    const lane = async (): Promise<void> => {
      for (const unit of left) {
        if (this.#phase === 'paused') await new Promise<void>((resolve) => this.#wake.push(resolve));
        if (this.#isStopping()) return;
        await this.#do(unit, request);
      }
    };
    const lanes = Array.from({ length: this.#ports.pool.size + READ_AHEAD }, async () => {
      try {
        await lane();
      } catch (error) {
        if (error instanceof WalletsStopped && this.#isStopping()) return;
        this.#fault ??= error instanceof RecoveryError ? error : undefined;
        if (!this.#isStopping()) this.#enter('stopping');
        this.#ports.pool.stop();
        this.#wakeAll();
        throw error;
      }
    });
    const ends = await Promise.allSettled(lanes);
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  async #do(unit: Unit, request: BucketRequest): Promise<void> {
    this.#running.add(unit.name);
    this.#changed();
    try {
      const known = this.#rowsOf(unit, request.register);
      const recoveryKey = this.#ports.recoveryKey;
      const read = await readUnit(unit, known, request.mode, recoveryKey?.publicKey.fingerprintHex ?? '');
      const kept = this.#keptFor(unit, read.fingerprintHex);
      if (kept !== undefined) {
        this.#finish(unit, kept, true);
        return;
      }
      // The pool was stopped while this was read, and would take it for the next run's.
      if (this.#isStopping()) return;
      const findings = await this.#judge(unit, read, known);
      if (this.#isStopping()) return;
      const rows = findings.map(keptRow);
      const lasting = findings.every(({ code }) => code !== 'bucket.worker-died');
      if (lasting && read.fingerprintHex !== undefined) this.#state?.append(read.fingerprintHex, rows);
      this.#meter?.count();
      this.#finish(unit, rows, false);
    } finally {
      this.#running.delete(unit.name);
    }
  }

  #rowsOf({ files }: Unit, register: Register): readonly KnownRow[] {
    const keyIds = new Set(files.flatMap(({ keyId }) => keyId ?? []));
    return [...keyIds].flatMap((id) => {
      const row = register.get(id);
      if (row === undefined) return [];
      const { keyId, quorumId, keyAlgorithm, addresses } = row;
      return [{ keyId, quorumId, keyAlgorithm, addresses }];
    });
  }

  /** What an earlier run found; paths are those of now, since a medium may be mounted elsewhere. */
  #keptFor({ files }: Unit, fingerprintHex: string | undefined): readonly KeptRow[] | undefined {
    const kept = fingerprintHex === undefined ? undefined : this.#state?.rowsOf(fingerprintHex);
    if (kept === undefined) return undefined;
    const rows = kept.map(readKeptRow);
    return rows.every((row) => row !== undefined)
      ? rows.map((row) => ({
          ...row,
          files: row.files.map(
            (old) => files.find(({ file }) => basename(file) === basename(old))?.file ?? old,
          ),
        }))
      : undefined;
  }

  async #judge(unit: Unit, read: ReadUnit, known: readonly KnownRow[]): Promise<readonly WalletFinding[]> {
    const faults = read.faults.map(faultFinding);
    if (read.files.length === 0) return faults;
    const findings = await this.#judgeInPool(unit, read, known);
    const { recoveryKey } = this.#ports;
    if (recoveryKey === undefined) return [...faults, ...findings];
    const recovered: WalletFinding[] = [];
    for (const finding of findings) {
      const row = known.find(({ keyId }) => keyId === finding.keyId);
      const recover = async (): Promise<WalletFinding> =>
        this.#isStopping() ? finding : recoverUnit(finding, read.files, row, recoveryKey);
      const turn = this.#recovering.then(recover);
      this.#recovering = turn.catch(() => undefined);
      recovered.push(await turn);
    }
    return [...faults, ...recovered];
  }

  async #judgeInPool(
    { files }: Unit,
    read: ReadUnit,
    known: readonly KnownRow[],
  ): Promise<readonly WalletFinding[]> {
    try {
      return await this.#ports.pool.judge(read.files, known);
    } catch (error) {
      if (!(error instanceof WorkerDied)) throw error;
      const keyId = files[0]?.keyId;
      const fault = new RecoveryError('bucket.worker-died', keyId === undefined ? {} : { keyId }).toFault();
      return [faultFinding({ files: read.files.map(({ file }) => file), keyId, fault })];
    }
  }

  #finish({ name }: Unit, rows: readonly KeptRow[], fromState: boolean): void {
    const register = this.#request?.register;
    this.#done++;
    if (fromState) this.#fromState++;
    for (const { keyId, ...kept } of rows) {
      const ofRegister = keyId === undefined ? undefined : register?.get(keyId);
      if (keyId !== undefined) this.#met.add(keyId);
      const row: BucketRow = {
        name,
        keyId: keyId ?? null,
        quorumId: ofRegister?.quorumId ?? null,
        environment: ofRegister?.environment ?? null,
        ...kept,
        fromState,
      };
      this.#rows.add(row);
      this.#request?.onRow?.(row);
    }
    this.#changed();
  }

  #progress({ mode, register, shard = WHOLE }: BucketRequest): BucketProgress {
    const perSecond = this.#meter?.perSecond ?? null;
    const left = this.#found - this.#done;
    const ended = this.#phase === 'done';
    return {
      mode,
      total: this.#found,
      done: this.#done,
      fromState: this.#fromState,
      rows: this.#rows.size,
      counts: this.#rows.counts,
      perSecond,
      etaMs: perSecond === null ? null : Math.round((left * 1000) / perSecond),
      elapsedMs: Math.round(this.#meter?.elapsedMs ?? 0),
      running: [...this.#running],
      notMet: ended
        ? [...register.keys()].filter((keyId) => isInShard(shard, keyId) && !this.#met.has(keyId)).length
        : null,
      warnings: this.#warnings,
    };
  }

  #isStopping(): boolean {
    return this.#phase === 'stopping';
  }

  #enter(phase: BucketRun['view']['kind']): void {
    this.#phase = phase;
    this.#changed();
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
