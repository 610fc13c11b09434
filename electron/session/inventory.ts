import { randomUUID } from 'node:crypto';

import type { RequestOf } from '../../shared/contract.ts';
import { parseKeyId, parseQuorumId } from '../../shared/ids.ts';
import { RecoveryError, type Fault } from '../../shared/recovery-error.ts';
import { parseLabel } from '../engine/kit/label.ts';
import type { RegisterRow } from '../../shared/register.ts';
import { settle } from '../../shared/result.ts';
import type { FileView, WalletRef, WalletView } from '../../shared/session-state.ts';
import type { Warning } from '../../shared/warning.ts';
import { groupByWallet, sortIntoWallets, type NamedKit, type Wallet } from '../engine/kit/wallet.ts';
import { registerWarnings } from '../record/environments.ts';
import type { Register } from '../record/register.ts';
import { inspectFile } from './inspect-file.ts';
import { labelOf, type Label } from './label.ts';
import { loadKits } from './load-wallets.ts';
import { NOTHING_SAID, viewOf, type Description } from './wallet-view.ts';

/** A wallet with all that is known of it. */
export interface KnownWallet {
  readonly ref: WalletRef;
  readonly wallet: Wallet;
  readonly said: Description;
  readonly label: Label;
  readonly row: RegisterRow | undefined;
}

/** All files, wallets and the register that were added to a session. Holds no secret. */
export class Inventory {
  readonly #kits = new Map<string, NamedKit>();
  readonly #files = new Map<string, FileView>();
  readonly #said = new Map<WalletRef, Description>();
  /** Wallets keep their names while files are added to them. */
  readonly #refs = new Map<string, WalletRef>();
  #wallets: ReadonlyMap<WalletRef, Wallet> = new Map();
  #register: { readonly file: string; readonly rows: Register; readonly named: boolean } | undefined;

  get files(): readonly FileView[] {
    return [...this.#files.values()];
  }

  get views(): readonly WalletView[] {
    return [...this.#wallets.keys()].map((ref) => this.view(ref));
  }

  /** Path of the register, once one was added. */
  get registerFile(): string | null {
    return this.#register?.file ?? null;
  }

  /** What is worth saying of the register. */
  get registerWarnings(): readonly Warning[] {
    return this.#register === undefined ? [] : registerWarnings(this.#register.rows);
  }

  /**
   * Looks into files, folders or buckets. Further files of a known wallet join it; a register speaks for all wallets,
   * the last one that was read, unless the user named another one by itself: a bucket may come with anything in it.
   * What is wrong with one file is told in `files`.
   * Fails with `file.not-found`, `file.unreadable`, `folder.too-many-files`.
   */
  async add(paths: readonly string[]): Promise<void> {
    for await (const { kits, faults, ignored } of loadKits(paths)) {
      for (const kit of kits) {
        this.#kits.set(kit.file, kit);
        this.#files.set(kit.file, { file: kit.file, kind: 'kit', fault: null, digest: kit.digest });
      }
      for (const { files, fault } of faults)
        for (const file of files) await this.#addOther(file, fault, paths.includes(file));
      for (const file of ignored) await this.#addOther(file, null, paths.includes(file));
    }
    await this.#sort();
  }

  /** Takes what the user says of a wallet. Fails with `id.malformed`, `label.malformed`. */
  describe({ wallet, keyId, quorumId, keyAlgorithm, label }: RequestOf<'wallet.describe'>): WalletView {
    this.#said.set(wallet, {
      keyId: keyId === null ? undefined : parseKeyId(keyId),
      quorumId: quorumId === null ? undefined : parseQuorumId(quorumId),
      keyAlgorithm: keyAlgorithm ?? undefined,
      label: label === null ? undefined : parseLabel(label.encoding, label.text),
    });
    return this.view(wallet);
  }

  /** A wallet with its label and its row of the register. Fails with `key-id.not-found` when there is none. */
  known(ref: WalletRef): KnownWallet {
    const wallet = this.#wallets.get(ref);
    if (wallet === undefined) throw new RecoveryError('key-id.not-found');
    const said = this.#said.get(ref) ?? NOTHING_SAID;
    const label = labelOf(wallet, { ...said, register: this.#register?.rows });
    const row = label.keyId === undefined ? undefined : this.#register?.rows.get(label.keyId);
    return { ref, wallet, said, label, row };
  }

  /** A wallet as the page may see it, not yet verified. */
  view(ref: WalletRef): WalletView {
    const { wallet, label, said, row } = this.known(ref);
    return viewOf(ref, wallet, label, said.keyAlgorithm ?? row?.keyAlgorithm, row);
  }

  /** A file that is no kit may be the register. */
  async #addOther(file: string, kitFault: Fault | null, named: boolean): Promise<void> {
    const inspected = await inspectFile(file);
    if (inspected.kind === 'register') {
      if (named || this.#register?.named !== true) this.#register = { file, rows: inspected.register, named };
      this.#files.set(file, { file, kind: 'register', fault: null, digest: inspected.digest });
      return;
    }
    const badRegister = inspected.kind === 'fault' && inspected.fault.code === 'register.malformed';
    const fault = badRegister ? inspected.fault : kitFault;
    this.#files.set(file, { file, kind: fault === null ? 'other' : 'fault', fault, digest: null });
  }

  /** Each key id by itself, so that a contradiction in one folder leaves the other wallets alone. */
  async #sort(): Promise<void> {
    const wallets = new Map<WalletRef, Wallet>();
    for (const kits of groupByWallet([...this.#kits.values()])) {
      const sorted = await settle(() => sortIntoWallets(kits));
      if (sorted.ok) {
        for (const wallet of sorted.value) wallets.set(this.#refOf(wallet), wallet);
      } else {
        for (const { file } of kits)
          this.#files.set(file, { file, kind: 'fault', fault: sorted.fault, digest: null });
      }
    }
    this.#wallets = wallets;
  }

  #refOf(wallet: Wallet): WalletRef {
    const name = `${wallet.keyId ?? ''}:${wallet.copies[0].files[0] ?? ''}`;
    const ref = this.#refs.get(name) ?? (randomUUID() as string as WalletRef);
    this.#refs.set(name, ref);
    return ref;
  }
}
