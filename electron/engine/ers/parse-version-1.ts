import { RecoveryError } from '../../../shared/recovery-error.ts';
import type { Fields } from '../bytes/fields.ts';
import { parseSpkiPoint } from '../curve/public-key.ts';
import { CIPHERTEXTS, SHARING_TYPES, type SharingType, type UnprovenBackup } from './backup.ts';

/**
 * Reads version 1 data, whose fields stand in one flat object. Source: docs/ers.md, "Version 1".
 * Fails with `ers.malformed`, `text.malformed`, `backup.unsupported`.
 */
export function parseVersion1(root: Fields): UnprovenBackup {
  const spki = parseSpkiPoint(root.bytes('public_key'));
  if (spki === undefined) throw new RecoveryError('ers.malformed', { field: 'public_key' });
  const sharing = root.oneOf('sharing_type', SHARING_TYPES);
  const parts = root.objects('key_parts').map((part, playerIndex) => ({
    playerIndex,
    commitment: part.bytes('commitment'),
    values: part.byteStringsByNumber('values', CIPHERTEXTS),
    encryptedValues: part.byteStringsByNumber('encrypted_values', CIPHERTEXTS),
  }));
  if (parts.length === 0) throw new RecoveryError('ers.malformed', { field: 'key_parts' });
  const stated = root.has('threshold') ? root.count('threshold', parts.length) : 0;
  return {
    kind: 'unproven',
    version: '1.0.0',
    curve: spki.curve.name,
    sharing,
    threshold: stated === 0 ? usualThreshold(sharing, parts.length) : stated,
    publicKey: spki.point,
    parts,
    chainCodeEncrypted: root.bytesOrNone('master_chain_code'),
    chainCodeWrappedKey: root.bytesOrNone('master_chain_code_key'),
  };
}

/** What a missing threshold means. */
function usualThreshold(sharing: SharingType, players: number): number {
  if (sharing !== 'shamir') return players - 1;
  return players === 2 ? 1 : Math.floor((players - 1) / 2);
}
