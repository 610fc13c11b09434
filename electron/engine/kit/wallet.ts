import { groupBy, type NonEmpty } from '../../../shared/group-by.ts';
import type { KeyId } from '../../../shared/ids.ts';
import { algorithmOfCurve, type KeyAlgorithm } from '../../../shared/key-algorithm.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { isDeepStrictEqual } from 'node:util';
import { toHex } from '../bytes/hex.ts';
import { curveOf, type Point } from '../curve/curve.ts';
import { findDisagreement } from '../ers/agreement-check.ts';
import { summarize, type Backup, type ProvenPart } from '../ers/backup.ts';
import { joinParts } from '../ers/join-parts.ts';
import type { RsaPublicKey } from '../rsa/public-key.ts';
import type { KitFile } from './kit-file.ts';
import type { PalisadeKit } from './palisade.ts';

/** A file that was understood. */
export interface NamedKit {
  /** What people call the file: its path. */
  readonly file: string;
  /** The key id, from the folder's name or given by hand; no file carries it. */
  readonly keyId: KeyId | undefined;
  readonly kit: KitFile;
}

/** One wallet's backup for one recovery key, merged from its files. */
export interface WalletCopy {
  /** Undefined in a raw ERS file, which does not say whom it is encrypted to. */
  readonly recoveryKey: RsaPublicKey | undefined;
  readonly files: readonly string[];
  readonly backup: Backup;
}

/** One wallet, as its files describe it. */
export interface Wallet {
  readonly keyId: KeyId | undefined;
  /** Palisade wallets have a label made of two ids and a wallet key rule; raw ERS data has neither. */
  readonly convention: 'palisade' | 'none';
  /** What the kit states, else what the curve implies; undefined for a curve that wallets don't use. */
  readonly keyAlgorithm: KeyAlgorithm | undefined;
  /** False where the kit leaves the algorithm for the user to say. */
  readonly statesAlgorithm: boolean;
  /** The master and wallet public keys that the kit states outside of the ERS data. */
  readonly stated: { readonly master: Point; readonly wallet: Point } | undefined;
  /** One for each recovery key that the wallet is backed up to. */
  readonly copies: readonly [WalletCopy, ...WalletCopy[]];
}

/**
 * Sorts files into wallets and merges what belongs together: players spread over files of one recovery key.
 * Files for several recovery keys are copies of one wallet. Source: docs/kits.md, "Merging files".
 * Fails with `kit.conflict` (two different parts of one player, naming both files) and `kit.other-wallet` (files of
 * two wallets under one key id).
 */
export function sortIntoWallets(kits: readonly NamedKit[]): readonly Wallet[] {
  refuseMixedFolders(kits);
  return groupBy(kits, ({ keyId, kit }) => `${keyId ?? ''}:${kit.kind}:${masterKeyOf(kit)}`).map(makeWallet);
}

/**
 * Groups files that can contradict each other only among themselves: those of one key id, or without a key id those of
 * one master key. A contradiction in one group says nothing of the others.
 */
export function groupByWallet(kits: readonly NamedKit[]): readonly NonEmpty<NamedKit>[] {
  return groupBy(kits, ({ keyId, kit }) => keyId ?? `:${masterKeyOf(kit)}`);
}

function makeWallet(kits: NonEmpty<NamedKit>): Wallet {
  const [{ keyId, kit: first }] = kits;
  const [copy, ...copies] = groupBy(kits, ({ kit }) =>
    kit.kind === 'palisade-kit' ? kit.recoveryKey.fingerprintHex : '',
  ).map(mergeCopy);
  if (copy === undefined) throw new Error('a wallet has at least one file');
  const implied = algorithmOfCurve(summarize(copy.backup).curve);
  const wallet = { keyId, copies: [copy, ...copies] } as const;
  if (first.kind === 'ers') {
    return {
      ...wallet,
      convention: 'none',
      keyAlgorithm: implied,
      statesAlgorithm: false,
      stated: undefined,
    };
  }
  const keyAlgorithm = statedOnce(kits, 'keyAlgorithm', (kit) => kit.keyAlgorithm);
  statedOnce(kits, 'walletPublicKeyBase64', (kit) => kit.walletPublicKey.toHex());
  return {
    ...wallet,
    convention: 'palisade',
    keyAlgorithm: keyAlgorithm ?? implied,
    statesAlgorithm: keyAlgorithm !== undefined,
    stated: { master: first.masterPublicKey, wallet: first.walletPublicKey },
  };
}

