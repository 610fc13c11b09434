import { basename } from 'node:path';

import type { RecordForm, SavedRecord } from '../../shared/record-view.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import type { RandomBytes } from '../engine/bytes/random.ts';
import { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import { KEY_BYTES, publicKeyOf } from '../engine/signature/ed25519.ts';
import {
  MAX_SIGNING_FILE_BYTES,
  readSigningKey,
  SIGNATURE_EXTENSION,
  signFile,
  signingKeyNeedsPassword,
  type SigningKey,
} from '../engine/signature/signing-key.ts';
import { sshPublicKeyLine } from '../engine/signature/ssh-public-key.ts';
import { withFile } from '../files/with-file.ts';
import { writeExclusive } from '../files/write-exclusive.ts';
import { recordPage } from '../record/page/record-page.ts';
import type { Recording } from './recording.ts';

/** What keeping a record works with. */
export interface RecordsPorts {
  readonly recording: Recording;
  /** Shows the record as it now stands. */
  readonly show: () => void;
  readonly randomBytes: RandomBytes;
  /** Prints a self-contained page. @returns PDF */
  readonly print: (html: string) => Promise<Uint8Array>;
}

/**
 * The part of a session that gives its record out, once the session has ended: as a file, as pages, signed. Nothing of
 * it is secret but a key that signs, and that is opened for one signature and wiped.
 */
export class Records {
  readonly #ports: RecordsPorts;
  #keyFile: string | undefined;

  constructor(ports: RecordsPorts) {
    this.#ports = ports;
  }

  /** What a dialog suggests as the name of a form's file; undefined where there is no record yet. */
  suggestedName(form: RecordForm): string | undefined {
    const { recording } = this.#ports;
    return recording.hasBegun ? recording.fileName(form) : undefined;
  }

  /**
   * Writes the record of a session that has ended to a new file, in a form.
   * Fails with `usage.invalid` before the end, and with what `writeExclusive` fails with.
   */
  async save(form: RecordForm, file: string): Promise<void> {
    if (!this.#ports.recording.view.closed) {
      throw new RecoveryError('usage.invalid', { what: 'record', reason: 'the session has not ended' });
    }
    await writeExclusive(file, await this.#content(form));
    this.#saved({ form, file });
  }

  /** Looks at a key to sign with, without opening it. Fails with what reading it fails with. */
  async chooseKey(file: string): Promise<void> {
    const { recording } = this.#ports;
    this.#keyFile = undefined;
    recording.chooseKey(null);
    const needsPassword = await withFile(file, MAX_SIGNING_FILE_BYTES, signingKeyNeedsPassword);
    this.#keyFile = file;
    recording.chooseKey({ file, needsPassword });
    this.#ports.show();
  }

  /**
   * Signs the record file that was saved last, with the chosen key, into a new file beside it.
   * Fails with `usage.invalid` where none was saved or chosen, `record.closed-only`, and with what `readSigningKey` and
   * `writeExclusive` fail with.
   * @param password the caller wipes it; null where the key has none
   */
  async sign(password: SecretBytes | null): Promise<void> {
    const keyFile = this.#keyFile;
    if (keyFile === undefined)
      throw new RecoveryError('usage.invalid', { what: 'signing key', reason: 'none is chosen' });
    const saved = this.#savedJson();
    const key = await withFile(keyFile, MAX_SIGNING_FILE_BYTES, (content) =>
      readSigningKey(content, password ?? undefined),
    );
    try {
      await this.#writeSignature(saved, key);
    } finally {
      key.seed.wipe();
    }
  }

  /**
   * Signs the record file that was saved last with an Ed25519 key that is made for this one signature and then wiped;
   * its public half is written beside it.
   * Fails with `usage.invalid` where none was saved, and with what `writeExclusive` fails with.
   */
  async signOnce(): Promise<void> {
    const saved = this.#savedJson();
    const seed = SecretBytes.consume(this.#ports.randomBytes(KEY_BYTES));
    try {
      const publicFile = `${saved}.pub`;
      const line = sshPublicKeyLine(publicKeyOf(seed), basename(saved));
      await writeExclusive(publicFile, new TextEncoder().encode(`${line}\n`));
      this.#saved({ form: 'public-key', file: publicFile });
      await this.#writeSignature(saved, { kind: 'ssh', seed });
    } finally {
      seed.wipe();
    }
  }

  async #writeSignature(saved: string, key: SigningKey): Promise<void> {
    const file = `${saved}${SIGNATURE_EXTENSION[key.kind]}`;
    await writeExclusive(file, signFile(this.#ports.recording.file(), key, basename(saved)));
    this.#saved({ form: 'signature', file });
  }

  /** Path of the record file that was saved last. */
  #savedJson(): string {
    const last = this.#ports.recording.view.saved.findLast(({ form }) => form === 'json');
    if (last === undefined)
      throw new RecoveryError('usage.invalid', { what: 'record', reason: 'it is not saved yet' });
    return last.file;
  }

  async #content(form: RecordForm): Promise<Uint8Array> {
    const { recording, print } = this.#ports;
    if (form === 'json') return recording.file();
    const page = recordPage(recording.record());
    return form === 'html' ? new TextEncoder().encode(page) : print(page);
  }

  #saved(saved: SavedRecord): void {
    this.#ports.recording.saved(saved);
    this.#ports.show();
  }
}
