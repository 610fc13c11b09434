import { basename, extname } from 'node:path';

import { parseKeyId, type KeyId } from '../../shared/ids.ts';
import type {
  OpenRegister,
  RegisterComparison as Compared,
  RegisterForm,
} from '../../shared/register-desk.ts';
import type { RegisterDraft } from '../../shared/register.ts';
import { withFile } from '../files/with-file.ts';
import { MAX_FILE_BYTES } from '../files/read-capped.ts';
import { writeExclusive } from '../files/write-exclusive.ts';
import { addRow, changeRow, emptyRegister, removeRow } from '../record/edit-register.ts';
import { registerWarnings } from '../record/environments.ts';
import { parseRegister, writeRegisterCsv, writeRegisterJson, type Register } from '../record/register.ts';
import type { PartPorts } from './part-ports.ts';
import { RegisterComparison } from './register-comparison.ts';
import { filterRows, pageOf, rowView } from './register-page.ts';

const WRITERS: Readonly<Record<RegisterForm, (register: Register) => Uint8Array>> = {
  csv: writeRegisterCsv,
  json: writeRegisterJson,
};

/** A register under the pen. */
interface Work {
  readonly rows: Register;
  /** What stands in the file, or the empty one that was started. */
  readonly saved: Register;
  readonly file: string | null;
  readonly filter: string;
  readonly page: number;
  /** Whether a row is typed that is not in `rows` yet: it would be lost, too. */
  readonly typed: boolean;
  /** The register before a row was removed, until something else is done to it. */
  readonly removed: { readonly keyId: KeyId; readonly before: Register } | null;
}

/** How far the comparison with a bucket is. */
interface Comparing {
  readonly comparison: RegisterComparison;
  readonly stands: 'running' | 'stopped' | 'done';
  readonly page: number;
}

/**
 * The part of a session that opens, edits, compares and writes registers of wallets, without any secret or mode. The rows
 * stay here; the state has one page of them. Faults are the caller's: nothing of this goes on a session's record.
 */
export class RegisterDesk {
  readonly #ports: Pick<PartPorts, 'state' | 'apply'>;
  #work: Work | null = null;
  #comparing: Comparing | null = null;

  constructor(ports: Pick<PartPorts, 'state' | 'apply'>) {
    this.#ports = ports;
  }

  /** Turns to the desk, which is empty then. */
  begin(): void {
    if (this.#ports.state().stage.kind !== 'prepare') return;
    this.#put(null);
    this.#ports.apply({ kind: 'register-begun' });
  }

  /** Puts a register of no wallets on the desk. */
  startEmpty(): void {
    if (!this.#isThere()) return;
    this.#put(fresh(emptyRegister(), null));
    this.#show();
  }

  /** Reads a register. Fails with what `readCapped` and `parseRegister` fail with, naming the file. */
  async open(file: string): Promise<void> {
    if (!this.#isThere()) return;
    const rows = await withFile(file, MAX_FILE_BYTES, parseRegister);
    if (!this.#isThere()) return;
    this.#put(fresh(rows, file));
    this.#show();
  }

  /** Shows one page of the rows that fit a filter. */
  show(filter: string, page: number): void {
    this.#change((work) => ({ ...work, filter, page }));
  }

  /** Adds a row at the end, and shows it. Fails with what `addRow` fails with. */
  add(draft: RegisterDraft): void {
    this.#change((work) => {
      const rows = addRow(work.rows, draft);
      const [last] = [...rows.keys()].slice(-1);
      if (last !== undefined) this.#comparing?.comparison.recheck(rows, [last]);
      return { ...work, rows, removed: null, filter: '', page: Number.MAX_SAFE_INTEGER };
    });
  }

  /** Changes a row in its place. Fails with `id.malformed`, and with what `changeRow` fails with. */
  change(keyIdText: string, draft: RegisterDraft): void {
    const keyId = parseKeyId(keyIdText);
    this.#change((work) => {
      const rows = changeRow(work.rows, keyId, draft);
      this.#comparing?.comparison.recheck(rows, [keyId, parseKeyId(draft.key_id)]);
      return { ...work, rows, removed: null };
    });
  }

