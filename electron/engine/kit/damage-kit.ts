import { decodeBase64, toBase64 } from '../bytes/base64.ts';
import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '../bytes/json.ts';

/** Which ciphertext of the first player is changed: one in the middle. */
const INDEX = 40;

/**
 * A kit that is like another but for one flipped bit in one ciphertext, as a bad medium or a forger leaves it: every
 * field still reads, and the proof no longer holds. For rehearsals and tests.
 * @param file a synthetic kit file, as `synthesizeWallet` makes it
 */
export function damageKit(file: Uint8Array): Uint8Array {
  const kit = readObject(new TextDecoder().decode(file));
  const ers = readObject(textOf(kit['partialRecoveryDataHex']));
  const parts = listOf(ers['recovery_data']);
  const [first, ...others] = parts;
  if (!isJsonObject(first)) throw new Error('a synthetic kit has players');
  const damagedPart = {
    ...first,
    es: listOf(first['es']).map((text, i) => (i === INDEX ? flip(text) : text)),
  };
  const damaged = { ...ers, recovery_data: [damagedPart, ...others] };
  return encode({ ...kit, partialRecoveryDataHex: base64Of(damaged) });
}

function flip(text: JsonValue): string {
  const bytes = decodeBase64(textOf(text)) ?? new Uint8Array();
  // The last byte: a change in the first one can make a number above the modulus, which is told in another way.
  const last = bytes.length - 1;
  bytes[last] = (bytes[last] ?? 0) ^ 1;
  return toBase64(bytes);
}

function readObject(base64: string): JsonObject {
  const value = parseJson(new TextDecoder().decode(decodeBase64(base64) ?? new Uint8Array()));
  if (!isJsonObject(value)) throw new Error('a synthetic kit holds objects');
  return value;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

function base64Of(value: JsonValue): string {
  return toBase64(new TextEncoder().encode(JSON.stringify(value)));
}

function encode(value: JsonValue): Uint8Array {
  return new TextEncoder().encode(base64Of(value));
}
