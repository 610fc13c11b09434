import { describe, expect, it } from 'vitest';

import { isJsonObject, parseJson } from '../../../../electron/engine/bytes/json.ts';
import { faultOf } from '../../../fixtures/faults.ts';

const nested = (depth: number, inner = ''): string => '['.repeat(depth) + inner + ']'.repeat(depth);

describe('parseJson', () => {
  it.each(['null', 'true', '-1.5e3', '"text"', '[]', '{}', '{"a":[1,{"b":null}]}', ' [1] '])(
    'reads %s',
    (text) => {
      expect(parseJson(text)).toEqual(JSON.parse(text));
    },
  );

  it.each(['', ' ', '"', '{a:1}', "{'a':1}", '[1,]', 'NaN', '1 2', '{"a":1}}', ']', '"\u0001"'])(
    '%j: json.malformed',
    (text) => {
      expect(faultOf(() => parseJson(text)).code).toBe('json.malformed');
    },
  );

  it.each(['{', '[1', '{"a":1', '{"a":[1,{"b":2}', '{"a":"b'])('%j ends inside: json.truncated', (text) => {
    expect(faultOf(() => parseJson(text)).code).toBe('json.truncated');
  });

  it('a byte-order mark is no JSON: json.malformed', () => {
    expect(faultOf(() => parseJson('\ufeff{}')).code).toBe('json.malformed');
  });
});

describe('depth', () => {
  it('16 levels are read', () => {
    expect(parseJson(nested(16))).toEqual(JSON.parse(nested(16)));
    expect(() => parseJson('{"a":'.repeat(16) + '1' + '}'.repeat(16))).not.toThrow();
  });

  it.each([
    ['arrays', nested(17)],
    ['objects', '{"a":'.repeat(17) + '1' + '}'.repeat(17)],
    ['arrays that are never closed', '['.repeat(17)],
    ['a million arrays', '['.repeat(1_000_000)],
  ])('17 or more levels of %s: json.too-deep', (_, text) => {
    expect(faultOf(() => parseJson(text))).toEqual({ code: 'json.too-deep', details: { limit: 16 } });
  });

  it('many values side by side are not deep', () => {
    expect(parseJson(`[${Array(500).fill('[[]]').join(',')}]`)).toHaveLength(500);
  });

  it.each([
    ['brackets', `"${'['.repeat(99)}"`],
    ['brackets after an escaped quote', `"\\"${'['.repeat(99)}"`],
    ['brackets after an escaped backslash and quote', `"\\\\\\"${'{'.repeat(99)}"`],
    ['an escaped backslash at the end', `["\\\\",${nested(14)}]`],
  ])('a string with %s counts as a string', (_, text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('brackets after a string that ends in an escaped backslash count', () => {
    expect(faultOf(() => parseJson(`["\\\\",${nested(17)}]`)).code).toBe('json.too-deep');
    expect(faultOf(() => parseJson(`{"\\\\\\\\":${nested(17)}}`)).code).toBe('json.too-deep');
  });

  it('brackets that close too early do not make room for more', () => {
    expect(['json.too-deep', 'json.malformed']).toContain(
      faultOf(() => parseJson(']'.repeat(30) + nested(30))).code,
    );
  });
});

describe('size', () => {
  const object = (entries: number): string =>
    JSON.stringify(Object.fromEntries(Array.from({ length: entries }, (_, i) => [`k${i}`, 0])));

  it('1024 entries are read', () => {
    expect(parseJson(JSON.stringify(Array(1024).fill(0)))).toHaveLength(1024);
    expect(() => parseJson(object(1024))).not.toThrow();
  });

  it.each([
    ['an array', JSON.stringify(Array(1025).fill(0))],
    ['an object', object(1025)],
    ['an inner array', JSON.stringify({ a: [Array(1025).fill(0)] })],
  ])('1025 entries of %s: json.too-large', (_, text) => {
    expect(faultOf(() => parseJson(text))).toEqual({ code: 'json.too-large', details: { limit: 1024 } });
  });
});

describe('names that reach a prototype', () => {
  it.each([
    ['__proto__', '{"__proto__":{"a":1}}'],
    ['__proto__', '{"\\u005f_proto__":1}'],
    ['__proto__', '{"\\u005F\\u005Fproto\\u005f_":1}'],
    ['constructor', '{"a":[{"constructor":1}]}'],
    ['constructor', '{"construct\\u006fr":1}'],
    ['prototype', '{"prototype":null}'],
  ])('%s in %s: json.forbidden-key', (key, text) => {
    expect(faultOf(() => parseJson(text))).toEqual({ code: 'json.forbidden-key', details: { key } });
  });

  it('are read where they are values', () => {
    expect(parseJson('["__proto__",{"a":"constructor"}]')).toEqual(['__proto__', { a: 'constructor' }]);
  });
});

it('isJsonObject is true of objects only', () => {
  expect(isJsonObject({})).toBe(true);
  for (const value of [null, [], 'a', 1, true, undefined]) expect(isJsonObject(value)).toBe(false);
});

describe('caps before anything is built', () => {
  it('millions of small objects are refused in a moment', () => {
    const started = process.cpuUsage();
    const rows = `[${'{},'.repeat(1000)}{}]`;
    const hostile = `[${`${rows},`.repeat(1000)}${rows}]`;
    expect(faultOf(() => parseJson(hostile)).code).toBe('json.too-large');
    expect(faultOf(() => parseJson(`[${'{},'.repeat(5_000_000)}{}]`)).code).toBe('json.too-large');
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
  });
});