/** What the kits of one wallet state in a field, where any does. Two that differ are a conflict. */
function statedOnce<Value extends string>(
  kits: NonEmpty<NamedKit>,
  field: string,
  read: (kit: PalisadeKit) => Value | undefined,
): Value | undefined {
  let known: { readonly value: Value; readonly file: string } | undefined;
  for (const { kit, file } of kits) {
    const value = kit.kind === 'palisade-kit' ? read(kit) : undefined;
    if (value === undefined) continue;
    if (known !== undefined && known.value !== value) {
      throw new RecoveryError('kit.conflict', { field, file: known.file, otherFile: file });
    }
    known ??= { value, file };
  }
  return known?.value;
}

function mergeCopy(kits: NonEmpty<NamedKit>): WalletCopy {
  const [{ kit: first }] = kits;
  return {
    recoveryKey: first.kind === 'palisade-kit' ? first.recoveryKey : undefined,
    files: kits.map(({ file }) => file),
    backup: mergeBackups(kits),
  };
}

/** Files that contradict each other are from two backups, of which only one at a time can be good. */
function mergeBackups(kits: NonEmpty<NamedKit>): Backup {
  const [{ kit: first, file: firstFile }] = kits;
  const odd = kits.find(({ kit: { backup } }) =>
    backup.kind === 'unproven' || first.backup.kind === 'unproven'
      ? !isDeepStrictEqual(backup, first.backup)
      : false,
  );
  if (odd !== undefined) throw new RecoveryError('kit.conflict', { file: firstFile, otherFile: odd.file });
  return first.backup.kind === 'unproven' ? first.backup : mergeParts(kits);
}

function mergeParts(kits: NonEmpty<NamedKit>): Backup {
  const seen = new Map<number, { readonly part: ProvenPart; readonly file: string }>();
  for (const { kit, file } of kits) {
    if (kit.backup.kind === 'unproven') continue;
    for (const part of kit.backup.parts) {
      const known = seen.get(part.playerIndex);
      if (known !== undefined && !isDeepStrictEqual(known.part, part)) {
        throw new RecoveryError('kit.conflict', {
          player: part.playerIndex,
          file: known.file,
          otherFile: file,
        });
      }
      seen.set(part.playerIndex, { part, file });
    }
  }
  const merged = joinParts([...seen.values()].map(({ part }) => part));
  const differing = findDisagreement(merged.parts);
  if (differing !== undefined) {
    const [file, otherFile] = [merged.parts[0]?.playerIndex ?? 0, differing.player].map(
      (player) => seen.get(player)?.file ?? '',
    );
    // Within one file a disagreement is for validation to find.
    if (file !== otherFile)
      throw new RecoveryError('kit.conflict', { ...differing, file: file ?? '', otherFile: otherFile ?? '' });
  }
  return merged;
}

function refuseMixedFolders(kits: readonly NamedKit[]): void {
  const byKeyId = new Map<KeyId, NamedKit>();
  for (const named of kits) {
    if (named.keyId === undefined) continue;
    const first = byKeyId.get(named.keyId);
    if (first !== undefined && masterKeyOf(first.kit) !== masterKeyOf(named.kit)) {
      throw new RecoveryError('kit.other-wallet', {
        keyId: named.keyId,
        file: first.file,
        otherFile: named.file,
      });
    }
    byKeyId.set(named.keyId, first ?? named);
  }
}

function masterKeyOf(kit: KitFile): string {
  if (kit.kind === 'palisade-kit') return kit.masterPublicKey.toHex();
  const { curve, publicKey } = summarize(kit.backup);
  return curveOf(curve).decodePoint(publicKey)?.toHex() ?? toHex(publicKey);
}
