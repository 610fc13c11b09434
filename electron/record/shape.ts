import { RecoveryError } from '../../shared/recovery-error.ts';
import { isWellFormed, isList, type CanonicalValue } from './canonical-json.ts';

/** Reads one value; at one that is not as it should be it fails with `record.malformed`, naming the field. */
export type Reader<Value> = (value: CanonicalValue, field: string) => Value;

/** One reader a field: none may be left out, and none be added that the type does not know. */
export type Shape<Body> = { readonly [Field in keyof Body]-?: Reader<Body[Field]> };

type Fields = Readonly<Record<string, CanonicalValue>>;

/** The longest text of a record, in UTF-16 units. */
export const MAX_TEXT = 2000;

/** Any well-formed text up to `MAX_TEXT`. */
export const text: Reader<string> = (value, field) =>
  typeof value === 'string' && value.length <= MAX_TEXT && isWellFormed(value)
    ? value
    : refuse(field, 'text');

/** True or false. */
export const flag: Reader<boolean> = (value, field) =>
  typeof value === 'boolean' ? value : refuse(field, 'true or false');

/** Bytes in lower-case hex. */
export const hex: Reader<string> = matching(/^(?:[0-9a-f]{2})+$/, 'hex');

/** A SHA-256 in lower-case hex. */
export const sha256: Reader<string> = matching(/^[0-9a-f]{64}$/, 'a SHA-256');

/** The code of a fault; a record may be read by a version that does not know it. */
export const faultCode: Reader<string> = matching(/^[a-z0-9-]{1,60}\.[a-z0-9-]{1,60}$/, 'a code');

/** A point in time, RFC 3339 in UTC with milliseconds, as `Date` writes it. */
export const time: Reader<string> = (value, field) => {
  const given = text(value, field);
  const milliseconds = Date.parse(given);
  const same = Number.isFinite(milliseconds) && new Date(milliseconds).toISOString() === given;
  return same ? given : refuse(field, 'a time');
};

/** A text that matches a pattern. */
export function matching(pattern: RegExp, what: string): Reader<string> {
  return (value, field) => {
    const given = text(value, field);
    return pattern.test(given) ? given : refuse(field, what);
  };
}

/** A whole number from 0 to `most`. */
export function count(most = Number.MAX_SAFE_INTEGER): Reader<number> {
  return (value, field) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most
      ? value
      : refuse(field, 'a number in range');
}

/** One of some texts. */
export function oneOf<Choice extends string>(choices: readonly Choice[]): Reader<Choice> {
  return (value, field) => choices.find((choice) => choice === value) ?? refuse(field, 'one of its values');
}

/** What `reader` reads, or null. */
export function orNull<Value>(reader: Reader<Value>): Reader<Value | null> {
  return (value, field) => (value === null ? null : reader(value, field));
}

/** An array of at most `most` values. */
export function listOf<Value>(reader: Reader<Value>, most: number): Reader<readonly Value[]> {
  return (value, field) => {
    if (!isList(value) || value.length > most) return refuse(field, 'a list in range');
    return value.map((item, i) => reader(item, `${field}.${i}`));
  };
}

/** An object with exactly these fields. */
export function objectOf<Body extends object>(shape: Shape<Body>): Reader<Body> {
  return (value, field) => {
    const fields = asFields(value, field);
    const unknown = Object.keys(fields).find((name) => !Object.hasOwn(shape, name));
    if (unknown !== undefined) return refuse(within(field, unknown), 'unknown');
    const readers = Object.entries(shape) as readonly (readonly [string, Reader<unknown>])[];
    // The type of `Shape` holds that these are the readers of all of the body's fields and of no other.
    return Object.fromEntries(
      readers.map(([name, reader]) => [name, reader(fieldOf(fields, name, field), within(field, name))]),
    ) as Body;
  };
}

/** A union of objects that one field tells apart. */
export function tagged<Body extends object>(
  tag: keyof Body & string,
  shapes: Readonly<Record<string, Reader<Body>>>,
): Reader<Body> {
  return (value, field) => {
    const name = fieldOf(asFields(value, field), tag, field);
    const shape = typeof name === 'string' && Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    return shape === undefined ? refuse(within(field, tag), 'unknown') : shape(value, field);
  };
}

/** Fields of any names, with texts, whole numbers, or true and false in them. */
export function details(most: number): Reader<Readonly<Record<string, string | number | boolean>>> {
  return (value, field) => {
    const entries = Object.entries(asFields(value, field));
    if (entries.length > most) return refuse(field, 'a list in range');
    const read = entries.map(([name, item]): readonly [string, string | number | boolean] => {
      text(name, field);
      return [name, detail(item, within(field, name))];
    });
    return Object.fromEntries(read);
  };
}

const detail: Reader<string | number | boolean> = (value, field) => {
  if (typeof value === 'boolean') return value;
  return typeof value === 'number' ? integer(value, field) : text(value, field);
};

const integer: Reader<number> = (value, field) =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : refuse(field, 'a whole number');

function asFields(value: CanonicalValue, field: string): Fields {
  return typeof value === 'object' && value !== null && !isList(value) ? value : refuse(field, 'an object');
}

function fieldOf(fields: Fields, name: string, field: string): CanonicalValue {
  return (Object.hasOwn(fields, name) ? fields[name] : undefined) ?? nullOr(fields, name, field);
}

/** Null is a value; a field that is not there is none. */
function nullOr(fields: Fields, name: string, field: string): null {
  return Object.hasOwn(fields, name) ? null : refuse(within(field, name), 'missing');
}

function within(field: string, name: string): string {
  return field === '' ? name : `${field}.${name}`;
}

function refuse(field: string, wanted: string): never {
  throw new RecoveryError('record.malformed', { field, reason: wanted });
}
