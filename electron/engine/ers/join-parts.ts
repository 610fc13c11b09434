import { isDeepStrictEqual } from 'node:util';

import { RecoveryError } from '../../../shared/recovery-error.ts';
import type { ProvenBackup, ProvenPart } from './backup.ts';

/**
 * Makes one backup of players' parts, ascending by player. An identical part given twice counts once.
 * Fails with `ers.player-conflict` on two different parts of one player, with `ers.malformed` on no part at all.
 */
export function joinParts(parts: readonly ProvenPart[]): ProvenBackup {
  const byPlayer = new Map<number, ProvenPart>();
  for (const part of parts) {
    const known = byPlayer.get(part.playerIndex);
    if (known !== undefined && !isDeepStrictEqual(known, part)) {
      throw new RecoveryError('ers.player-conflict', { player: part.playerIndex });
    }
    byPlayer.set(part.playerIndex, part);
  }
  const joined = [...byPlayer.values()].sort((a, b) => a.playerIndex - b.playerIndex);
  const [first] = joined;
  if (first === undefined) throw new RecoveryError('ers.malformed', { field: 'recovery_data' });
  return { kind: 'proven', version: first.version, parts: joined };
}
