import { stat } from 'node:fs/promises';

import {
  canSplit,
  type CeremonyAt,
  type CeremonyShares,
  type CeremonySplit,
} from '../../../shared/ceremony.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { equalBytes } from '../../engine/bytes/compare.ts';
import { SecretBytes } from '../../engine/bytes/secret-bytes.ts';
import { MAX_KEY_FILE_BYTES } from '../../engine/rsa/key-file.ts';
import { setName, type CustodianShare } from '../../engine/shares/share.ts';
import { checkCounts, combineShares, splitSecret, wipeShares } from '../../engine/shares/split.ts';
import { takeNewFolder } from '../../files/new-folder.ts';
import { checkShareFiles, readShareFile, writeSharePages } from '../../files/share-files.ts';
import { withFile } from '../../files/with-file.ts';
import { checkCustodians } from './ceremony-people.ts';
import { applyTo, ceremonyAt, type CeremonyPorts } from './ceremony-ports.ts';
import type { CeremonySecrets, WorkTools } from './ceremony-secrets.ts';

/** The part of a ceremony that splits the password or the key file among custodians, and has their shares tried. */
export class CeremonySharing {
  readonly #ports: CeremonyPorts;
  readonly #secrets: CeremonySecrets;

  constructor(ports: CeremonyPorts, secrets: CeremonySecrets) {
    this.#ports = ports;
    this.#secrets = secrets;
  }

  /** Takes the folder of the pages. Fails with what `takeNewFolder` fails with. */
  chooseFolder(folder: string): void {
    if (this.#before() === undefined) return;
    applyTo(this.#ports, { kind: 'folder-chosen', folder: takeNewFolder(folder, this.#ports.ownFolders) });
  }

  /**
   * Makes a page for each custodian, reads them back, and combines them in turns. Where shares of a set that is there
   * could not be combined, the new set stands for it; its files stay as they are.
   * Fails with `air-gap.open`, `usage.invalid`, and with what `checkCounts`, `checkCustodians`, `takeNewFolder`,
   * `writeSharePages` and `checkShareFiles` fail with.
   */
  async split({ what, needed, custodians: typed }: CeremonySplit): Promise<void> {
    const view = this.#before();
    if (view === undefined) return;
    this.#ports.requireAirGap();
    if (view.folder === null) {
      throw new RecoveryError('usage.invalid', { what: 'folder', reason: 'none is chosen' });
    }
    checkCounts(needed, typed.length);
    const custodians = checkCustodians(typed);
    const folder = takeNewFolder(view.folder, this.#ports.ownFolders);
    applyTo(this.#ports, { kind: 'splitting' });
    await this.#ports.during(
      () => this.#secrets.working((tools) => this.#pages(view, { what, needed, custodians }, folder, tools)),
      (shares) => {
        applyTo(this.#ports, { kind: 'shares-made', shares });
      },
    );
  }

  /**
   * Combines shares as the custodians brought them, and compares what they give with what was split.
   * Fails with what `readShareFile` and `combineShares` fail with; shares of another set are `custodian-share.other-set`.
   * @param files paths of pages or texts, one a share
   */
  async combine(files: readonly string[]): Promise<void> {
    const view = ceremonyAt(this.#ports, 'shares');
    const shares = view?.shares ?? null;
    if (view === undefined || shares === null || files.length === 0) return;
    this.#ports.requireAirGap();
    applyTo(this.#ports, { kind: 'combining' });
    await this.#ports.during(
      () => this.#secrets.working(() => this.#tried(view, shares, files)),
      (indexes) => {
        applyTo(this.#ports, { kind: 'combined', indexes, passed: true });
      },
    );
  }

  /** Goes on, with the password wiped. Fails with `usage.invalid` while shares were made and not tried. */
  finish(): void {
    const view = ceremonyAt(this.#ports, 'shares');
    if (view === undefined) return;
    if (view.shares !== null && view.shares.combined === null) {
      throw new RecoveryError('usage.invalid', { what: 'shares', reason: 'they were not combined yet' });
    }
    this.#secrets.keepPassword(undefined);
    applyTo(this.#ports, { kind: 'shares-done' });
  }

  async #pages(
    view: CeremonyAt<'shares'>,
    split: CeremonySplit,
    folder: string,
    { onCreated, refuseLate }: WorkTools,
  ): Promise<CeremonyShares> {
    const { randomBytes, parts } = this.#ports;
    const { what, needed, custodians } = split;
    const { fingerprintHex, fingerprintWords } = view.key;
    const secret = await this.#original(view, what);
    let shares: readonly CustodianShare[] = [];
    try {
      shares = await splitSecret(secret, { needed, of: custodians.length, what, randomBytes });
      const files = await writeSharePages({
        ...{ folder, shares, custodians, fingerprintHex, fingerprintWords, onCreated },
        onBegin: (partFile) => {
          parts.begin(partFile);
        },
      });
      await checkShareFiles(files, secret);
      refuseLate();
      const pages = await Promise.all(
        files.map(async (file) => {
          const { size } = await stat(file);
          return { file, bytes: size, sha256Hex: null };
        }),
      );
      const [first] = shares;
      return {
        ...split,
        set: first === undefined ? '' : setName(first),
        pages,
        combined: null,
        failed: false,
      };
    } finally {
      wipeShares(shares);
      secret.wipe();
      parts.forgetGone();
    }
  }

  async #tried(
    view: CeremonyAt<'shares'>,
    { what, set }: CeremonyShares,
    files: readonly string[],
  ): Promise<readonly number[]> {
    const read: CustodianShare[] = [];
    try {
      for (const file of files) read.push(await readShareFile(file));
      const other = read.map(setName).find((each) => each !== set);
      if (other !== undefined) throw new RecoveryError('custodian-share.other-set', { set, otherSet: other });
      if (await this.#givesBack(view, what, read)) return read.map(({ index }) => index);
      throw new RecoveryError('custodian-share.do-not-combine');
    } catch (error) {
      if (error instanceof RecoveryError && error.code === 'custodian-share.do-not-combine') {
        applyTo(this.#ports, { kind: 'combined', indexes: read.map(({ index }) => index), passed: false });
      }
      throw error;
    } finally {
      wipeShares(read);
    }
  }

  async #givesBack(
    view: CeremonyAt<'shares'>,
    what: CeremonySplit['what'],
    shares: readonly CustodianShare[],
  ): Promise<boolean> {
    const combined = await combineShares(shares);
    try {
      const original = await this.#original(view, what);
      try {
        return combined.use((a) => original.use((b) => equalBytes(a, b)));
      } finally {
        original.wipe();
      }
    } finally {
      combined.wipe();
    }
  }

  /** What is split, for the caller to wipe: a copy of the password, or the key file as it lies on the disk. */
  async #original({ files }: CeremonyAt<'shares'>, what: CeremonySplit['what']): Promise<SecretBytes> {
    switch (what) {
      case 'file':
        return withFile(files.privateKey.file, MAX_KEY_FILE_BYTES, (content) => new SecretBytes(content));
      case 'password': {
        const { password } = this.#secrets;
        if (password === undefined) throw new Error('the password is gone before its shares were made');
        return password.use((bytes) => new SecretBytes(bytes));
      }
    }
  }

  /** The step, where shares may be made: for the first time, or anew. */
  #before(): CeremonyAt<'shares'> | undefined {
    const view = ceremonyAt(this.#ports, 'shares');
    return view !== undefined && canSplit(view) ? view : undefined;
  }
}
