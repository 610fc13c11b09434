import type { RequestOf } from '../../shared/contract.ts';
import { parseKeyId, parseQuorumId } from '../../shared/ids.ts';
import type { Machine } from '../../shared/machine.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import {
  AIR_GAP_OVERRIDE,
  type EndReason,
  type Mode,
  type NetworkInterface,
  type SessionState,
  type WalletRef,
} from '../../shared/session-state.ts';
import type { RandomBytes } from '../engine/bytes/random.ts';
import type { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import { parseLabel } from '../engine/kit/label.ts';
import { parsePath } from '../engine/derive/path.ts';
import type { HsmClient } from '../hsm/client.ts';
import { removePartFile } from '../files/part-file.ts';
import type { PartJournal } from '../files/part-journal.ts';
import { ProofStopped, type ProofPool } from '../proof-pool/pool.ts';
import { canStepBack } from '../../shared/ceremony.ts';
import { Ceremony } from './ceremony/ceremony.ts';
import { Exporter, type ExporterPorts } from './exporter.ts';
import { HsmDoor } from './hsm-door.ts';
import { Inventory, type KnownWallet } from './inventory.ts';
import { KeyHolder, Superseded } from './key-holder.ts';
import { chosenWallet, FRESH_SESSION, reduce } from './reduce.ts';
import type { PartPorts } from './part-ports.ts';
import { Recording, type RecordingPorts } from './recording.ts';
import { Records } from './records.ts';
import { Rehearsals } from './rehearsals.ts';
import type { SessionEvent } from './session-event.ts';
import { verifyInSession } from './verify-in-session.ts';

/** What a session works with. */
export interface SessionPorts extends Pick<ExporterPorts, 'reveal' | 'ownFolders'> {
  readonly parts: Pick<PartJournal, 'begin' | 'forgetGone' | 'find'>;
  readonly randomBytes: RandomBytes;
  readonly proofs: ProofPool;
  readonly hsm: HsmClient;
  readonly recording: RecordingPorts;
  /** Prints a self-contained page. @returns PDF */
  readonly print: (html: string) => Promise<Uint8Array>;
}

/**
 * One recovery, from choosing the mode to the wipe: a public state that the reducer makes, and beside it the secrets,
 * which nothing else in the app owns. Methods fail with what the user has to know; late results of work that the user
 * has left are dropped by their run.
 */
export class RecoverySession {
  readonly #ports: SessionPorts;
  readonly #inventory = new Inventory();
  readonly #keys: KeyHolder;
  /** The part that opens a key in a token. */
  readonly hsm: HsmDoor;
  /** The part that gives a key out. */
  readonly exporter: Exporter;
  /** The part that gives the record out. */
  readonly records: Records;
  /** The part that makes files to rehearse on. */
  readonly rehearsals: Rehearsals;
  /** The part that makes a recovery key in front of people. */
  readonly ceremony: Ceremony;
  readonly #recording: Recording;
  readonly #listeners: ((state: SessionState) => void)[] = [];
  #state: SessionState = FRESH_SESSION;
  /** The number of the work under way; whatever comes back with another number is late. */
  #run = 0;
  /** Counts the steps back, so that work of a stage that was left can be told, also when the user is there again. */
  #stepsBack = 0;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
    this.#keys = new KeyHolder(ports);
    this.#recording = new Recording(ports.recording);
    const part: PartPorts = {
      state: () => this.#state,
      apply: (event) => {
        this.#apply(event);
      },
      during: (work, done) => this.#during(work, done),
    };
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
    this.records = new Records({
      randomBytes: ports.randomBytes,
      print: ports.print,
      recording: this.#recording,
      show: () => {
        this.#show({ ...this.#state, record: this.#recording.view });
      },
    });
    this.hsm = new HsmDoor({
      ...part,
      client: ports.hsm,
      keys: this.#keys,
      chosenWallet: () => this.#chosen(),
      requireAirGap: () => {
        this.#requireAirGap();
      },
    });
    this.ceremony = new Ceremony({
      ...ports,
      ...part,
      requireAirGap: () => {
        this.#requireAirGap();
      },
    });
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

  /** Starts the path; what was loaded before the user came back to choose anew is still there. */
  chooseMode(mode: Mode): void {
    if (this.#state.stage.kind !== 'prepare') return;
    this.#apply({ kind: 'mode-chosen', mode });
    if (this.#inventory.files.length > 0) this.#showLoaded();
  }

  airGapChanged(interfaces: readonly NetworkInterface[]): void {
    const holds = interfaces.every(({ up, loopback }) => loopback || !up);
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
    if (this.#state.stage.kind !== 'load') return;
    this.#stopProofs();
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
  describeWallet({ wallet, keyId, quorumId, keyAlgorithm, label }: RequestOf<'wallet.describe'>): void {
    if (!this.#isBeforeUnlock()) return;
    const described = this.#inventory.describe(wallet, {
      keyId: keyId === null ? undefined : parseKeyId(keyId),
      quorumId: quorumId === null ? undefined : parseQuorumId(quorumId),
      keyAlgorithm: keyAlgorithm ?? undefined,
      label: label === null ? undefined : parseLabel(label.encoding, label.text),
    });
    this.#apply({ kind: 'wallet-described', wallet: described });
  }

  /** Verifies wallets, one after the other, the players of each side by side. */
  async verify(wallets: readonly WalletRef[]): Promise<void> {
    if (!this.#isBeforeUnlock()) return;
    this.#stopProofs();
    const run = this.#run;
    for (const wallet of wallets) {
      if (run !== this.#run) return;
      await verifyInSession(this.#inventory.known(wallet), this.#ports, (event) => {
        if (run === this.#run) this.#apply(event);
      });
    }
  }

  /** Stops verifying at once; what was not finished waits again. The proof of a key that is being rebuilt goes on. */
  stopVerifying(): void {
    if (!this.#isRebuilding()) this.#stopProofs();
  }

  /** Goes on to the recovery key. Fails with `backup.not-verified` while the backup is not, or is not good. */
  beginUnlock(): void {
    const verification = chosenWallet(this.#state)?.verification;
    if (verification?.kind !== 'judged' || verification.verdict === 'invalid') {
      throw new RecoveryError('backup.not-verified');
    }
    this.#apply({ kind: 'unlock-begun' });
  }

  /** Looks at a key file, without opening it. Fails with what reading it fails with. */
  async chooseKeyFile(file: string): Promise<void> {
    if (this.#state.stage.kind !== 'unlock') return;
    // A file that turns out to be no key must not leave the one before it chosen.
    this.#apply({ kind: 'key-file-chosen', keyFile: null });
    await this.#during(
      () => this.#keys.choose(file),
      (keyFile) => {
        this.#apply({ kind: 'key-file-chosen', keyFile });
      },
    );
  }

  /**
   * Opens the chosen key file, and compares its public key with the wallet's before anything is decrypted.
   * Fails with `air-gap.open`, and with what `readRsaPrivateKey` and `copyFor` fail with.
   * @param password the caller wipes it
   */
  async openKeyFile(password: SecretBytes | null): Promise<void> {
    const { stage } = this.#state;
    if (stage.kind !== 'unlock' || stage.opening) return;
    this.#requireAirGap();
    const chosen = this.#chosen();
    this.#apply({ kind: 'key-opening' });
    await this.#during(
      () => this.#keys.open(chosen, password ?? undefined),
      ({ fingerprintHex }) => {
        this.#apply({ kind: 'key-opened', place: 'file', fingerprintHex });
      },
    );
  }

  /** Rebuilds the key in this process. Fails with what `recoverWallet` fails with. */
  async reconstruct(): Promise<void> {
    if (this.#state.stage.kind !== 'reconstruct' || this.#isRebuilding()) return;
    this.#requireAirGap();
    const chosen = this.#chosen();
    this.#stopProofs();
    const run = this.#run;
    this.#apply({ kind: 'reconstruction-started' });
    await this.#during(
      () =>
        this.#keys.recover(chosen, {
          onShare: (player) => {
            if (run === this.#run) this.#apply({ kind: 'share-rebuilt', player });
          },
          onDecryption: () => {
            if (run === this.#run) this.#apply({ kind: 'decryption-begun' });
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
    this.#keys.wipe();
    this.ceremony.wipe();
    void this.#ports.hsm.close();
    this.#stopProofs();
  }

  #stopProofs(): void {
    this.#run++;
    this.#ports.proofs.stop();
    const { stage } = this.#state;
    if (!('loaded' in stage)) return;
    for (const { ref, verification } of stage.loaded.wallets) {
      if (verification.kind !== 'running') continue;
      this.#apply({ kind: 'verification-changed', wallet: ref, verification: { kind: 'waiting' } });
    }
  }

  #isBeforeUnlock(): boolean {
    const { kind } = this.#state.stage;
    return kind === 'load' || kind === 'verify';
  }

  #isRebuilding(): boolean {
    const { stage } = this.#state;
    return stage.kind === 'reconstruct' && stage.running;
  }

  #apply(event: SessionEvent): void {
    const before = this.#state;
    const after = reduce(before, event);
    if (after === before) return;
    this.#recording.observe(event, before, after);
    this.#show({ ...after, record: this.#recording.view });
  }

  #show(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }

  /** Runs work; a fault goes on the screen as well as to the caller, unless the user has left meanwhile. */
  async #during<Value>(work: () => Promise<Value>, done: (value: Value) => void): Promise<void> {
    const { stage } = this.#state;
    const stepsBack = this.#stepsBack;
    const isThere = (): boolean => this.#state.stage.kind === stage.kind && this.#stepsBack === stepsBack;
    try {
      const value = await work();
      if (isThere()) done(value);
    } catch (error) {
      const ofWork =
        error instanceof RecoveryError || error instanceof ProofStopped || error instanceof Superseded;
      if (ofWork && !isThere()) return;
      if (error instanceof RecoveryError) this.#apply({ kind: 'failed', fault: error.toFault() });
      throw error;
    }
  }

  #showLoaded(): void {
    const { files, views, registerFile } = this.#inventory;
    this.#apply({ kind: 'loaded', files, wallets: views, register: registerFile });
  }

  #chosen(): KnownWallet {
    const chosen = chosenWallet(this.#state);
    if (chosen === undefined) throw new RecoveryError('key-id.not-found');
    return this.#inventory.known(chosen.ref);
  }

  /** Live and in a ceremony, no secret is touched while the machine is connected, unless the user answers for it. */
  #requireAirGap(): void {
    const { mode, airGap } = this.#state;
    const isReal = mode === 'live' || mode === 'ceremony';
    if (isReal && !airGap.holds && !airGap.overridden) throw new RecoveryError('air-gap.open');
  }
}
