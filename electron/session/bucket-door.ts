import { statSync } from 'node:fs';

import type { BucketFilter, BucketMode, BucketRow } from '../../shared/bucket.ts';
import { BUCKET_PAGE_ROWS, EMPTY_BUCKET, isRunning, type BucketDesk } from '../../shared/bucket-desk.ts';
import type { RecordEntryBody } from '../../shared/record.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import { withFile } from '../files/with-file.ts';
import { MAX_FILE_BYTES } from '../files/read-capped.ts';
import { WalletsStopped, type WalletPool } from '../proof-pool/wallet-pool.ts';
import { checkDrillRow, registerWarnings } from '../record/environments.ts';
import { parseRegister, type Register } from '../record/register.ts';
import { bucketEntry, bucketWalletEntry } from './bucket/bucket-entries.ts';
import { BucketRun } from './bucket/bucket-run.ts';
import type { KeyHolder } from './key-holder.ts';
import type { SecretPartPorts } from './part-ports.ts';
import type { RecoveryKey } from './recovery-key.ts';

/** What checking a bucket works with: the session that it is a part of, and threads that check whole wallets. */
export interface BucketDoorPorts extends SecretPartPorts {
  readonly pool: WalletPool;
  readonly keys: Pick<KeyHolder, 'recoveryKey' | 'wipe'>;
  /** A clock that never goes back, in milliseconds. */
  readonly elapsedMs: () => number;
  /** What was added to a drill, and the register that was found in it. */
  readonly added: () => { readonly paths: readonly string[]; readonly register: string | null };
  /** Notes something in the record. */
  readonly note: (body: RecordEntryBody) => void;
}

/** Verifying is a run of its own, and recovering one for each recovery key, each with its own results. */
function stateOf(task: BucketMode, recoveryKey: RecoveryKey | undefined): string {
  return task === 'verify' ? task : `${task}-${recoveryKey?.publicKey.fingerprintHex.slice(0, 8) ?? ''}`;
}

/** The part of a session that checks a whole bucket, or recovers all of it to compare, and gives nothing out. */
export class BucketDoor {
  readonly #ports: BucketDoorPorts;
  #register: Register = new Map();
  #run: BucketRun | undefined;
  /** Rows of the run, for the record: small, and public. */
  #rows: BucketRow[] = [];

  constructor(ports: BucketDoorPorts) {
    this.#ports = ports;
  }

