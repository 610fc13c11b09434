import type { RequestOf } from '../../shared/contract.ts';
import { EXPORT_FORMATS, isClearFormat, type ExportFormat } from '../../shared/export-format.ts';
import { addressEndingIn, isInTheClear, missingGuards, type GivenOut } from '../../shared/export-guards.ts';
import { sentenceFor } from '../../shared/export-sentences.ts';
import type { Acknowledgement, WritingStep } from '../../shared/export-state.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import type { Stage } from '../../shared/session-state.ts';
import type { RandomBytes } from '../engine/bytes/random.ts';
import type { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import { ratePassword } from '../engine/password/rating.ts';
import { checkDestination } from '../files/destination.ts';
import type { PartJournal } from '../files/part-journal.ts';
import type { KeyHolder } from './key-holder.ts';
import { revealedKey, type RevealPort } from './revealed.ts';
import type { PartPorts } from './part-ports.ts';
import { personName, sameName } from './person-name.ts';
import { showNewPassphrase, typedTwice } from './typed-password.ts';
import { writeKey } from './write-key.ts';

/** What an export works with: the session that it is a part of, as far as it needs it, and the ways out. */
export interface ExporterPorts extends PartPorts {
  readonly keys: Pick<KeyHolder, 'lend' | 'keyFile'>;
  readonly kitFiles: () => readonly string[];
  readonly randomBytes: RandomBytes;
  readonly reveal: RevealPort;
  readonly parts: Pick<PartJournal, 'begin' | 'forgetGone'>;
  /** Folders of the app's own, where nobody looks for a key: nothing is written there. */
  readonly ownFolders: readonly string[];
}

type ExportStage = Extract<Stage, { readonly kind: 'export' }>;

/** The part of a session that gives a key out. What it may do is decided by `missingGuards`, and nowhere else. */
export class Exporter {
  readonly #ports: ExporterPorts;

  constructor(ports: ExporterPorts) {
    this.#ports = ports;
  }

  /** Goes on from the addresses. Fails with `guard.export-refused` in a drill, which gives nothing out. */
  begin(): void {
    const { stage, mode } = this.#ports.state();
    if (stage.kind !== 'addresses') return;
    if (mode !== 'live') throw new RecoveryError('guard.export-refused', { missing: 'live' });
    this.#ports.apply({ kind: 'export-begun' });
  }

  /**
   * Takes the end of an address from the user's own record. Fails with `guard.address-not-confirmed` when no address
   * that may be confirmed ends so.
   */
  typeAddress({ lastCharacters }: RequestOf<'export.type-address'>): void {
    const stage = this.#stage();
    if (stage === undefined) return;
    const address = addressEndingIn(stage.recovered, lastCharacters);
    if (address === undefined) throw new RecoveryError('guard.address-not-confirmed');
    this.#ports.apply({ kind: 'address-typed', address });
  }

  /** Takes the names of who is there. Fails with `guard.second-person` when they are not two people. */
  namePeople(names: RequestOf<'export.name-people'>): void {
    if (this.#stage() === undefined) return;
    const operator = nameOf(names.operator);
    const secondPerson = nameOf(names.secondPerson);
    if (sameName(operator, secondPerson)) throw new RecoveryError('guard.second-person', { reason: 'same' });
    this.#ports.apply({ kind: 'people-named', operator, secondPerson });
  }

  /** Takes the second person's agreement: their own name, typed by them. Fails with `guard.second-person`. */
  agree({ secondPerson }: RequestOf<'export.agree'>): void {
    const people = this.#stage()?.draft.people;
    if (people === undefined) return;
    if (people === null || !sameName(nameOf(secondPerson), people.secondPerson)) {
      throw new RecoveryError('guard.second-person', { reason: 'other name' });
    }
    this.#ports.apply({ kind: 'second-person-agreed' });
  }

  acknowledge(what: Acknowledgement): void {
    this.#ports.apply({ kind: 'acknowledged', what });
  }

  /** Accepts that a key goes out in the clear. Fails with `guard.sentence` when the sentence is not typed as it stands. */
  acceptInTheClear({ what, sentence }: RequestOf<'export.accept-in-the-clear'>): void {
    if (!isInTheClear(what)) return;
    if (sentence.trim() !== sentenceFor(what)) throw new RecoveryError('guard.sentence');
    this.#ports.apply({ kind: 'in-the-clear-accepted', what });
  }

  chooseFormat(format: ExportFormat): void {
    this.#ports.apply({ kind: 'format-chosen', format });
  }

  /** What the dialog suggests as the file's name; undefined where none is to be chosen. */
  suggestedName(): string | undefined {
    const stage = this.#stage();
    if (stage === undefined) return undefined;
    const wallet = stage.loaded.wallets.find(({ ref }) => ref === stage.wallet)?.keyId?.slice(0, 8);
    return `recovered-${wallet ?? 'wallet'}${EXPORT_FORMATS[stage.draft.format].extension}`;
  }

  /** Takes the place of the new file. Fails with what `checkDestination` fails with. */
  chooseDestination(file: string): void {
    if (this.#stage() === undefined) return;
    this.#ports.apply({ kind: 'destination-chosen', destination: this.#checked(file) });
  }

  /** Rates a password that is being typed. Fails with `password.unavailable`. */
  ratePassword(password: SecretBytes | null): void {
    if (password === null || this.#stage() === undefined) return;
    this.#ports.apply({ kind: 'password-rated', rating: ratePassword(password) });
  }

  /** Makes a passphrase and shows it, once: it is kept nowhere, and has to be typed like any other. */
  async showPassphrase(): Promise<void> {
    if (this.#stage() === undefined) return;
    await showNewPassphrase(this.#ports);
  }

  /**
   * Writes the key to the chosen file. Every guard is asked before work starts, before the file is made, and once it
   * was read back, before it gets its name.
   * Fails with `guard.export-refused`, `usage.invalid`, and with what `checkNewPassword`, `checkDestination`,
   * `encodeKey`, `writeExclusive` and `checkReadBack` fail with.
   * @param password the caller wipes it; null for a format in the clear
   */
  async write(password: SecretBytes | null, again: SecretBytes | null): Promise<void> {
    const stage = this.#stage();
    if (stage === undefined || stage.draft.writing !== null) return;
    const { format, destination } = stage.draft;
    this.#requireGuards(format);
    if (destination === null) {
      throw new RecoveryError('usage.invalid', { what: 'destination', reason: 'none is chosen' });
    }
    const facts = isClearFormat(format) ? null : typedTwice(password, again);
    const file = this.#checked(destination);
    this.#step('encoding', format);
    await this.#ports.during(
      () =>
        this.#ports.keys.lend((key) =>
          writeKey(key, {
            file,
            format,
            password: facts === null ? undefined : (password ?? undefined),
            randomBytes: this.#ports.randomBytes,
            parts: this.#ports.parts,
            permit: () => {
              this.#step('writing', format);
            },
          }),
        ),
      (written) => {
        const { path } = stage.recovered;
        const passwordIsNfc = facts?.isNfc ?? null;
        this.#ports.apply({
          kind: 'written',
          output: { kind: 'file', format, path, passwordIsNfc, ...written },
        });
      },
    );
  }

  /** Shows the key in its own window. Fails with `guard.export-refused`. */
  async reveal(): Promise<void> {
    const stage = this.#stage();
    if (stage === undefined) return;
    this.#requireGuards('reveal');
    await this.#ports.keys.lend(async (key) => {
      const revealed = revealedKey(key, stage.recovered);
      this.#requireGuards('reveal');
      this.#ports.apply({ kind: 'revealed', output: { kind: 'shown', path: stage.recovered.path } });
      await this.#ports.reveal.show(revealed);
    });
  }

  #checked(file: string): string {
    const { keys, kitFiles, ownFolders } = this.#ports;
    return checkDestination(file, { kitFiles: kitFiles(), keyFile: keys.keyFile, ownFolders });
  }

  /** Passes the door, which the reducer opens only when every guard is met. Fails with `guard.export-refused`. */
  #step(step: WritingStep, format: ExportFormat): void {
    this.#requireGuards(format);
    this.#ports.apply({ kind: 'writing', step });
  }

  #stage(): ExportStage | undefined {
    const { stage } = this.#ports.state();
    return stage.kind === 'export' ? stage : undefined;
  }

  #requireGuards(what: GivenOut): void {
    const missing = missingGuards(this.#ports.state(), what);
    if (missing.length > 0) throw new RecoveryError('guard.export-refused', { missing: missing.join(', ') });
  }
}

/** Fails with `guard.second-person` when it is no name. */
function nameOf(text: string): string {
  const name = personName(text);
  if (name === undefined) throw new RecoveryError('guard.second-person', { reason: 'no name' });
  return name;
}
