import { basename, extname } from 'node:path';

import type {
  RecordCheckView,
  RecordCompanion,
  RecordPageForm,
  RecordSummary,
} from '../../shared/record-check.ts';
import type { RecordReport } from '../../shared/record-report.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import { MAX_SIGNING_FILE_BYTES } from '../engine/signature/signing-key.ts';
import { headWords, parseHeadWords } from '../engine/words/head-words.ts';
import { readCapped } from '../files/read-capped.ts';
import { writeExclusive } from '../files/write-exclusive.ts';
import { entriesOf } from '../record/page/entries-of.ts';
import { recordPage } from '../record/page/record-page.ts';
import { summaryLines } from '../record/page/summary.ts';
import { MAX_RECORD_BYTES } from '../record/parse-record.ts';
import { verifyRecord, type NamedFile } from '../record/verify-record.ts';
import type { PartPorts } from './part-ports.ts';

/** What checking a record works with. */
export interface RecordCheckerPorts extends Pick<PartPorts, 'state' | 'apply'> {
  /** Prints a self-contained page. @returns PDF */
  readonly print: (html: string) => Promise<Uint8Array>;
  /** Hash of the running program; null where it has none. */
  readonly appHash: () => string | null;
}

/** A record, and what it is held against. */
interface Case {
  readonly record: NamedFile;
  readonly signatures: readonly NamedFile[];
  readonly publicKeys: readonly NamedFile[];
  /** The head that was typed in words, lower-case hex. */
  readonly head: string | undefined;
  readonly report: RecordReport;
  readonly pages: readonly string[];
}

/**
 * The part of a session that checks the record of another one: any time, without mode or secret. What is wrong with the
 * record is in its report; what can't be read is the caller's fault, and nothing goes on this session's own record.
 * Source: docs/record.md, "Verifying".
 */
export class RecordChecker {
  readonly #ports: RecordCheckerPorts;
  #case: Case | null = null;

  constructor(ports: RecordCheckerPorts) {
    this.#ports = ports;
  }

  /** Turns to the check, with nothing chosen. */
  begin(): void {
    if (this.#ports.state().stage.kind !== 'prepare') return;
    this.#case = null;
    this.#ports.apply({ kind: 'record-check-begun' });
  }

  /**
   * Reads and checks a record. The public keys stay those that were chosen; signatures and words are of one record.
   * Fails with what `readCapped` fails with.
   */
  async choose(file: string): Promise<void> {
    if (!this.#isThere()) return;
    const record = { file, content: await readCapped(file, MAX_RECORD_BYTES) };
    this.#take({
      record,
      signatures: [],
      publicKeys: this.#case?.publicKeys ?? [],
      head: undefined,
      pages: [],
    });
  }

  /**
   * Adds signatures of the record, or public keys that may have signed it, and checks again.
   * Fails with what `readCapped` and `verifyRecord` fail with; what was chosen before stays then.
   */
  async add(what: RecordCompanion, files: readonly string[]): Promise<void> {
    const before = this.#case;
    if (before === null || !this.#isThere()) return;
    const added = await Promise.all(
      files.map(async (file) => ({ file, content: await readCapped(file, MAX_SIGNING_FILE_BYTES) })),
    );
    if (this.#case !== before) return;
    const { signatures, publicKeys } = before;
    this.#take(
      what === 'signatures'
        ? { ...before, signatures: joined(signatures, added) }
        : { ...before, publicKeys: joined(publicKeys, added) },
    );
  }

  /** Holds the record against the words that were noted; none takes them back. Fails with `words.malformed`. */
  typeHead(words: string): void {
    if (this.#case === null) return;
    const head = words.trim() === '' ? undefined : parseHeadWords(words);
    this.#take({ ...this.#case, head });
  }

  /** What a dialog suggests as the name of the page; undefined where there is none to be made. */
  suggestedName(form: RecordPageForm): string | undefined {
    if (this.#case === null || !this.#isThere() || !isSound(this.#case.report)) return undefined;
    const { file } = this.#case.record;
    return `${basename(file, extname(file))}.${form}`;
  }

  /**
   * Writes the record as a page for people, with its signatures, to a new file.
   * Fails with `usage.invalid` for a record that did not pass, and with what `writeExclusive` fails with.
   */
  async save(form: RecordPageForm, file: string): Promise<void> {
    const before = this.#case;
    // A page looks true: none is made of what is not.
    if (before === null || before.report.record === null || !isSound(before.report))
      throw new RecoveryError('usage.invalid', { what: 'record', reason: 'it did not pass its checks' });
    const page = recordPage(before.report.record, before.report);
    await writeExclusive(
      file,
      form === 'html' ? new TextEncoder().encode(page) : await this.#ports.print(page),
    );
    if (this.#case === null || this.#case.record !== before.record) return;
    this.#case = { ...this.#case, pages: [...this.#case.pages, file] };
    this.#show();
  }

  #isThere(): boolean {
    return this.#ports.state().stage.kind === 'record-check';
  }

  #take(chosen: Omit<Case, 'report'>): void {
    if (!this.#isThere()) return;
    const { record, signatures, publicKeys, head } = chosen;
    const appHash = this.#ports.appHash() ?? undefined;
    const report = verifyRecord(record.content, { head, appHash, signatures, publicKeys });
    this.#case = { ...chosen, report };
    this.#show();
  }

  #show(): void {
    if (this.#case !== null) this.#ports.apply({ kind: 'record-checked', check: viewOf(this.#case) });
  }
}

/** Another version's record, or the command line's, names another program: worth a word, and no change of the record. */
function isSound({ checks }: RecordReport): boolean {
  return checks.every(({ check, outcome }) => outcome !== 'failed' || check === 'app');
}

function viewOf({ record, signatures, publicKeys, head, report, pages }: Case): RecordCheckView {
  return {
    file: record.file,
    signatures: signatures.map(({ file }) => file),
    publicKeys: publicKeys.map(({ file }) => file),
    headTyped: head !== undefined,
    sound: isSound(report),
    checks: report.checks,
    headHex: report.head,
    headWords: report.head === null ? [] : headWords(report.head),
    summary: summaryOf(report),
    pages,
  };
}

function summaryOf({ record, checks }: RecordReport): RecordSummary | null {
  const isBroken = checks.some(({ check, outcome }) => check === 'chain' && outcome !== 'passed');
  if (record === null || isBroken) return null;
  const { entries } = record;
  const [opened] = entriesOf(entries, 'opened');
  const last = entries.at(-1);
  if (opened === undefined || last === undefined) throw new Error('a record starts with its opening');
  return {
    mode: opened.mode,
    from: opened.time,
    to: last.time,
    entries: entries.length,
    closed: last.kind === 'closed',
    app: opened.app,
    people: uniquePeople(entriesOf(entries, 'people').flatMap(({ people }) => people)),
    outcome: summaryLines(entries),
  };
}

/** People who were named twice are listed once. */
function uniquePeople(people: RecordSummary['people']): RecordSummary['people'] {
  return [...new Map(people.map((person) => [`${person.role}\n${person.name}`, person])).values()];
}

/** A file that is added again is read again. */
function joined(before: readonly NamedFile[], added: readonly NamedFile[]): readonly NamedFile[] {
  return [...new Map([...before, ...added].map((each) => [each.file, each])).values()];
}
