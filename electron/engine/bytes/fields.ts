import type { ErrorCode } from '../../../shared/error-codes.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { parseBase64 } from './base64.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';

/** Reads the fields of one JSON object; what is missing or of another type fails with the code given. */
export class Fields {
  readonly #object: JsonObject;
  readonly #code: ErrorCode;

  /**
   * @param object whose fields are read
   * @param code what a bad field fails with, the field's name in its details
   */
  constructor(object: JsonObject, code: ErrorCode) {
    this.#object = object;
    this.#code = code;
  }

  /** Says whether the object has the field, and not as null. */
  has(field: string): boolean {
    return Object.hasOwn(this.#object, field) && this.#object[field] !== null;
  }

  text(field: string): string {
    const value = this.#value(field);
    return typeof value === 'string' ? value : this.#refuse(field);
  }

  /** A whole number from 0 to `most`. */
  count(field: string, most: number): number {
    return this.#asCount(field, this.#value(field), most);
  }

  /** Whole numbers from 0 to `most`. */
  counts(field: string, most: number): readonly number[] {
    return this.array(field).map((value) => this.#asCount(field, value, most));
  }

  /** One of the texts that are allowed. */
  oneOf<Choice extends string>(field: string, choices: readonly Choice[]): Choice {
    const text = this.text(field);
    return choices.find((choice) => choice === text) ?? this.#refuse(field);
  }

  /** Bytes in standard padded base64. */
  bytes(field: string): Uint8Array {
    return this.#asBytes(field, this.#value(field));
  }

  /** Bytes in base64; no bytes where the field is missing or null. */
  bytesOrNone(field: string): Uint8Array {
    return this.has(field) ? this.bytes(field) : new Uint8Array();
  }

  /** An array of byte strings in base64. */
  byteStrings(field: string): readonly Uint8Array[] {
    return this.array(field).map((value) => this.#asBytes(field, value));
  }

  /** A map from whole numbers, written as decimal keys, to byte strings in base64. */
  byteStringsByNumber(field: string, most: number): ReadonlyMap<number, Uint8Array> {
    const value = this.#value(field);
    if (!isJsonObject(value)) return this.#refuse(field);
    return new Map(
      Object.entries(value).map(([key, entry]) => {
        const number = /^(?:0|[1-9]\d{0,8})$/.test(key) ? Number(key) : Infinity;
        return number <= most ? [number, this.#asBytes(field, entry)] : this.#refuse(field);
      }),
    );
  }

  array(field: string): readonly JsonValue[] {
    const value = this.#value(field);
    return Array.isArray(value) ? (value as readonly JsonValue[]) : this.#refuse(field);
  }

  /** An array of objects, each ready to have its fields read. */
  objects(field: string): readonly Fields[] {
    return this.array(field).map((value) =>
      isJsonObject(value) ? new Fields(value, this.#code) : this.#refuse(field),
    );
  }

  #value(field: string): JsonValue | undefined {
    return Object.hasOwn(this.#object, field) ? this.#object[field] : undefined;
  }

  #asCount(field: string, value: JsonValue | undefined, most: number): number {
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most
      ? value
      : this.#refuse(field);
  }

  #asBytes(field: string, value: JsonValue | undefined): Uint8Array {
    return typeof value === 'string' ? parseBase64(value, field) : this.#refuse(field);
  }

  #refuse(field: string): never {
    throw new RecoveryError(this.#code, { field });
  }
}
