import { airGapHolds } from '../../shared/air-gap.ts';
import type { RequestOf } from '../../shared/contract.ts';
import type { Machine } from '../../shared/machine.ts';
import type { RecordedPerson } from '../../shared/record.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import {
  AIR_GAP_OVERRIDE,
  type EndReason,
  type Mode,
  type NetworkInterface,
  type SessionState,
  type WalletRef,
} from '../../shared/session-state.ts';
import { parsePath } from '../engine/derive/path.ts';
import { removePartFile } from '../files/part-file.ts';
import { BucketDoor } from './bucket-door.ts';
import { checkDrillRow } from '../record/environments.ts';
import { canStepBack } from '../../shared/ceremony.ts';
import { Ceremony } from './ceremony/ceremony.ts';
import { Exporter } from './exporter.ts';
import { HsmDoor } from './hsm-door.ts';
import { Inventory, type KnownWallet } from './inventory.ts';
import { KeyFileDoor } from './key-file-door.ts';
import { KeyHolder } from './key-holder.ts';
import { chosenWallet, FRESH_SESSION, isBeforeUnlock, isRebuilding, reduce } from './reduce.ts';
import { tellingFault, type PartPorts } from './part-ports.ts';
import { Recording } from './recording.ts';
import { Records } from './records.ts';
import { Rehearsals } from './rehearsals.ts';
import { runInStage } from './run-in-stage.ts';
import type { SessionEvent } from './session-event.ts';
import type { SessionPorts } from './session-ports.ts';
import { toolsOf, type Tools } from './tools.ts';
import { Verifier } from './verifier.ts';

/**
 * One recovery, from choosing the mode to the wipe: a public state that the reducer makes, and beside it the secrets,
 * which nothing else in the app owns. Methods fail with what the user has to know; late results of work that the user
 * has left are dropped by their run.
 */
