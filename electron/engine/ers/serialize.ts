import { toBase64 } from '../bytes/base64.ts';
import type { JsonValue } from '../bytes/json.ts';
import type { ProvenBackup, ProvenPart } from './backup.ts';

/** Writes a version 3 backup as its JSON, which `parseErs` reads back the same. Source: docs/ers.md, "Version 3". */
export function serializeBackup(backup: ProvenBackup): JsonValue {
  return { version: backup.version, recovery_data: backup.parts.map(serializePart) };
}

/** Writes one player's part of a version 3 backup as its JSON. */
export function serializePart(part: ProvenPart): JsonValue {
  return {
    version: part.version,
    player_index: part.playerIndex,
    threshold: part.threshold,
    sharing_type: part.sharing,
    curve: part.curve,
    public_key: toBase64(part.publicKey),
    es: part.ciphertexts.map(toBase64),
    ys: part.valuePoints.map(toBase64),
    vs: part.openedValues.map(toBase64),
    rs: part.openedSeeds.map(toBase64),
    key_share_commitments: Object.fromEntries(
      [...part.shareCommitments].map(([player, point]) => [String(player), toBase64(point)]),
    ),
    combination: part.openedIndices,
    nonce: toBase64(part.nonce),
    aux_data_public: toBase64(part.auxPublic),
    aux_data_private_encrypted: toBase64(part.auxPrivateEncrypted),
    aux_data_wrapped_encryption_key: toBase64(part.auxWrappedKey),
  };
}
