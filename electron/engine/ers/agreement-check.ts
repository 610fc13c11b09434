import { equalBytes } from '../bytes/compare.ts';
import type { ProvenPart } from './backup.ts';

/** A field in which a player's part differs from the first part. */
export interface Disagreement {
  readonly player: number;
  readonly field: string;
}

const FIELDS: readonly (readonly [string, (a: ProvenPart, b: ProvenPart) => boolean])[] = [
  ['version', (a, b) => a.version === b.version],
  ['player_count', (a, b) => a.playerCount === b.playerCount],
  ['threshold', (a, b) => a.threshold === b.threshold],
  ['sharing_type', (a, b) => a.sharing === b.sharing],
  ['curve', (a, b) => a.curve === b.curve],
  ['public_key', (a, b) => equalBytes(a.publicKey, b.publicKey)],
  ['key_share_commitments', (a, b) => equalCommitments(a.shareCommitments, b.shareCommitments)],
  ['nonce', (a, b) => equalBytes(a.nonce, b.nonce)],
  ['aux_data_public', (a, b) => equalBytes(a.auxPublic, b.auxPublic)],
  ['aux_data_private_encrypted', (a, b) => equalBytes(a.auxPrivateEncrypted, b.auxPrivateEncrypted)],
  ['aux_data_wrapped_encryption_key', (a, b) => equalBytes(a.auxWrappedKey, b.auxWrappedKey)],
];

/**
 * The first field in which a part differs from the first part, or undefined when all agree.
 * Source: docs/ers.md, "Validation".
 */
export function findDisagreement(parts: readonly ProvenPart[]): Disagreement | undefined {
  const [first, ...others] = parts;
  if (first === undefined) return undefined;
  for (const part of others) {
    const differing = FIELDS.find(([, same]) => !same(first, part));
    if (differing !== undefined) return { player: part.playerIndex, field: differing[0] };
  }
  return undefined;
}

function equalCommitments(a: ReadonlyMap<number, Uint8Array>, b: ReadonlyMap<number, Uint8Array>): boolean {
  return (
    a.size === b.size &&
    [...a].every(([player, point]) => {
      const other = b.get(player);
      return other !== undefined && equalBytes(point, other);
    })
  );
}
