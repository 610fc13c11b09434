/** Structured clone over JSON, the same in Node and in the preload's world. */

/** What the two places do differently. */
export interface CodecPlatform {
  readonly toBase64: (bytes: Uint8Array) => string;
  readonly fromBase64: (text: string) => Uint8Array;
  /** Whether it is one of the platform's own objects, such as a DOM node, which can't be cloned. */
  readonly isPlatformObject: (value: object) => boolean;
}

/** Turns values to text and back. */
export interface Codec {
  readonly encode: (value: unknown) => string;
  readonly decode: (text: string) => unknown;
}

type Wire = string | number | boolean | null | readonly [tag: string, ...rest: unknown[]];
type ViewConstructor = new (buffer: ArrayBufferLike) => ArrayBufferView;

const VIEWS: Readonly<Record<string, ViewConstructor>> = {
  DataView,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
};
const ERRORS: Readonly<Record<string, ErrorConstructor>> = {
  TypeError,
  RangeError,
  SyntaxError,
  ReferenceError,
  EvalError,
  URIError,
};

/** The codec of one place. */
export function makeCodec(platform: CodecPlatform): Codec {
  return {
    encode: (value) => JSON.stringify(makeEncoder(platform)(value)),
    decode: (text) => makeDecoder(platform)(JSON.parse(text) as Wire),
  };
}

function cannotClone(): never {
  throw new Error('An object could not be cloned.');
}

function makeEncoder(platform: CodecPlatform): (value: unknown) => Wire {
  const seen = new Map<object, number>();
  const encode = (value: unknown): Wire => {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        if (Number.isFinite(value) && !Object.is(value, -0)) return value;
        return ['n', Object.is(value, -0) ? '-0' : String(value)];
      case 'undefined':
        return ['u'];
      case 'bigint':
        return ['b', value.toString()];
      case 'object':
        return value === null ? null : encodeObject(value);
      case 'function':
      case 'symbol':
        return cannotClone();
    }
  };
  const encodeObject = (value: object): Wire => {
    const earlier = seen.get(value);
    if (earlier !== undefined) return ['x', earlier];
    seen.set(value, seen.size);
    if (Array.isArray(value)) return ['a', value.map(encode)];
    if (ArrayBuffer.isView(value)) {
      const name = Object.keys(VIEWS).find((key) => value instanceof VIEWS[key]!) ?? cannotClone();
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      return ['v', name, platform.toBase64(bytes)];
    }
    if (value instanceof ArrayBuffer) return ['v', 'ArrayBuffer', platform.toBase64(new Uint8Array(value))];
    if (value instanceof Date) return ['d', value.getTime()];
    if (value instanceof Map) return ['m', [...value].map((pair: [unknown, unknown]) => pair.map(encode))];
    if (value instanceof Set) return ['s', [...value].map(encode)];
    if (value instanceof Error) return ['e', value.name, value.message, value.stack ?? ''];
    if (value instanceof Promise || value instanceof RegExp || platform.isPlatformObject(value)) {
      return cannotClone();
    }
    return ['o', Object.entries(value).map(([key, item]) => [key, encode(item)])];
  };
  return encode;
}

function makeDecoder(platform: CodecPlatform): (wire: Wire) => unknown {
  const seen: unknown[] = [];
  const decode = (wire: Wire): unknown => {
    if (!Array.isArray(wire)) return wire;
    const [tag, first, second, third] = wire as [string, unknown, unknown, unknown];
    if (tag === 'u') return undefined;
    if (tag === 'n') return Number(first);
    if (tag === 'b') return BigInt(first as string);
    if (tag === 'x') return seen[first as number];
    const slot = seen.push(undefined) - 1;
    const keep = <T>(value: T): T => {
      seen[slot] = value;
      return value;
    };
    switch (tag) {
      case 'a': {
        const list = keep<unknown[]>([]);
        for (const item of first as Wire[]) list.push(decode(item));
        return list;
      }
      case 'v': {
        const buffer = platform.fromBase64(second as string).slice().buffer;
        const View = VIEWS[first as string];
        return keep(View === undefined ? buffer : new View(buffer));
      }
      case 'd':
        return keep(new Date(first as number));
      case 'm': {
        const map = keep(new Map<unknown, unknown>());
        for (const [key, item] of first as [Wire, Wire][]) map.set(decode(key), decode(item));
        return map;
      }
      case 's': {
        const set = keep(new Set<unknown>());
        for (const item of first as Wire[]) set.add(decode(item));
        return set;
      }
      case 'e': {
        const error = keep(new (ERRORS[first as string] ?? Error)(second as string));
        error.stack = third as string;
        return error;
      }
      case 'o': {
        const object = keep<Record<string, unknown>>({});
        for (const [key, item] of first as [string, Wire][]) object[key] = decode(item);
        return object;
      }
      default:
        throw new Error(`bad wire tag ${tag}`);
    }
  };
  return decode;
}
