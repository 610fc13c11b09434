import { accessSync, constants } from 'node:fs';
import { platform, release } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import packageJson from '../../package.json' with { type: 'json' };
import { airGapHolds } from '../../shared/air-gap.ts';
import type { RecordBodies, RecordEntryBody, RecordMode, RecordStage } from '../../shared/record.ts';
import { RecoveryError, type Fault } from '../../shared/recovery-error.ts';
import { headWords } from '../engine/words/head-words.ts';
import { appHashOfFolder } from '../files/app-hash.ts';
import { digestOf } from '../files/digest.ts';
import { errnoOf } from '../files/read-capped.ts';
import { refuseExisting, writeExclusiveNow } from '../files/write-exclusive.ts';
import { recordableFault, recordableKeySource, recordableName } from '../record/recordable.ts';
import { Recorder } from '../record/recorder.ts';
import { airGapEntry } from '../session/record-entries.ts';
import type { RecoveryKey } from '../session/recovery-key.ts';
import { readInterfaces } from '../shell/air-gap.ts';
import type { CleanUp, PendingUndo } from './clean-up.ts';
import type { ParsedOptions } from './options.ts';
import type { Output } from './output.ts';
import { peopleOf } from './run-record-options.ts';
import { describeHead } from './text/record.ts';

/** The program's own bundle, which names itself by the hash of its folder. */
const PROGRAM = dirname(fileURLToPath(import.meta.url));

/** What a run's record needs of the command. */
interface RunRecordInputs {
  readonly command: string;
  readonly options: ParsedOptions;
  readonly output: Output;
  readonly cleanUp: CleanUp;
}

type WipeReason = RecordBodies['wiped']['reason'];

/**
 * The record of one run of a command, kept where `--record` asks for it: each method does nothing where it does not.
 * It is written once, at the end, however that comes, by an interrupt too. Holds no secret. Source: docs/record.md.
 */
export class RunRecord {
  readonly #inputs: RunRecordInputs;
  readonly #file: string | undefined;
  readonly #recorder = new Recorder({ nowMs: Date.now });
  #pending: PendingUndo | undefined;
  #token: 'none' | 'open' | 'closed' = 'none';
  #hasEnded = false;

  private constructor(inputs: RunRecordInputs, file: string | undefined) {
    this.#inputs = inputs;
    this.#file = file;
  }

  /** Of a run that keeps none. */
  static none(inputs: RunRecordInputs): RunRecord {
    return new RunRecord(inputs, undefined);
  }

