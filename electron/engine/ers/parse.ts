import { isCurveName, type CurveName } from '../../../shared/curve-name.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { Fields } from '../bytes/fields.ts';
import { isJsonObject, type JsonValue } from '../bytes/json.ts';
import { CIPHERTEXTS, SHARING_TYPES, type Backup, type ProvenPart } from './backup.ts';
import { joinParts } from './join-parts.ts';
import { parseVersion1 } from './parse-version-1.ts';

/** The most players that are taken for real; quorums in use have two to seven. */
const MAX_PLAYERS = 255;

/** How much of a name that is not known is repeated in an error. */
const MAX_SHOWN = 24;

/** Says by its shape whether a JSON value is ERS data of some version, or one player's part of it. */
export function looksLikeErs(value: JsonValue): boolean {
  return (
    isJsonObject(value) &&
    ['recovery_data', 'key_parts', 'player_index'].some((key) => Object.hasOwn(value, key))
  );
}

/**
 * Reads ERS data of version 1, 2 or 3, or one bare part of version 2 or 3; nothing is checked but its form.
 * An identical part given twice counts once. Source: docs/ers.md, "Version 1" to "Version 3".
 * Fails with `ers.malformed` (naming player and field), `ers.player-conflict`, `backup.unsupported`,
 * `text.malformed`.
 */
export function parseErs(value: JsonValue): Backup {
  if (!isJsonObject(value)) throw new RecoveryError('ers.malformed', { field: 'root' });
  const root = new Fields(value, 'ers.malformed');
  if (root.has('recovery_data')) {
    const version = readVersion(root);
    return joinParts(root.objects('recovery_data').map((part) => parsePart(part, version)));
  }
  if (root.has('player_index')) return joinParts([parsePart(root, readVersion(root))]);
  if (!root.has('key_parts')) throw new RecoveryError('ers.malformed', { field: 'recovery_data' });
  const version = root.text('version');
  if (version !== '1.0.0' || root.objects('key_parts').some((part) => part.has('data')))
    throw new RecoveryError('backup.unsupported', { looksLike: 'a Vaultody or CryptoAPIs backup' });
  return parseVersion1(root);
}

function readVersion(root: Fields): '2' | '3' {
  const version = root.text('version');
  if (version === '2' || version === '3') return version;
  throw new RecoveryError('backup.unsupported', { field: 'version', found: version.slice(0, MAX_SHOWN) });
}

function parsePart(part: Fields, version: '2' | '3'): ProvenPart {
  const playerIndex = part.count('player_index', MAX_PLAYERS);
  try {
    if (part.text('version') !== version) throw new RecoveryError('ers.malformed', { field: 'version' });
    return {
      version,
      playerIndex,
      playerCount: version === '2' ? part.count('player_count', MAX_PLAYERS) : undefined,
      threshold: part.count('threshold', MAX_PLAYERS),
      sharing: part.oneOf('sharing_type', SHARING_TYPES),
      curve: readCurve(part),
      publicKey: part.bytes('public_key'),
      ciphertexts: part.byteStrings('es'),
      valuePoints: part.byteStrings('ys'),
      openedIndices: part.counts('combination', CIPHERTEXTS),
      openedValues: part.byteStrings('vs'),
      openedSeeds: part.byteStrings('rs'),
      shareCommitments: readCommitments(part, version),
      nonce: part.bytesOrNone('nonce'),
      auxPublic: part.bytesOrNone('aux_data_public'),
      auxPrivateEncrypted: part.bytesOrNone('aux_data_private_encrypted'),
      auxWrappedKey: part.bytesOrNone('aux_data_wrapped_encryption_key'),
    };
  } catch (error) {
    if (error instanceof RecoveryError) throw error.within({ player: playerIndex });
    throw error;
  }
}

function readCurve(part: Fields): CurveName {
  const name = part.text('curve');
  if (isCurveName(name)) return name;
  throw new RecoveryError('backup.unsupported', { field: 'curve', found: name.slice(0, MAX_SHOWN) });
}

function readCommitments(part: Fields, version: '2' | '3'): ReadonlyMap<number, Uint8Array> {
  return version === '2'
    ? new Map(part.byteStrings('key_share_commitments').entries())
    : part.byteStringsByNumber('key_share_commitments', MAX_PLAYERS);
}
