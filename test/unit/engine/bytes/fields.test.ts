import { describe, expect, it } from 'vitest';

import { Fields } from '../../../../electron/engine/bytes/fields.ts';
import { parseJson, type JsonObject, type JsonValue } from '../../../../electron/engine/bytes/json.ts';
import { faultOf } from '../../../fixtures/faults.ts';

const of = (value: JsonValue | undefined): Fields =>
  new Fields(value === undefined ? {} : { field: value }, 'kit.malformed');

/** Values that a reader refuses, beside one that is missing. */
function refuses(read: (fields: Fields) => unknown, values: readonly JsonValue[]): void {
  for (const value of [undefined, null, ...values]) {
    expect(
      faultOf(() => read(of(value))),
      JSON.stringify(value),
    ).toEqual({
      code: 'kit.malformed',
      details: { field: 'field' },
    });
  }
}

describe('Fields', () => {
  it('has: present, and not null', () => {
    expect(of('').has('field')).toBe(true);
    expect(of(0).has('field')).toBe(true);
    expect(of(false).has('field')).toBe(true);
    expect(of(null).has('field')).toBe(false);
    expect(of(undefined).has('field')).toBe(false);
  });

  it('what every object inherits is no field', () => {
    expect(of(undefined).has('toString')).toBe(false);
    expect(faultOf(() => of(undefined).text('toString')).code).toBe('kit.malformed');
    expect(faultOf(() => of(undefined).count('hasOwnProperty', 9)).code).toBe('kit.malformed');
  });

  it('text', () => {
    expect(of('a').text('field')).toBe('a');
    refuses((fields) => fields.text('field'), [1, true, [], {}]);
  });

  it('count: whole, from 0, up to the limit', () => {
    expect(of(0).count('field', 5)).toBe(0);
    expect(of(5).count('field', 5)).toBe(5);
    refuses((fields) => fields.count('field', 5), [6, -1, 0.5, '1', true, [], {}, 1e300, Infinity, NaN]);
  });

  it('counts', () => {
    expect(of([0, 5]).counts('field', 5)).toEqual([0, 5]);
    expect(of([]).counts('field', 5)).toEqual([]);
    refuses((fields) => fields.counts('field', 5), [[6], [null], ['1'], [[]], {}, 1, '1']);
  });

  it('oneOf', () => {
    expect(of('b').oneOf('field', ['a', 'b'])).toBe('b');
    refuses((fields) => fields.oneOf('field', ['a', 'b']), ['c', 'B', '', 'b ', 1, ['a']]);
  });

  it('bytes', () => {
    expect(of('AQI=').bytes('field')).toEqual(Uint8Array.of(1, 2));
    expect(of('').bytes('field')).toEqual(new Uint8Array());
    refuses((fields) => fields.bytes('field'), [1, [], {}, false]);
    expect(faultOf(() => of('AQI').bytes('field'))).toEqual({
      code: 'text.malformed',
      details: { what: 'field', encoding: 'base64' },
    });
  });

  it('bytesOrNone: missing and null are no bytes, anything else is read', () => {
    expect(of(undefined).bytesOrNone('field')).toEqual(new Uint8Array());
    expect(of(null).bytesOrNone('field')).toEqual(new Uint8Array());
    expect(of('AQI=').bytesOrNone('field')).toEqual(Uint8Array.of(1, 2));
    expect(faultOf(() => of(0).bytesOrNone('field')).code).toBe('kit.malformed');
    expect(faultOf(() => of(false).bytesOrNone('field')).code).toBe('kit.malformed');
  });

  it('byteStrings', () => {
    expect(of(['AQ==', '']).byteStrings('field')).toEqual([Uint8Array.of(1), new Uint8Array()]);
    refuses((fields) => fields.byteStrings('field'), ['AQ==', {}, [1], [null], [['AQ==']]]);
    expect(faultOf(() => of(['AQ==', '*']).byteStrings('field')).code).toBe('text.malformed');
  });

  it('byteStringsByNumber: decimal keys up to the limit', () => {
    expect(of({ '0': 'AQ==', '12': '' }).byteStringsByNumber('field', 12)).toEqual(
      new Map([
        [0, Uint8Array.of(1)],
        [12, new Uint8Array()],
      ]),
    );
    const odd = ['13', '-1', '+1', '01', '1.0', '1e1', '0x1', ' 1', '', 'one', '9999999999', '１'];
    refuses(
      (fields) => fields.byteStringsByNumber('field', 12),
      [...odd.map((key) => ({ [key]: 'AQ==' })), { '1': 1 }, { '1': null }, [], ['AQ=='], 'AQ=='],
    );
  });

  it('array and objects', () => {
    expect(of([1]).array('field')).toEqual([1]);
    refuses((fields) => fields.array('field'), [{}, 'a', 1]);
    expect(
      of([{ a: 'b' }])
        .objects('field')
        .map((inner) => inner.text('a')),
    ).toEqual(['b']);
    refuses((fields) => fields.objects('field'), [{}, [1], [[]], [null]]);
  });

  it('inner objects fail with the same code', () => {
    const [inner] = new Fields(parseJson('{"a":[{}]}') as JsonObject, 'ers.malformed').objects('a');
    expect(faultOf(() => inner!.text('b'))).toEqual({ code: 'ers.malformed', details: { field: 'b' } });
  });
});
