import type { CurveName } from '../../../shared/curve-name.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { curveOf, decodeScalar, type Curve, type Point } from '../curve/curve.ts';
import { summarize, type Backup, type ProvenPart, type SharingType, type UnprovenPart } from './backup.ts';

/** What recovering one player's share takes: all but one of the values that fix its polynomial. */
export interface ShareSource {
  readonly player: number;
  /** The share times G. */
  readonly commitment: Point;
  /** The opened values of the player's polynomial, by x-coordinate. */
  readonly openedValues: ReadonlyMap<number, bigint>;
  /** Ciphertexts of further values, by x-coordinate. */
  readonly ciphertexts: ReadonlyMap<number, Uint8Array>;
}

/** A backup of any version, as recovery sees it. */
export interface RecoverySource {
  readonly curve: Curve;
  readonly sharing: SharingType;
  /** `threshold + 1` shares make the key. */
  readonly threshold: number;
  readonly publicKey: Point;
  /** One player's data each, read when asked for: what can't be read of one player is no matter to the others. */
  readonly shares: readonly { readonly player: number; readonly read: () => ShareSource }[];
}

/**
 * Reads out of a backup what recovery takes, so that past this point the versions no longer differ.
 * Fails with `proof.encoding-rejected`, naming player and field, on a point or scalar that can't be read; so does
 * reading a share.
 */
export function recoverySourceOf(backup: Backup): RecoverySource {
  const { curve: name, sharing, threshold, publicKey } = summarize(backup);
  const shares =
    backup.kind === 'unproven'
      ? backup.parts.map((part) => ({ player: part.playerIndex, read: () => unprovenShare(part, name) }))
      : backup.parts.map((part) => ({ player: part.playerIndex, read: () => provenShare(part) }));
  return {
    curve: curveOf(name),
    sharing,
    threshold,
    publicKey: readPoint(name, publicKey, { field: 'public_key' }),
    shares,
  };
}

function unprovenShare(part: UnprovenPart, curve: CurveName): ShareSource {
  const { playerIndex: player } = part;
  return {
    player,
    commitment: readPoint(curve, part.commitment, { player, field: 'commitment' }),
    openedValues: readScalars(curve, part.values, { player, field: 'values' }),
    ciphertexts: part.encryptedValues,
  };
}

function provenShare(part: ProvenPart): ShareSource {
  const { playerIndex: player, curve, openedIndices } = part;
  const none = new Uint8Array();
  const opened = openedIndices.map((index, i) => [index + 1, part.openedValues[i] ?? none] as const);
  const ciphertexts = part.ciphertexts.map((bytes, index) => [index + 1, bytes] as const);
  return {
    player,
    commitment: readPoint(curve, part.shareCommitments.get(player) ?? none, {
      player,
      field: 'key_share_commitments',
    }),
    openedValues: readScalars(curve, new Map(opened), { player, field: 'vs' }),
    ciphertexts: new Map(ciphertexts.filter(([x]) => !openedIndices.includes(x - 1))),
  };
}

function readPoint(curve: CurveName, bytes: Uint8Array, where: Record<string, string | number>): Point {
  const point = curveOf(curve).decodePoint(bytes);
  if (point === undefined) throw new RecoveryError('proof.encoding-rejected', where);
  return point;
}

function readScalars(
  curve: CurveName,
  values: ReadonlyMap<number, Uint8Array>,
  where: Record<string, string | number>,
): ReadonlyMap<number, bigint> {
  return new Map(
    [...values].map(([x, bytes]) => {
      const value = decodeScalar(curveOf(curve), bytes);
      if (value === undefined) throw new RecoveryError('proof.encoding-rejected', { ...where, index: x - 1 });
      return [x, value];
    }),
  );
}