  /**
   * Begins the record of a run, before anything is read.
   * Fails with `usage.invalid`, `guard.output-exists`, `file.write-failed`, and with what `appHashOfFolder` fails with.
   * @param mode what runs of this command are for; undefined for a command that keeps no record
   */
  static async begin(mode: RecordMode | undefined, inputs: RunRecordInputs): Promise<RunRecord> {
    const people = peopleOf(inputs.options);
    const file = inputs.options.optional('record');
    if (mode === undefined || file === undefined) return RunRecord.none(inputs);
    refuseUnwritable(file);
    const hash = await appHashOfFolder(PROGRAM);
    const record = new RunRecord(inputs, file);
    record.add({
      kind: 'opened',
      app: { name: 'cli', version: packageJson.version, hash },
      mode,
      system: { platform: platform(), release: release(), runtime: `Node ${process.versions.node}` },
    });
    const interfaces = readInterfaces();
    record.add(airGapEntry({ interfaces, holds: airGapHolds(interfaces), overridden: false }));
    if (people.length > 0) record.add({ kind: 'people', people });
    record.add({ kind: 'note', text: `Began the command ${inputs.command}` });
    record.#pending = inputs.cleanUp.add(() => {
      record.#interrupted();
    });
    return record;
  }

  /** Whether a record is kept, for what is made for it alone. */
  get isKept(): boolean {
    return this.#file !== undefined && !this.#hasEnded;
  }

  /** Adds an entry; one that is undefined, or comes after the end, is none. */
  add(body: RecordEntryBody | undefined): void {
    if (body !== undefined && this.isKept) this.#recorder.add(body);
  }

  /** Notes an input file, with its hash unless it holds a private key. */
  input(file: string, what: RecordBodies['file']['what'], content: Uint8Array): void {
    if (!this.isKept) return;
    const { sizeBytes, sha256Hex } = digestOf(content);
    const sha256 = what === 'recovery-key' ? null : sha256Hex;
    this.add({ kind: 'file', name: recordableName(file), what, sizeBytes, sha256 });
  }

  /** Notes what kept the command from its end, or from a wallet's. */
  fault(fault: Fault): void {
    this.add({ kind: 'fault', ...recordableFault(fault) });
  }

  /** Does one stage of a command, and notes how long it took, however it ended. */
  async stage<Value>(stage: RecordStage, work: () => Promise<Value>): Promise<Value> {
    const since = performance.now();
    try {
      return await work();
    } finally {
      this.add({ kind: 'stage', stage, durationMs: Math.round(performance.now() - since) });
    }
  }

  /**
   * Notes a recovery key that was opened. How a token decrypts is known once it has, and is noted then; so is that it
   * was let go of.
   * @returns the same key
   */
  opened(key: RecoveryKey, place: 'file' | 'hsm'): RecoveryKey {
    if (!this.isKept) return key;
    const fingerprint = key.publicKey.fingerprintHex;
    const unlocked = (): void => {
      this.add({ kind: 'unlocked', keySource: recordableKeySource(key.source()), fingerprint });
    };
    if (place === 'file') {
      unlocked();
      return key;
    }
    this.#token = 'open';
    this.add({ kind: 'note', text: `Opened a recovery key in a token, fingerprint ${fingerprint}` });
    let isNoted = false;
    return {
      ...key,
      decryptor: (label) => {
        const decrypt = key.decryptor(label);
        return async (ciphertext) => {
          const plaintext = await decrypt(ciphertext);
          if (!isNoted) unlocked();
          isNoted = true;
          return plaintext;
        };
      },
      close: async () => {
        await key.close();
        this.#token = 'closed';
      },
    };
  }

  /**
   * Closes the record and writes it, once all secrets of the command are wiped, and tells its head.
   * Fails with what `writeExclusiveNow` fails with.
   */
  end(reason: Extract<WipeReason, 'finished' | 'failed'>): void {
    if (!this.isKept) return;
    this.#pending?.keep();
    this.#write(reason, true);
  }

  /** The process ends in the same turn, which is what erases the secrets: nothing had the time to overwrite them. */
  #interrupted(): void {
    if (!this.isKept) return;
    this.add({ kind: 'note', text: 'Interrupted: the process ended before the command did' });
    try {
      this.#write('quit', false);
    } catch {
      this.#inputs.output.note('The record of this run could not be written.');
    }
  }

  #write(reason: WipeReason, secretsWiped: boolean): void {
    const hsmClosed = this.#token === 'none' ? null : this.#token === 'closed';
    this.add({ kind: 'wiped', reason, secretsWiped, hsmClosed });
    this.add({ kind: 'closed' });
    this.#hasEnded = true;
    const [file, head] = [this.#file, this.#recorder.head];
    if (file === undefined || head === null) throw new Error('a record that is kept has a file and a head');
    writeExclusiveNow(file, this.#recorder.file());
    this.#tell(file, head);
  }

  #tell(recordFile: string, headHex: string): void {
    const { command, output } = this.#inputs;
    if (output.json) {
      const entries = this.#recorder.entries.length;
      const line = { command, kind: 'record', recordFile, headHex, headWords: headWords(headHex), entries };
      output.report(line, () => []);
      return;
    }
    output.note(`Record of this run written to ${recordFile}. Note its head, or sign the file:`);
    for (const line of describeHead(headHex)) output.note(line);
  }
}

/** Said now and not when all is done: a slip in the path would cost the record. */
function refuseUnwritable(file: string): void {
  refuseExisting(file);
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch (error) {
    throw new RecoveryError('file.write-failed', { file, reason: errnoOf(error) });
  }
}