  /** Says whether a row is typed that was neither added nor changed yet. */
  markTyped(typed: boolean): void {
    if (this.#work === null) return;
    this.#work = { ...this.#work, typed };
    this.#amend({ unsaved: isUnsaved(this.#work) });
  }

  /** Removes a row, which can be put back until the next change. Fails with `id.malformed`, `register.not-listed`. */
  remove(keyIdText: string): void {
    const keyId = parseKeyId(keyIdText);
    this.#change((work) => {
      const rows = removeRow(work.rows, keyId);
      this.#comparing?.comparison.recheck(rows, [keyId]);
      return { ...work, rows, removed: { keyId, before: work.rows } };
    });
  }

  /** Puts the row that was removed last where it was. */
  putBack(): void {
    this.#change((work) => {
      if (work.removed === null) return work;
      const { keyId, before } = work.removed;
      this.#comparing?.comparison.recheck(before, [keyId]);
      return { ...work, rows: before, removed: null };
    });
  }

  /** What a dialog suggests as the name of a form's file; undefined where no register is open. */
  suggestedName(form: RegisterForm): string | undefined {
    if (this.#work === null || !this.#isThere()) return undefined;
    const { file } = this.#work;
    return file === null ? `register.${form}` : `${basename(file, extname(file))}-new.${form}`;
  }

  /** Writes the register to a new file. Fails with what `writeRegisterCsv` and `writeExclusive` fail with. */
  async save(form: RegisterForm, file: string): Promise<void> {
    const work = this.#work;
    if (work === null || !this.#isThere()) return;
    const { rows } = work;
    await writeExclusive(file, WRITERS[form](rows));
    // Rows that were changed meanwhile are not in the file; another register that was opened has its own.
    if (this.#work?.saved === work.saved) this.#change((now) => ({ ...now, saved: rows, file }));
  }

  /**
   * Compares the register with the files of a bucket; rows may be changed meanwhile.
   * Fails with what `walletFacts` fails with.
   */
  async compare(paths: readonly string[]): Promise<void> {
    if (this.#work === null || !this.#isThere() || this.#comparing?.stands === 'running') return;
    const comparison = new RegisterComparison();
    const goesOn = (): boolean =>
      this.#isThere() && this.#comparing?.comparison === comparison && this.#comparing.stands === 'running';
    this.#comparing = { comparison, stands: 'running', page: 0 };
    this.#show();
    let stands: Comparing['stands'] | 'failed' = 'failed';
    try {
      const finished = await comparison.run(paths, {
        register: () => this.#work?.rows ?? emptyRegister(),
        onWallet: (wallets) => {
          this.#amend({ comparison: { kind: 'running', wallets } });
        },
        goesOn,
      });
      stands = finished ? 'done' : 'stopped';
    } finally {
      if (goesOn()) {
        this.#comparing = stands === 'failed' ? null : { comparison, stands, page: 0 };
        this.#show();
      }
    }
  }

  /** Stops comparing. */
  stopComparing(): void {
    if (this.#comparing?.stands !== 'running') return;
    this.#comparing = { ...this.#comparing, stands: 'stopped' };
    this.#show();
  }

  /** Shows one page of what the comparison found. */
  showFindings(page: number): void {
    if (this.#comparing === null) return;
    this.#comparing = { ...this.#comparing, page };
    this.#show();
  }

  #isThere(): boolean {
    return this.#ports.state().stage.kind === 'register';
  }

  #put(work: Work | null): void {
    this.#work = work;
    this.#comparing = null;
  }

  #change(change: (work: Work) => Work): void {
    if (this.#work === null || !this.#isThere()) return;
    this.#work = change(this.#work);
    this.#show();
  }

  #show(): void {
    if (this.#work === null || !this.#isThere()) return;
    this.#ports.apply({ kind: 'register-changed', open: this.#view(this.#work) });
  }

  /** Changes what is said of the whole, where a view of all rows would be too much for each wallet and keystroke. */
  #amend(changed: Partial<Pick<OpenRegister, 'comparison' | 'unsaved'>>): void {
    const { stage } = this.#ports.state();
    if (stage.kind !== 'register' || stage.open === null) return;
    this.#ports.apply({ kind: 'register-changed', open: { ...stage.open, ...changed } });
  }

  #view(work: Work): OpenRegister {
    const { rows, file, filter, removed } = work;
    const fitting = filterRows(rows, filter);
    const { items, page } = pageOf(fitting, work.page);
    return {
      file,
      unsaved: isUnsaved(work),
      total: rows.size,
      filter,
      found: fitting.length,
      page,
      rows: items.map(rowView),
      warnings: registerWarnings(rows),
      removed: removed?.keyId ?? null,
      comparison: this.#compared(rows),
    };
  }

  #compared(rows: Register): Compared {
    if (this.#comparing === null) return { kind: 'none' };
    const { comparison, stands, page } = this.#comparing;
    const { wallets, passedOver } = comparison;
    if (stands !== 'done') return { kind: stands, wallets };
    const all = comparison.findings(rows);
    const shown = pageOf(all, page);
    return {
      kind: 'done',
      wallets,
      passedOver,
      found: all.length,
      faults: all.filter(({ found }) => found.kind === 'fault').length,
      page: shown.page,
      findings: shown.items,
    };
  }
}

function isUnsaved({ rows, saved, typed }: Work): boolean {
  return typed || rows !== saved;
}

function fresh(rows: Register, file: string | null): Work {
  return { rows, saved: rows, file, filter: '', page: 0, typed: false, removed: null };
}
