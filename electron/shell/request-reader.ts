import { RecoveryError } from '../../shared/recovery-error.ts';

/** The longest text, in UTF-16 units. */
export const MAX_TEXT = 4096;

/** The longest password, in bytes. */
export const MAX_PASSWORD_BYTES = 4096;

/** The most wallets in one call. */
export const MAX_WALLETS = 10_000;

/** Above the length of any list that is shown to choose from. */
const MAX_INDEX = 10_000;

/** More than a bucket may have files. */
const MAX_COUNT = 1_000_000;

/** The most paths in one drop. */
export const MAX_PATHS = 10_000;

/**
 * Reads one request field by field. Every method fails with `ipc.malformed` and the field's name, never its value:
 * a password may have been put into the wrong field.
 */
export class RequestReader {
  readonly #channel: string;
  readonly #value: unknown;
  readonly #field: string;

  /**
   * @param channel for the fault
   * @param value from the page
   * @param field within the request, for the fault
   */
  constructor(channel: string, value: unknown, field = 'request') {
    this.#channel = channel;
    this.#value = value;
    this.#field = field;
  }

  /** A request that says nothing: null, and no more. */
  nothing(): null {
    if (this.#value !== null) this.#refuse(this.#field);
    return null;
  }

  /** Makes sure that this is a plain object of these fields and no others. */
  with(...names: readonly string[]): this {
    const value = this.#value;
    if (typeof value !== 'object' || value === null) return this.#refuse(this.#field);
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) this.#refuse(this.#field);
    const keys = Reflect.ownKeys(value);
    if (keys.length !== names.length) this.#refuse(this.#field);
    for (const name of names) {
      const property = Object.getOwnPropertyDescriptor(value, name);
      if (property === undefined || !('value' in property)) this.#refuse(name);
    }
    return this;
  }

  /** Whether a field is null. */
  isNull(name: string): boolean {
    return this.#get(name) === null;
  }

  /** A field that holds an object. */
  inside(name: string): RequestReader {
    return new RequestReader(this.#channel, this.#get(name), name);
  }

  /** A field that holds a text. */
  text(name: string): string {
    return this.#text(name, this.#get(name));
  }

  /** A field that holds one of a few texts. */
  choice<const Choice extends string>(name: string, choices: readonly Choice[]): Choice {
    const value = this.#get(name);
    return choices.find((choice) => choice === value) ?? this.#refuse(name);
  }

  /** A field that holds a list of texts, `max` at the most. */
  texts(name: string, max: number): readonly string[] {
    const value = this.#get(name);
    if (!Array.isArray(value) || value.length > max) return this.#refuse(name);
    return Array.from(value, (item: unknown) => this.#text(name, item));
  }

  /** A field that holds a list of a few texts, each once at the most. */
  choices<const Choice extends string>(name: string, choices: readonly Choice[]): readonly Choice[] {
    const texts = this.texts(name, choices.length);
    if (new Set(texts).size !== texts.length) this.#refuse(name);
    return texts.map((text) => choices.find((choice) => choice === text) ?? this.#refuse(name));
  }

  /** A field that holds a list of objects, `max` at the most. */
  insides(name: string, max: number): readonly RequestReader[] {
    const value = this.#get(name);
    if (!Array.isArray(value) || value.length > max) return this.#refuse(name);
    return Array.from(value, (item: unknown) => new RequestReader(this.#channel, item, name));
  }

  /** A field that holds yes or no. */
  flag(name: string): boolean {
    const value = this.#get(name);
    return typeof value === 'boolean' ? value : this.#refuse(name);
  }

  /** A field that holds a place in a list, or a small count. */
  index(name: string): number {
    const value = this.#get(name);
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < MAX_INDEX
      ? value
      : this.#refuse(name);
  }

  /** A field that holds a count of things that a bucket can have. */
  count(name: string): number {
    const value = this.#get(name);
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_COUNT
      ? value
      : this.#refuse(name);
  }

  /** A field that holds a password. It is the array that came, for the caller to wipe. */
  secret(name: string): Uint8Array {
    const value = this.#get(name);
    if (!(value instanceof Uint8Array) || value.length > MAX_PASSWORD_BYTES) return this.#refuse(name);
    return value;
  }

  #get(name: string): unknown {
    return Reflect.get(this.#value as object, name);
  }

  #text(name: string, value: unknown): string {
    return typeof value === 'string' && value.length <= MAX_TEXT ? value : this.#refuse(name);
  }

  #refuse(field: string): never {
    throw new RecoveryError('ipc.malformed', { channel: this.#channel, field });
  }
}
