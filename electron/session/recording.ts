import { assertNever } from '../../shared/assert-never.ts';
import type { RecordEntryBody, RecordStage } from '../../shared/record.ts';
import {
  NO_RECORD,
  type RecordView,
  type SavedRecord,
  type StageTime,
  type SigningKeyView,
} from '../../shared/record-view.ts';
import type { SessionState, WalletRef, WalletView } from '../../shared/session-state.ts';
import { headWords } from '../engine/words/head-words.ts';
import { recordableFault, recordableKeySource, recordableOutput } from '../record/recordable.ts';
import { Recorder } from '../record/recorder.ts';
import { ceremonyEntries } from './ceremony/ceremony-entries.ts';
import {
  airGapEntry,
  drillEntry,
  fileEntry,
  isRecorded,
  recordStageOf,
  recoveredEntry,
  verifiedEntry,
  walletEntry,
  type Opening,
} from './record-entries.ts';
import { chosenWallet } from './reduce.ts';
import type { SessionEvent } from './session-event.ts';

/** What a recording needs from outside. */
export interface RecordingPorts {
  readonly nowMs: () => number;
  /** Milliseconds of a clock that never goes back, for durations. */
  readonly elapsedMs: () => number;
  readonly opening: () => Opening;
  /** Keeps the record of a session that has ended, at once. @returns path, or null where it could not be kept */
  readonly keep: (name: string, content: Uint8Array) => string | null;
}

/**
 * Keeps the record of one session by watching its events: nobody has to remember to note something, and nothing that
 * the session did not do gets in. Holds no secret, since events don't. Source: docs/record.md.
 */
export class Recording {
  readonly #ports: RecordingPorts;
  readonly #recorder: Recorder;
  readonly #saved: SavedRecord[] = [];
  readonly #stages: StageTime[] = [];
  readonly #files = new Set<string>();
  readonly #describedAs = new Map<WalletRef, string>();
  readonly #verifyingSince = new Map<WalletRef, number>();
  readonly #codes = new Set<string>();
  #matched = 0;
  /** Of the recovery key that was opened last. */
  #fingerprint = '';
  #recoveredWallet: WalletView | undefined;
  #rebuildingSince = 0;
  #stageSince = 0;
  #closed = false;
  #kept: string | null = null;
  #signingKey: SigningKeyView | null = null;
  #view: RecordView = NO_RECORD;

  constructor(ports: RecordingPorts) {
    this.#ports = ports;
    this.#recorder = new Recorder(ports);
  }

  /** The record as a screen may see it. */
  get view(): RecordView {
    return this.#view;
  }

  /** The record file as it stands. Throws, as a bug, before the session has begun. */
  file(): Uint8Array {
    return this.#recorder.file();
  }

  /** The record as it stands. Throws, as a bug, before the session has begun. */
  record(): ReturnType<Recorder['record']> {
    return this.#recorder.record();
  }

  /** A name for a file of this record, which tells it from those of other sessions. */
  fileName(extension: string): string {
    const [first] = this.#recorder.entries;
    const mode = first?.kind === 'opened' ? first.mode : 'session';
    const day = first?.time.slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-') ?? '';
    return `breakglass-${mode}-${day}-${this.#recorder.head?.slice(0, 8) ?? ''}.${extension}`;
  }

  /** Whether there is anything to keep. */
  get hasBegun(): boolean {
    return this.#recorder.head !== null;
  }

  /** Notes that the record was written to a file. */
  saved(saved: SavedRecord): void {
    this.#saved.push(saved);
    this.#show();
  }

  /** Takes the key that will sign. */
  chooseKey(key: SigningKeyView | null): void {
    this.#signingKey = key;
    this.#show();
  }