export class RecoverySession {
  readonly #ports: SessionPorts;
  readonly #inventory = new Inventory();
  readonly #keys: KeyHolder;
  /** The part that verifies the wallets. */
  readonly verifier: Verifier;
  /** The part that opens a key in a file. */
  readonly keyFile: KeyFileDoor;
  /** The part that opens a key in a token. */
  readonly hsm: HsmDoor;
  /** The part that gives a key out. */
  readonly exporter: Exporter;
  /** The part that checks whole buckets. */
  readonly bucket: BucketDoor;
  /** The part that gives the record out. */
  readonly records: Records;
  /** The part that makes files to rehearse on. */
  readonly rehearsals: Rehearsals;
  /** The parts beside the path. */
  readonly tools: Tools;
  /** The part that makes a recovery key in front of people. */
  readonly ceremony: Ceremony;
  readonly #recording: Recording;
  /** What was added, to be gone through as a whole bucket. */
  readonly #paths: string[] = [];
  readonly #listeners: ((state: SessionState) => void)[] = [];
  #state: SessionState = FRESH_SESSION;
  /** Counts the steps back, so that work of a stage that was left can be told, also when the user is there again. */
  #stepsBack = 0;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
    this.#keys = new KeyHolder(ports);
    this.#recording = new Recording(ports.recording);
    const part: PartPorts = {
      state: () => this.#state,
      apply: this.#apply,
      during: (work, done) => this.#during(work, done),
    };
    const requireAirGap = this.#requireAirGap;
    this.exporter = new Exporter({
      ...ports,
      ...part,
      keys: this.#keys,
      kitFiles: () => this.#inventory.files.flatMap(({ kind, file }) => (kind === 'kit' ? [file] : [])),
    });
    this.rehearsals = new Rehearsals({
      ...part,
      randomBytes: ports.randomBytes,
      addPaths: (paths) => this.addPaths(paths),
    });
    this.bucket = new BucketDoor({
      ...part,
      pool: ports.wallets,
      keys: this.#keys,
      elapsedMs: ports.recording.elapsedMs,
      requireAirGap,
      added: () => ({ paths: [...new Set(this.#paths)], register: this.#inventory.registerFile }),
      note: (body) => {
        this.#recording.add(body);
      },
    });
    const appHash = (): string | null => ports.recording.opening().app.hash;
    this.tools = toolsOf({ ...part, print: ports.print, appHash });
    this.records = new Records({
      randomBytes: ports.randomBytes,
      print: ports.print,
      recording: this.#recording,
      show: () => {
        this.#show({ ...this.#state, record: this.#recording.view });
      },
    });
    this.verifier = new Verifier({ ...ports, ...part, known: (wallet) => this.#inventory.known(wallet) });
    const opening = { ...part, keys: this.#keys, chosenWallet: () => this.#chosenOrAll(), requireAirGap };
    this.keyFile = new KeyFileDoor(opening);
    this.hsm = new HsmDoor({ ...opening, client: ports.hsm });
    this.ceremony = new Ceremony({ ...ports, ...part, requireAirGap });
    this.#apply({ kind: 'unfinished-found', files: ports.parts.find() });
  }

  /** Removes what an interrupted run left of a key file. Fails with what `removePartFile` fails with. */
  removeUnfinished(): void {
    const { parts } = this.#ports;
    parts.find().forEach(removePartFile);
    parts.forgetGone();
    this.#apply({ kind: 'unfinished-found', files: parts.find() });
  }

  /** The session as anyone may see it. */
  get state(): SessionState {
    return this.#state;
  }

  onChange(listener: (state: SessionState) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Starts the path; what was loaded before the user came back to choose anew is still there.
   * @param people who are there, for the record; of a ceremony its own step asks, and notes them once
   */
  chooseMode(mode: Mode, people: readonly RecordedPerson[] = []): void {
    if (this.#state.stage.kind !== 'prepare') return;
    this.#apply({ kind: 'mode-chosen', mode, people: mode === 'ceremony' ? [] : people });
    if (this.#inventory.files.length > 0) this.#showLoaded();
  }

  airGapChanged(interfaces: readonly NetworkInterface[]): void {
    const holds = airGapHolds(interfaces);
    if (!holds) this.#ports.reveal.close();
    this.#apply({ kind: 'air-gap-changed', airGap: { interfaces, holds } });
  }

  machineChanged(machine: Machine): void {
    this.#apply({ kind: 'machine-changed', machine });
  }

  /** Accepts an open air gap. Fails with `air-gap.sentence` when the sentence is not typed as it stands. */
  overrideAirGap(sentence: string): void {
    if (sentence.trim() !== AIR_GAP_OVERRIDE) throw new RecoveryError('air-gap.sentence');
    this.#apply({ kind: 'air-gap-overridden' });
  }

  /** Looks into files, folders or buckets; every wallet waits again. Fails with what `Inventory.add` fails with. */
  async addPaths(paths: readonly string[]): Promise<void> {
    const { stage } = this.#state;
    if (stage.kind === 'bucket') await this.bucket.add(paths);
    if (stage.kind !== 'load') return;
    this.#paths.push(...paths);
    this.verifier.nextRun();
    this.#apply({ kind: 'loading' });
    await this.#during(
      () => this.#inventory.add(paths),
      () => undefined,
    );
    this.#showLoaded();
  }

  chooseWallet(wallet: WalletRef): void {
    this.#inventory.known(wallet);
    this.#apply({ kind: 'wallet-chosen', wallet });
  }

  /** Takes ids and a label given by hand. Fails with `id.malformed`, `label.malformed`. */
  describeWallet(request: RequestOf<'wallet.describe'>): void {
    if (!isBeforeUnlock(this.#state.stage)) return;
    this.#apply({ kind: 'wallet-described', wallet: this.#inventory.describe(request) });
  }

  /**
   * Goes on to the recovery key. Fails with `backup.not-verified` while the backup is not, or is not good, and in a
   * drill with `guard.drill-on-production` for a wallet that the register calls one of production.
   */
  beginUnlock(): void {
    const verification = chosenWallet(this.#state)?.verification;
    if (verification?.kind !== 'judged' || verification.verdict === 'invalid') {
      throw new RecoveryError('backup.not-verified');
    }
    // The refusal goes on the record: somebody was about to rehearse on a real wallet.
    tellingFault(this.#apply, () => {
      checkDrillRow(this.#chosen().row, this.#state.mode);
    });
    this.#apply({ kind: 'unlock-begun' });
  }

  /** Rebuilds the key in this process. Fails with what `recoverWallet` fails with. */
  async reconstruct(): Promise<void> {
    const { stage } = this.#state;
    if (stage.kind !== 'reconstruct' || isRebuilding(stage)) return;
    this.#requireAirGap();
    const chosen = this.#chosen();
    const isNow = this.verifier.nextRun();
    this.#apply({ kind: 'reconstruction-started' });
    await this.#during(
      () =>
        this.#keys.recover(chosen, {
          onShare: (player) => {
            if (isNow()) this.#apply({ kind: 'share-rebuilt', player });
          },
          onDecryption: () => {
            if (isNow()) this.#apply({ kind: 'decryption-begun' });
          },
        }),
      (recovered) => {
        this.#apply({ kind: 'recovered', recovered });
      },
    );
  }

  /** Shows the addresses at another path below the master key. Fails with `path.malformed`. */
  derivePath(path: string): void {
    // On the way out the key stays the one whose address was typed.
    if (this.#state.stage.kind === 'export') return;
    this.#apply({ kind: 'recovered', recovered: this.#keys.deriveAt(parsePath(path), this.#chosen()) });
  }

  /** Goes one step back; what was decrypted is wiped on the way, but between the addresses and the export. */
  back(): void {
    const { stage } = this.#state;
    if (stage.kind === 'ceremony' && !canStepBack(stage.ceremony)) return;
    if (stage.kind === 'export') {
      // A file that is being written is finished or not begun, and not left half seen.
      if (stage.draft.writing !== null) return;
      this.#ports.reveal.close();
      this.#stepsBack++;
    } else this.#leave();
    this.#apply({ kind: 'stepped-back' });
    if (stage.kind === 'bucket' && this.#state.stage.kind === 'load') this.#showLoaded();
  }

  /** Wipes every secret and ends the session for good. */
  end(reason: EndReason): void {
    const { hsm } = this.#ports;
    this.#leave();
    this.#apply({
      kind: 'ended',
      reason,
      secretsWiped: !this.#keys.holdsSecrets && !this.ceremony.holdsSecrets,
      hsmClosed: hsm.isOpen === null ? null : !hsm.isOpen,
    });
  }

  /** Wipes, and drops what is under way. */
  #leave(): void {
    this.#stepsBack++;
    this.#ports.reveal.close();
    this.bucket.leave();
    this.#keys.wipe();
    this.ceremony.wipe();
    void this.#ports.hsm.close();
    this.verifier.nextRun();
  }

  readonly #apply = (event: SessionEvent): void => {
    const before = this.#state;
    const after = reduce(before, event);
    if (after === before) return;
    this.#recording.observe(event, before, after);
    this.#show({ ...after, record: this.#recording.view });
  };

  #show(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }

  /** Runs work of the present stage; what comes back once the user has left it is late. */
  #during<Value>(work: () => Promise<Value>, done: (value: Value) => void): Promise<void> {
    const { kind } = this.#state.stage;
    const stepsBack = this.#stepsBack;
    return runInStage(work, done, {
      isThere: () => this.#state.stage.kind === kind && this.#stepsBack === stepsBack,
      fail: (fault) => {
        this.#apply({ kind: 'failed', fault });
      },
    });
  }

  #showLoaded(): void {
    const { files, views: wallets, registerFile: register, registerWarnings } = this.#inventory;
    this.#apply({ kind: 'loaded', files, wallets, register, registerWarnings });
  }

  /** The wallet that a key is opened for; undefined for a whole bucket. */
  #chosenOrAll(): KnownWallet | undefined {
    return this.#state.stage.kind === 'bucket-unlock' ? undefined : this.#chosen();
  }

  #chosen(): KnownWallet {
    const chosen = chosenWallet(this.#state);
    if (chosen === undefined) throw new RecoveryError('key-id.not-found');
    return this.#inventory.known(chosen.ref);
  }

  /** But in a drill, no secret is touched while the machine is connected, unless the user answers for it. */
  readonly #requireAirGap = (): void => {
    const { mode, airGap } = this.#state;
    if (mode !== 'drill' && !airGap.holds && !airGap.overridden) throw new RecoveryError('air-gap.open');
  };
}
