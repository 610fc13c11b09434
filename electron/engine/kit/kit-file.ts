import { RecoveryError } from '../../../shared/recovery-error.ts';
import { decodeBase64, isBase64 } from '../bytes/base64.ts';
import { isJsonObject, parseJson, type JsonValue } from '../bytes/json.ts';
import type { Backup } from '../ers/backup.ts';
import { looksLikeErs, parseErs } from '../ers/parse.ts';
import { looksLike } from './looks-like.ts';
import { looksLikePalisadeKit, parsePalisadeKit, type PalisadeKit } from './palisade.ts';

/** ERS data in a file of its own, as Builder Vault and Institutional Vault write it. */
export interface ErsFile {
  readonly kind: 'ers';
  readonly backup: Backup;
}

/** What a file with wallet shares says. */
export type KitFile = PalisadeKit | ErsFile;

/** Base64 of `{`, with which every encoded kit starts: `ey` before a quote or a blank, `ew` before a line break. */
const ENCODED_OBJECT = /^e[wy][A-Za-z0-9+/]/;

/**
 * Reads a file by its content, never by its name: a Palisade kit, as base64 with blanks or as bare JSON, or ERS
 * data. Source: docs/kits.md.
 * Fails with `kit.not-understood` (saying what it looks like), `kit.truncated`, `json.*`, and with what
 * `parsePalisadeKit` and `parseErs` fail with.
 */
export function readKitFile(content: Uint8Array): KitFile {
  const text = decodeText(content);
  const value = readJson(text);
  if (isJsonObject(value) && looksLikePalisadeKit(value)) return parsePalisadeKit(value);
  if (looksLikeErs(value)) return { kind: 'ers', backup: parseErs(value) };
  if (
    isJsonObject(value) &&
    (Object.hasOwn(value, 'ecdsaRecoveryInfo') || Object.hasOwn(value, 'eddsaRecoveryInfo'))
  ) {
    throw new RecoveryError('backup.unsupported', { looksLike: 'a Liminal backup' });
  }
  throw new RecoveryError('kit.not-understood', { looksLike: 'JSON of another kind' });
}

function decodeText(content: Uint8Array): string {
  if (content.length === 0) throw new RecoveryError('file.empty');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content).trim();
  } catch {
    throw new RecoveryError('kit.not-understood', { looksLike: looksLike(content) });
  }
}

function readJson(text: string): JsonValue {
  if (text.startsWith('{')) return parseWhole(text);
  const packed = text.replace(/\s+/g, '');
  if (!ENCODED_OBJECT.test(packed)) {
    throw new RecoveryError('kit.not-understood', { looksLike: looksLike(new TextEncoder().encode(text)) });
  }
  const decoded = decodeBase64(packed);
  if (decoded === undefined) {
    const code = isBase64Head(packed) ? 'kit.truncated' : 'text.malformed';
    throw new RecoveryError(code, { what: 'the file', encoding: 'base64' });
  }
  return parseWhole(new TextDecoder().decode(decoded));
}

/** Half a download ends inside an object; anything else that is not JSON is damage. */
function parseWhole(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch (error) {
    const isHalf = error instanceof RecoveryError && error.code === 'json.truncated';
    throw isHalf ? new RecoveryError('kit.truncated') : error;
  }
}

function isBase64Head(text: string): boolean {
  return isBase64(text.slice(0, text.length - (text.length % 4)));
}
