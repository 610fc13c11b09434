import { RecoveryError } from '../../shared/recovery-error.ts';
import type { KeyFileView, RecoveredView } from '../../shared/session-state.ts';
import type { RandomBytes } from '../engine/bytes/random.ts';
import { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import type { ExportKey } from '../engine/encode/export-key.ts';
import type { DerivationPath } from '../engine/derive/path.ts';
import { describeKeyFile } from '../engine/rsa/describe-key-file.ts';
import { readRsaPrivateKey } from '../engine/rsa/private-key.ts';
import { MAX_KEY_FILE_BYTES } from '../engine/rsa/key-file.ts';
import type { RsaPublicKey } from '../engine/rsa/public-key.ts';
import { withFile } from '../files/with-file.ts';
import type { ProofPool } from '../proof-pool/pool.ts';
import { expectedAddressOf } from '../record/register-fields.ts';
import type { KnownWallet } from './inventory.ts';
import { recoveredViewOf } from './recovered-view.ts';
import { fileRecoveryKey, tellingOfDecryptions, type RecoveryKey } from './recovery-key.ts';
import { exportKeyOf, keyAt, recoverWallet, wipeRecovered, type RecoveredWallet } from './recover-wallet.ts';
import { copyFor } from './unlock.ts';

/** Work whose secrets were wiped before it was done; nobody waits for it any more. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}

/** How far a recovery gets. */
export interface RecoveryProgress {
  readonly onShare: (player: number) => void;
  /** One decryption begins; in a token each takes its time. */
  readonly onDecryption: () => void;
}

/** The only owner of a session's secrets: the recovery key, the rebuilt key. What leaves it is public. */
export class KeyHolder {
  readonly #ports: { readonly randomBytes: RandomBytes; readonly proofs: ProofPool };
  #keyFile: string | undefined;
  #recoveryKey: RecoveryKey | undefined;
  #recovered: RecoveredWallet | undefined;
  readonly #lent = new Set<ExportKey>();
  /** Counts the wipes, so that work that was under way during one can be told. */
  #wipes = 0;

  constructor(ports: { readonly randomBytes: RandomBytes; readonly proofs: ProofPool }) {
    this.#ports = ports;
  }

  /** Looks at a key file, without opening it. Fails with what reading it and `describeKeyFile` fail with. */
  async choose(file: string): Promise<KeyFileView> {
    const wipes = this.#wipes;
    this.#keyFile = undefined;
    const view = await withFile(file, MAX_KEY_FILE_BYTES, (content) => {
      const { kind, encrypted } = describeKeyFile(content);
      // An old PKE1 file looks like nothing, and only a password tells.
      return { file, kind, needsPassword: encrypted || kind === 'unknown-binary' };
    });
    if (wipes !== this.#wipes) throw new Superseded();
    this.#keyFile = file;
    return view;
  }

  /**
   * Opens the chosen key file and compares it with the wallet's recovery keys.
   * Fails with what `readRsaPrivateKey` and `copyFor` fail with.
   * @param known the wallet; undefined for a bucket, of which each wallet is compared when its turn comes
   */
  async open(known: KnownWallet | undefined, password: SecretBytes | undefined): Promise<RsaPublicKey> {
    if (this.#keyFile === undefined) throw new RecoveryError('file.not-found');
    const wipes = this.#wipes;
    const key = await withFile(this.#keyFile, MAX_KEY_FILE_BYTES, (content) =>
      readRsaPrivateKey(content, password),
    );
    if (known !== undefined) copyFor(known.wallet, key.publicKey);
    if (wipes !== this.#wipes) throw new Superseded();
    this.#recoveryKey = fileRecoveryKey(key);
    return key.publicKey;
  }

  /** Takes a recovery key that was opened elsewhere, in a token. Fails with what `copyFor` fails with. */
  take(known: KnownWallet | undefined, key: RecoveryKey): void {
    if (known !== undefined) copyFor(known.wallet, key.publicKey);
    this.#recoveryKey = key;
  }

  /** Rebuilds the wallet's key. Fails with what `recoverWallet` fails with, and with why a backup was refused. */
  async recover(known: KnownWallet, progress: RecoveryProgress): Promise<RecoveredView> {
    const { wallet, label, said, row } = known;
    if (this.#recoveryKey === undefined) throw new RecoveryError('rsa-key.not-understood');
    const wipes = this.#wipes;
    const recovery = await recoverWallet(wallet, {
      ...this.#ports,
      recoveryKey: tellingOfDecryptions(this.#recoveryKey, progress.onDecryption),
      label,
      path: undefined,
      keyAlgorithm: said.keyAlgorithm ?? row?.keyAlgorithm,
      expectedAddress: expectedAddressOf(row),
      chainCodeIsSeed: false,
      onCheck: () => undefined,
      onShare: progress.onShare,
    });
    if (recovery.kind === 'refused') throw new RecoveryError(recovery.fault.code, recovery.fault.details);
    if (wipes !== this.#wipes) {
      wipeRecovered(recovery);
      throw new Superseded();
    }
    if (this.#recovered !== undefined) wipeRecovered(this.#recovered);
    this.#recovered = recovery;
    return recoveredViewOf(recovery, expectedAddressOf(row));
  }

  /** The public side of the key at another path below the master key. Fails with what `keyAt` fails with. */
  deriveAt(path: DerivationPath, { row }: KnownWallet): RecoveredView {
    if (this.#recovered === undefined)
      throw new RecoveryError('path.malformed', { reason: 'nothing recovered' });
    const moved = keyAt(this.#recovered, path, expectedAddressOf(row));
    this.#recovered.key.privateKey.wipe();
    this.#recovered = moved;
    return recoveredViewOf(moved, expectedAddressOf(row));
  }

  /** The opened recovery key, for work of the session itself; it stays this holder's to close. */
  get recoveryKey(): RecoveryKey | undefined {
    return this.#recoveryKey;
  }

  /** Whether anything is held that has to be wiped. */
  get holdsSecrets(): boolean {
    return this.#recovered !== undefined || this.#recoveryKey !== undefined || this.#lent.size > 0;
  }

  /** Path of the recovery key's file, where it is one. */
  get keyFile(): string | undefined {
    return this.#keyFile;
  }

  /**
   * Lends the rebuilt key to work that gives it out: a copy, wiped when the work is done or when all secrets are.
   * Fails with what the work fails with.
   */
  async lend<Value>(work: (key: ExportKey) => Promise<Value>): Promise<Value> {
    if (this.#recovered === undefined) throw new Superseded();
    const wipes = this.#wipes;
    const copy = copyOf(exportKeyOf(this.#recovered));
    this.#lent.add(copy);
    try {
      return await work(copy);
    } catch (error) {
      // Work whose secrets were wiped under it fails in its own way; that is no bug.
      throw wipes === this.#wipes ? error : new Superseded();
    } finally {
      this.#lent.delete(copy);
      wipeKey(copy);
    }
  }

  /** Wipes every secret, and forgets the key file that was chosen. */
  wipe(): void {
    this.#wipes++;
    this.#keyFile = undefined;
    if (this.#recovered !== undefined) wipeRecovered(this.#recovered);
    this.#recovered = undefined;
    void this.#recoveryKey?.close();
    this.#recoveryKey = undefined;
    for (const key of this.#lent) wipeKey(key);
    this.#lent.clear();
  }
}

function copyOf({ curve, publicKey, privateKey, master }: ExportKey): ExportKey {
  return {
    curve,
    publicKey,
    privateKey: copySecret(privateKey),
    master: {
      publicKey: master.publicKey,
      privateKey: copySecret(master.privateKey),
      chainCode: master.chainCode === undefined ? undefined : copySecret(master.chainCode),
    },
  };
}

function copySecret(secret: SecretBytes): SecretBytes {
  return secret.use((bytes) => new SecretBytes(bytes));
}

function wipeKey({ privateKey, master }: ExportKey): void {
  privateKey.wipe();
  master.privateKey.wipe();
  master.chainCode?.wipe();
}
