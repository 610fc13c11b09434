import type { KeyId } from '../../shared/ids.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import { settle, type Result } from '../../shared/result.ts';
import type { FileDigest } from '../../shared/session-state.ts';
import type { Warning } from '../../shared/warning.ts';
import { readKitFile } from '../engine/kit/kit-file.ts';
import { isStranger, sortKits, type LoadFault } from '../engine/kit/sort-kits.ts';
import { sortIntoWallets, type NamedKit, type Wallet } from '../engine/kit/wallet.ts';
import { digestOf } from '../files/digest.ts';
import { discover, type FoundFile } from '../files/discover.ts';
import { MAX_FILE_BYTES } from '../files/read-capped.ts';
import { withFile } from '../files/with-file.ts';

/** What the files that belong together hold. */
export interface LoadedGroup {
  readonly wallets: readonly Wallet[];
  /** Files that should be kits and are not good, and wallets whose files contradict each other. */
  readonly faults: readonly LoadFault[];
  /** Files of a folder that are something else. */
  readonly ignored: readonly string[];
  readonly warnings: readonly Warning[];
}

/**
 * Reads all wallets below the paths, a folder at a time, so that a bucket never has to fit in memory.
 * Fails with `file.not-found`, `file.unreadable`, `folder.too-many-files` and `folder.no-kits`; what is wrong with one
 * file or wallet is a value in its group.
 * @param paths files, wallet folders or whole buckets
 * @param onPassedOver told of each link, pipe and folder too deep that was not looked into
 * @param isMeant chooses among the files; those of one folder have to be chosen alike
 */
export async function* loadWallets(
  paths: readonly string[],
  onPassedOver?: (path: string) => void,
  isMeant: (file: FoundFile) => boolean = () => true,
): AsyncGenerator<LoadedGroup> {
  let empty = true;
  for await (const found of discover(paths, onPassedOver)) {
    const meant = found.filter(isMeant);
    const group = await loadGroup(meant);
    // A part that happens to have no wallet is no mistake.
    empty &&= group.wallets.length === 0 && group.faults.length === 0 && meant.length === found.length;
    yield group;
  }
  if (empty) throw new RecoveryError('folder.no-kits', { folder: paths.join(', ') });
}

/**
 * Reads the one wallet that is meant, wherever below the paths its files lie.
 * Fails with the first fault of its files when no file is good, with `key-id.ambiguous` when there are several
 * wallets and with `key-id.not-found` when there is none of this key id.
 * @param paths files, wallet folders or whole buckets
 * @param keyId given by hand; it also names files that lie in no folder of that name
 */
export async function loadOneWallet(
  paths: readonly string[],
  keyId: KeyId | undefined,
): Promise<LoadedWallet> {
  const kits: ReadKit[] = [];
  const warnings: Warning[] = [];
  const faults: LoadFault[] = [];
  for await (const found of discover(paths)) {
    const group = await readKits(found.filter((file) => isMeant(file, keyId)));
    faults.push(...group.faults);
    for (const kit of group.kits) {
      if (keyId !== undefined && kit.keyId !== undefined && kit.keyId !== keyId) {
        warnings.push({ code: 'key-id.folder-differs', details: { folder: kit.keyId, keyId } });
      }
      kits.push({ ...kit, keyId: keyId ?? kit.keyId });
    }
  }
  const [wallet, ...others] = sortIntoWallets(kits);
  const [first] = faults;
  if (wallet === undefined) {
    if (first !== undefined) throw new RecoveryError(first.fault.code, first.fault.details);
    throw keyId === undefined
      ? new RecoveryError('folder.no-kits', { folder: paths.join(', ') })
      : new RecoveryError('key-id.not-found', { keyId });
  }
  if (others.length > 0) throw new RecoveryError('key-id.ambiguous', { wallets: others.length + 1 });
  // Any one whole file is enough, so a bad one beside it is worth a word and no more.
  const leftOut = faults.flatMap(({ files, fault }) =>
    files.map((file): Warning => ({ code: 'file.left-out', details: { file, because: fault.code } })),
  );
  return { wallet, warnings: [...warnings, ...leftOut], kits };
}

/** One wallet, and the files that it was read from. */
export interface LoadedWallet {
  readonly wallet: Wallet;
  readonly warnings: readonly Warning[];
  readonly kits: readonly ReadKit[];
}

/** A kit, and what tells its file from others. */
export interface ReadKit extends NamedKit {
  readonly digest: FileDigest;
}

/** What the files below some paths say, before they are sorted into wallets. */
export interface LoadedKits {
  readonly kits: readonly ReadKit[];
  readonly faults: readonly LoadFault[];
  readonly ignored: readonly string[];
}

/**
 * Reads all kits below the paths, a folder at a time, without sorting them into wallets.
 * Fails with `file.not-found`, `file.unreadable`, `folder.too-many-files`.
 * @param paths files, wallet folders or whole buckets
 */
export async function* loadKits(paths: readonly string[]): AsyncGenerator<LoadedKits> {
  for await (const found of discover(paths)) yield await readKits(found);
}

/** What one file says, or what is wrong with it, naming the file. */
function readKit(file: string): Promise<Result<Pick<ReadKit, 'kit' | 'digest'>>> {
  return settle(() =>
    withFile(file, MAX_FILE_BYTES, (content) => ({ kit: readKitFile(content), digest: digestOf(content) })),
  );
}

/** A key id given by hand picks a wallet out of a bucket; what the user pointed at by itself is always meant. */
function isMeant(file: FoundFile, keyId: KeyId | undefined): boolean {
  return keyId === undefined || file.keyId === undefined || file.keyId === keyId || file.pointedAt;
}

async function loadGroup(found: readonly FoundFile[]): Promise<LoadedGroup> {
  const { kits, faults, ignored } = await readKits(found);
  const { wallets, contradictions } = sortKits(kits);
  return { wallets, faults: [...faults, ...contradictions], ignored, warnings: [] };
}

async function readKits(found: readonly FoundFile[]): Promise<LoadedKits> {
  const kits: ReadKit[] = [];
  const faults: LoadFault[] = [];
  const ignored: string[] = [];
  for (const { file, keyId, mustBeKit } of found) {
    const result = await readKit(file);
    if (result.ok) kits.push({ file, keyId, ...result.value });
    else if (isStranger(mustBeKit, result.fault)) ignored.push(file);
    else faults.push({ files: [file], keyId, fault: result.fault });
  }
  return { kits, faults, ignored };
}
