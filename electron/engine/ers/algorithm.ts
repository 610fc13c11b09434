import { isJsonObject, parseJson } from '../bytes/json.ts';
import type { Backup } from './backup.ts';

/**
 * The signing algorithm that a backup names, like `ECDSA`, `EdDSA` or `BIP-340`. Undefined when it names none that
 * can be read. Source: docs/ers.md, "Version 3".
 */
export function algorithmOf(backup: Backup): string | undefined {
  const auxPublic = backup.kind === 'proven' ? backup.parts[0]?.auxPublic : undefined;
  if (auxPublic === undefined) return undefined;
  try {
    const value = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(auxPublic));
    const algorithm = isJsonObject(value) ? value['algorithm'] : undefined;
    return typeof algorithm === 'string' ? algorithm : undefined;
  } catch {
    return undefined;
  }
}
