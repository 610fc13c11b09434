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

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const BLANKS: readonly number[] = [0x20, 0x09, 0x0a, 0x0d];
const OPEN_BRACE = 0x7b;
/** With which base64 of a brace starts. */
const LETTER_E = 0x65;

/** Keys that no other JSON has; by one of them, half or damaged JSON is still known for a kit. */
const KIT_WORDS = [
  'recovery_data',
  'key_parts',
  'player_index',
  'partialRecoveryDataHex',
  'recoveryPublicKeyHex',
];

/**
 * Reads a file by its content, never by its name: a Palisade kit, as base64 with blanks or as bare JSON, or ERS
 * data. Source: docs/kits.md.
 * Fails with `kit.not-understood` (saying what it looks like), `kit.truncated`, `json.*`, and with what
 * `parsePalisadeKit` and `parseErs` fail with.
 */
export function readKitFile(content: Uint8Array): KitFile {
  if (content.length === 0) throw new RecoveryError('file.empty');
  if (!startsLikeKit(content)) throw notUnderstood(looksLike(content));
  const value = readJson(decodeText(content));
  if (isJsonObject(value) && looksLikePalisadeKit(value)) return parsePalisadeKit(value);
  if (looksLikeErs(value)) return { kind: 'ers', backup: parseErs(value) };
  if (
    isJsonObject(value) &&
    (Object.hasOwn(value, 'ecdsaRecoveryInfo') || Object.hasOwn(value, 'eddsaRecoveryInfo'))
  ) {
    throw new RecoveryError('backup.unsupported', { looksLike: 'a Liminal backup' });
  }
  throw notUnderstood('JSON of another kind');
}

/** Whether a file begins as kits do, by its first byte, so that no text is made of a key file that lies among them. */
export function startsLikeKit(content: Uint8Array): boolean {
  const start = BYTE_ORDER_MARK.every((byte, i) => content[i] === byte) ? BYTE_ORDER_MARK.length : 0;
  const first = content.subarray(start).find((byte) => !BLANKS.includes(byte));
  return first === OPEN_BRACE || first === LETTER_E;
}

function decodeText(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content).trim();
  } catch {
    throw notUnderstood(looksLike(content));
  }
}

function readJson(text: string): JsonValue {
  if (text.startsWith('{'))
    return parseWhole(
      text,
      KIT_WORDS.some((word) => text.includes(`"${word}"`)),
    );
  const packed = text.replace(/\s+/g, '');
  if (!ENCODED_OBJECT.test(packed)) throw notUnderstood(looksLike(new TextEncoder().encode(text)));
  const decoded = decodeBase64(packed);
  if (decoded === undefined) {
    const code = isBase64Head(packed) ? 'kit.truncated' : 'text.malformed';
    throw new RecoveryError(code, { what: 'the file', encoding: 'base64' });
  }
  return parseWhole(new TextDecoder().decode(decoded), true);
}

/**
 * Half a download ends inside an object.
 * @param isKit whether it surely is one: damage to a stranger is nobody's concern
 */
function parseWhole(text: string, isKit: boolean): JsonValue {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof RecoveryError)) throw error;
    if (!isKit) throw notUnderstood('JSON of another kind');
    throw error.code === 'json.truncated' ? new RecoveryError('kit.truncated') : error;
  }
}

function notUnderstood(what: string): RecoveryError {
  return new RecoveryError('kit.not-understood', { looksLike: what });
}

function isBase64Head(text: string): boolean {
  return isBase64(text.slice(0, text.length - (text.length % 4)));
}