  /** Adds what the events of a session don't say. */
  add(body: RecordEntryBody): void {
    if (!this.hasBegun || this.#closed) return;
    this.#recorder.add(body);
    this.#show();
  }

  /** Watches an event that has changed the session. */
  observe(event: SessionEvent, before: SessionState, after: SessionState): void {
    if (!this.hasBegun && event.kind !== 'mode-chosen') return;
    if (this.#closed) return;
    const { head } = this.#recorder;
    this.#note(event, before, after);
    if (this.#recorder.head !== head) this.#show();
  }

  #note(event: SessionEvent, before: SessionState, after: SessionState): void {
    switch (event.kind) {
      case 'mode-chosen':
        if (this.hasBegun) {
          this.#recorder.add({ kind: 'note', text: `Went back and chose again: ${event.mode}` });
        } else {
          this.#recorder.add({ kind: 'opened', ...this.#ports.opening(), mode: event.mode });
          this.#recorder.add(airGapEntry(after.airGap));
          if (event.people.length > 0) this.#recorder.add({ kind: 'people', people: event.people });
          this.#stageSince = this.#ports.elapsedMs();
        }
        break;
      case 'air-gap-changed':
      case 'air-gap-overridden':
        this.#recorder.add(airGapEntry(after.airGap));
        break;
      case 'loaded':
        for (const view of event.files) this.#noteOnce(view.file, fileEntry(view));
        break;
      case 'verification-changed':
        this.#noteVerification(event.wallet, after);
        break;
      case 'key-opened':
        this.#fingerprint = event.fingerprintHex;
        if (event.place === 'file') {
          this.#recorder.add({
            kind: 'unlocked',
            keySource: { kind: 'file', mechanism: 'software' },
            fingerprint: event.fingerprintHex,
          });
        } else {
          // How a token decrypts is known once it has; `unlocked` is noted then.
          const text = `Opened a recovery key in a token, fingerprint ${event.fingerprintHex}`;
          this.#recorder.add({ kind: 'note', text });
        }
        break;
      case 'reconstruction-started':
        this.#rebuildingSince = this.#ports.elapsedMs();
        break;
      case 'recovered':
        this.#noteRecovered(event, before, after);
        break;
      case 'people-named':
        this.#recorder.add({
          kind: 'people',
          people: [
            { name: event.operator, role: 'operator' },
            { name: event.secondPerson, role: 'second-person' },
          ],
        });
        break;
      case 'second-person-agreed':
        this.#noteAgreement(after, 'secondPerson', 'The key is given out');
        break;
      case 'acknowledged':
      case 'in-the-clear-accepted':
        this.#noteAgreement(after, 'operator', `Accepted: ${event.what}`);
        break;
      case 'written':
      case 'revealed':
        this.#recorder.add({ kind: 'exported', output: recordableOutput(event.output) });
        break;
      case 'ceremony':
        if (after.stage.kind !== 'ceremony') break;
        for (const body of ceremonyEntries(event.event, after.stage.ceremony)) this.#recorder.add(body);
        break;
      case 'failed':
        this.#codes.add(event.fault.code);
        if (isRecorded(event.fault)) this.#recorder.add({ kind: 'fault', ...recordableFault(event.fault) });
        break;
      case 'ended':
        this.#noteEnd(before, event);
        return;
      // What was chosen, typed and shown on the way; what came of it is noted when it comes. The tools beside the path
      // do nothing that belongs into this session's record.
      case 'unfinished-found':
      case 'machine-changed':
      case 'bucket-begun':
      case 'bucket-changed':
      case 'results-kept':
      case 'bucket-unlock-begun':
      case 'rehearsal-begun':
      case 'rehearsal-making':
      case 'rehearsal-made':
      case 'loading':
      case 'wallet-chosen':
      case 'wallet-described':
      case 'check-done':
      case 'unlock-begun':
      case 'key-file-chosen':
      case 'hsm-changed':
      case 'key-opening':
      case 'decryption-begun':
      case 'share-rebuilt':
      case 'export-begun':
      case 'address-typed':
      case 'format-chosen':
      case 'destination-chosen':
      case 'password-rated':
      case 'writing':
      case 'register-begun':
      case 'register-changed':
      case 'record-check-begun':
      case 'record-checked':
      case 'stepped-back':
        break;
      default:
        assertNever(event);
    }
    this.#noteStage(before, after);
  }

  #noteOnce(name: string, body: RecordEntryBody | undefined): void {
    // A file that was read again with another content is another input.
    const key = `${name}:${JSON.stringify(body)}`;
    if (body === undefined || this.#files.has(key)) return;
    this.#files.add(key);
    this.#recorder.add(body);
  }

  #noteVerification(ref: WalletRef, after: SessionState): void {
    const wallet = walletOf(after, ref);
    if (wallet === undefined) return;
    const now = this.#ports.elapsedMs();
    if (wallet.verification.kind === 'running' && !this.#verifyingSince.has(ref))
      this.#verifyingSince.set(ref, now);
    if (wallet.verification.kind === 'waiting') this.#verifyingSince.delete(ref);
    const body = verifiedEntry(wallet, Math.round(now - (this.#verifyingSince.get(ref) ?? now)));
    if (body === undefined) return;
    this.#verifyingSince.delete(ref);
    const described = walletEntry(wallet);
    if (this.#describedAs.get(ref) !== JSON.stringify(described)) {
      this.#describedAs.set(ref, JSON.stringify(described));
      this.#recorder.add(described);
    }
    this.#recorder.add(body);
    if (wallet.verification.kind === 'judged' && wallet.verification.fault !== null)
      this.#codes.add(wallet.verification.fault.code);
  }

  #noteRecovered(
    { recovered }: Extract<SessionEvent, { readonly kind: 'recovered' }>,
    before: SessionState,
    after: SessionState,
  ): void {
    const wallet = chosenWallet(after);
    const rebuilt = before.stage.kind === 'reconstruct';
    const duration = rebuilt ? this.#ports.elapsedMs() - this.#rebuildingSince : 0;
    if (rebuilt && recovered.keySource.kind === 'hsm') {
      const keySource = recordableKeySource(recovered.keySource);
      this.#recorder.add({ kind: 'unlocked', keySource, fingerprint: this.#fingerprint });
    }
    if (recovered.comparison === 'matched') this.#matched++;
    this.#recoveredWallet = wallet;
    this.#recorder.add(recoveredEntry(recovered, wallet?.keyId ?? null, Math.round(duration)));
  }

  #noteAgreement(after: SessionState, who: 'operator' | 'secondPerson', statement: string): void {
    const people = after.stage.kind === 'export' ? after.stage.draft.people : null;
    this.#recorder.add({ kind: 'agreed', name: people?.[who] ?? 'the person at the keyboard', statement });
  }

  #noteStage(before: SessionState, after: SessionState): void {
    const stage = recordStageOf(before.stage);
    if (stage === recordStageOf(after.stage)) return;
    this.#noteTime(stage);
  }

  #noteTime(stage: RecordStage): void {
    const now = this.#ports.elapsedMs();
    const durationMs = Math.round(now - this.#stageSince);
    this.#stageSince = now;
    this.#recorder.add({ kind: 'stage', stage, durationMs });
    this.#stages.push({ stage, durationMs });
  }

  #noteEnd(
    before: SessionState,
    { reason, secretsWiped, hsmClosed }: Extract<SessionEvent, { readonly kind: 'ended' }>,
  ): void {
    if (before.mode === 'drill') {
      const drill = drillEntry(before, {
        codes: this.#codes,
        matched: this.#matched,
        wallet: this.#recoveredWallet,
      });
      if (drill !== undefined) this.#recorder.add(drill);
    }
    this.#noteTime(recordStageOf(before.stage));
    this.#recorder.add({ kind: 'wiped', reason, secretsWiped, hsmClosed });
    this.#recorder.add({ kind: 'closed' });
    this.#closed = true;
    this.#kept = this.#ports.keep(this.fileName('json'), this.file());
    this.#show();
  }

  #show(): void {
    const { head } = this.#recorder;
    this.#view = {
      entries: this.#recorder.entries.length,
      headHex: head,
      headWords: head === null ? [] : headWords(head),
      closed: this.#closed,
      kept: this.#kept,
      stages: [...this.#stages],
      saved: [...this.#saved],
      signingKey: this.#signingKey,
    };
  }
}

function walletOf({ stage }: SessionState, ref: WalletRef): WalletView | undefined {
  return 'loaded' in stage ? stage.loaded.wallets.find((wallet) => wallet.ref === ref) : undefined;
}
