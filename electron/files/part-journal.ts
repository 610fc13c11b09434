import { lstatSync, mkdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';

import { isPartFile, partFileAt } from './part-file.ts';
import { errnoOf } from './read-capped.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';

const MAX_ENTRIES = 100;
const MAX_PATH = 4096;

/**
 * Remembers where an unfinished file lies, so that the next start finds what a killed run left. It holds paths and
 * nothing else, and is not trusted: what it names is looked at before anything is done with it.
 */
export class PartJournal {
  readonly #file: string;

  /** @param file of the journal, in a folder of the app's own */
  constructor(file: string) {
    this.#file = file;
  }

  /** Remembers a file before it is made. Fails with `file.write-failed`: what can't be found again is not begun. */
  begin(partFile: string): void {
    this.#write([...this.#read(), partFile]);
  }

  /**
   * Forgets the files that were finished or removed; not those whose folder is away, like that of a stick that was
   * pulled out, or that the system does not tell of. One that stays remembered by mistake does no harm.
   */
  forgetGone(): void {
    try {
      this.#write(this.#read().filter((path) => partFileAt(path) !== 'none' || isAway(dirname(path))));
    } catch (error) {
      if (!(error instanceof RecoveryError)) throw error;
    }
  }

  /** The remembered files that are still there, and are unfinished files of ours. */
  find(): readonly string[] {
    try {
      return this.#read().filter(isPartFile);
    } catch (error) {
      if (!(error instanceof RecoveryError)) throw error;
      return [];
    }
  }

  /** Fails with `file.write-failed`: what could not be read is not written anew, since that would forget it. */
  #read(): readonly string[] {
    const text = this.#text();
    try {
      const parsed: unknown = JSON.parse(text);
      return Array.isArray(parsed) ? parsed.filter(isPath).slice(-MAX_ENTRIES) : [];
    } catch {
      // None yet, or none of ours: then nothing is known to be left.
      return [];
    }
  }

  #text(): string {
    let reason = 'read in part';
    try {
      const content = readFileSync(this.#file);
      if (content.length === statSync(this.#file).size) return content.toString('utf8');
    } catch (error) {
      reason = errnoOf(error);
      if (reason === 'ENOENT') return '';
    }
    throw new RecoveryError('file.write-failed', { file: this.#file, reason });
  }

  /** Written beside and renamed, so that a kill leaves the old list or the new one. */
  #write(paths: readonly string[]): void {
    try {
      if (paths.length === 0) {
        unlinkSync(this.#file);
        return;
      }
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(`${this.#file}.new`, JSON.stringify(paths), { mode: 0o600, flush: true });
      renameSync(`${this.#file}.new`, this.#file);
    } catch (error) {
      const reason = errnoOf(error);
      if (reason !== 'ENOENT') throw new RecoveryError('file.write-failed', { file: this.#file, reason });
    }
  }
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_PATH && isAbsolute(value);
}

/** Whether a folder is not there. One that may not be looked at is not there either, for now. */
function isAway(folder: string): boolean {
  try {
    return lstatSync(folder, { throwIfNoEntry: false }) === undefined;
  } catch {
    return true;
  }
}
