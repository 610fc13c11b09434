/** An object whose fields nobody has looked at yet, as it comes from the other process. */
export type Untrusted = Readonly<Record<string, unknown>>;

/** Says whether a message is an object with fields. */
export function isUntrusted(value: unknown): value is Untrusted {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text of at most so many UTF-16 units; undefined for anything else. */
export function textField(from: Untrusted, name: string, maxLength: number): string | undefined {
  const value = from[name];
  return typeof value === 'string' && value.length <= maxLength ? value : undefined;
}

/** Bytes, at most so many; undefined for anything else. */
export function bytesField(from: Untrusted, name: string, maxLength: number): Uint8Array | undefined {
  const value = from[name];
  return value instanceof Uint8Array && value.length <= maxLength ? value : undefined;
}

/** A whole number from 0 to 2^53 - 1; undefined for anything else. */
export function numberField(from: Untrusted, name: string): number | undefined {
  const value = from[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** A truth value; undefined for anything else. */
export function booleanField(from: Untrusted, name: string): boolean | undefined {
  const value = from[name];
  return typeof value === 'boolean' ? value : undefined;
}

/** The number of a slot, session or object: lower-case hex, 4 or 8 bytes; undefined for anything else. */
export function handleField(from: Untrusted, name: string): string | undefined {
  const value = textField(from, name, 16);
  return value !== undefined && /^(?:[0-9a-f]{8}){1,2}$/.test(value) ? value : undefined;
}

/**
 * A list of at most so many entries, each read by `read`; undefined when it is none or one entry can't be read.
 * @param read gives undefined for what is no entry
 */
export function listField<Entry>(
  from: Untrusted,
  name: string,
  maxLength: number,
  read: (entry: Untrusted) => Entry | undefined,
): readonly Entry[] | undefined {
  const value = from[name];
  if (!Array.isArray(value) || value.length > maxLength) return undefined;
  const entries: Entry[] = [];
  for (const item of value as readonly unknown[]) {
    const entry = isUntrusted(item) ? read(item) : undefined;
    if (entry === undefined) return undefined;
    entries.push(entry);
  }
  return entries;
}

/** An object whose every field could be read; undefined when one of them could not. */
export function allRead<Fields extends object>(fields: {
  readonly [Name in keyof Fields]: Fields[Name] | undefined;
}): Fields | undefined {
  return Object.values(fields).includes(undefined) ? undefined : (fields as Fields);
}