  /** Turns from the files of a drill to all of them at once. Fails with what reading the register fails with. */
  async drillAll(): Promise<void> {
    const { stage, mode } = this.#ports.state();
    const { paths: added, register } = this.#ports.added();
    const paths = added.filter((path) => path !== register);
    if (stage.kind !== 'load' || mode !== 'drill' || paths.length === 0) return;
    this.#ports.apply({
      kind: 'bucket-begun',
      bucket: { ...EMPTY_BUCKET, paths, task: 'recover-check' },
    });
    if (register !== null) await this.#during(() => this.#readRegister(register));
  }

  /** Adds folders, or the register. Fails with what reading a register fails with. */
  async add(paths: readonly string[]): Promise<void> {
    const desk = this.#desk();
    if (desk === undefined || isRunning(desk)) return;
    await this.#during(async () => {
      for (const path of paths) {
        if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
          const { paths: known } = this.#desk() ?? desk;
          if (!known.includes(path)) this.#change({ paths: [...known, path] });
        } else await this.#readRegister(path);
      }
    });
  }

  /** Takes the file that results are kept in; one that exists is gone on with. */
  keepResultsIn(file: string): void {
    const desk = this.#desk();
    if (desk !== undefined && !isRunning(desk)) this.#change({ stateFile: file });
  }

  /** Takes the folders off, to begin with others. */
  clear(): void {
    const desk = this.#desk();
    if (desk === undefined || isRunning(desk)) return;
    this.#register = new Map();
    this.#run = undefined;
    this.#change(EMPTY_BUCKET);
  }

  /**
   * Starts a run; to recover takes the recovery key, which is asked for first.
   * Fails with `air-gap.open`, `guard.drill-on-production`, and with what `BucketRun.start` fails with.
   */
  async start(task: BucketMode): Promise<void> {
    const desk = this.#desk();
    if (desk === undefined || isRunning(desk) || desk.paths.length === 0) return;
    const recoveryKey = this.#ports.keys.recoveryKey;
    if (task === 'recover-check') {
      this.#refuseProduction();
      if (recoveryKey === undefined) {
        this.#ports.apply({ kind: 'bucket-unlock-begun' });
        return;
      }
      this.#ports.requireAirGap();
    }
    const { pool, elapsedMs } = this.#ports;
    const ofTask = task === 'recover-check' && recoveryKey !== undefined ? { recoveryKey } : {};
    const run = new BucketRun({ pool, nowMs: elapsedMs, ...ofTask });
    const stateFile = desk.stateFile === null ? undefined : `${desk.stateFile}.${stateOf(task, recoveryKey)}`;
    this.#run = run;
    this.#rows = [];
    this.#change({ task, filter: 'all', view: run.view });
    run.onChange(() => {
      if (this.#run === run) this.#refresh();
    });
    try {
      await run.start(desk.paths, {
        register: this.#register,
        ...{ stateFile, mode: task },
        onRow: (row) => {
          this.#rows.push(row);
          if (this.#rows.length === 1 && stateFile !== undefined)
            this.#ports.apply({ kind: 'results-kept', file: stateFile });
        },
      });
    } catch (error) {
      if (error instanceof WalletsStopped) return;
      if (error instanceof RecoveryError && this.#run === run) {
        this.#ports.apply({ kind: 'failed', fault: error.toFault() });
      }
      throw error;
    } finally {
      if (this.#run === run) this.#noteEnd();
    }
  }

  /** Lets go of the recovery key and asks for another: a bucket can be backed up to several. */
  useAnotherKey(): void {
    const desk = this.#desk();
    if (desk === undefined || isRunning(desk)) return;
    this.#ports.keys.wipe();
    this.#ports.apply({ kind: 'bucket-unlock-begun' });
  }

  pause(): void {
    this.#run?.pause();
  }

  resume(): void {
    this.#run?.resume();
  }

  /** Ends the run; what is done stays on the screen, and in the state file. */
  async stop(): Promise<void> {
    await this.#run?.stop();
  }

  /** Shows other results. */
  showRows(filter: BucketFilter, offset: number): void {
    const desk = this.#desk();
    if (desk === undefined) return;
    const page = this.#run?.rows(filter, offset, BUCKET_PAGE_ROWS) ?? EMPTY_BUCKET.page;
    this.#change({ filter, page });
  }

  /** Drops what is under way, before the session wipes or is left. */
  leave(): void {
    const run = this.#run;
    if (run === undefined) return;
    if (isRunning({ ...EMPTY_BUCKET, view: run.view })) {
      void run.stop();
      run.halt();
      this.#noteEnd();
    }
    this.#run = undefined;
  }

  #refuseProduction(): void {
    const { mode } = this.#ports.state();
    for (const row of this.#register.values()) checkDrillRow(row, mode);
  }

  async #readRegister(file: string): Promise<void> {
    const register = await withFile(file, MAX_FILE_BYTES, parseRegister);
    this.#register = register;
    this.#change({
      register: file,
      registerRows: register.size,
      registerWarnings: registerWarnings(register),
    });
  }

  #during(work: () => Promise<void>): Promise<void> {
    return this.#ports.during(work, () => undefined);
  }

  #noteEnd(): void {
    const desk = this.#desk();
    const { note, pool } = this.#ports;
    const rows = this.#rows;
    this.#rows = [];
    if (desk === undefined || rows.length === 0) return;
    for (const row of rows) note(bucketWalletEntry(row));
    const whole = bucketEntry(desk.view, { paths: desk.paths, workers: pool.size });
    if (whole !== undefined) note(whole);
  }

  #refresh(): void {
    const desk = this.#desk();
    if (desk === undefined || this.#run === undefined) return;
    const page = this.#run.rows(desk.filter, desk.page.offset, BUCKET_PAGE_ROWS);
    this.#change({ view: this.#run.view, page });
  }

  #change(change: Partial<BucketDesk>): void {
    const desk = this.#desk();
    if (desk !== undefined) this.#ports.apply({ kind: 'bucket-changed', bucket: { ...desk, ...change } });
  }

  #desk(): BucketDesk | undefined {
    const { stage } = this.#ports.state();
    return stage.kind === 'bucket' ? stage.bucket : undefined;
  }
}
