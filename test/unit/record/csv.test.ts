import { describe, expect, it } from 'vitest';

import { parseCsv } from '../../../electron/record/csv.ts';
import { faultOf } from '../../fixtures/faults.ts';

const cellsOf = (text: string): readonly (readonly string[])[] => parseCsv(text).map(({ cells }) => cells);

describe('parseCsv', () => {
  it.each([
    ['', []],
    ['\n\r\n\n', []],
    ['a', [['a']]],
    ['a,b\n', [['a', 'b']]],
    [
      'a,b\r\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a,', [['a', '']]],
    [',\n', [['', '']]],
    [' a , b ', [[' a ', ' b ']]],
    ['"a"', [['a']]],
    ['"a,b","c\nd"', [['a,b', 'c\nd']]],
    ['"a ""b"" c"', [['a "b" c']]],
    ['"",""', [['', '']]],
    ['""""', [['"']]],
  ])('%j', (text, rows) => {
    expect(cellsOf(text)).toEqual(rows);
  });

  it('lines count from 1, empty ones and those inside quotes too', () => {
    const rows = parseCsv('a\n\n"b\nc\r\nd",e\r\nf\n');
    expect(rows.map(({ line }) => line)).toEqual([1, 3, 6]);
  });

  it.each([
    ['a"b', 1, 1, 'stray quote'],
    ['a,b\nc,d"', 2, 2, 'stray quote'],
    ['a, "b"', 1, 2, 'stray quote'],
    ['"a', 1, 1, 'open quote'],
    ['x\ny,"a"b', 2, 2, 'open quote'],
    ['"a" ,b', 1, 1, 'open quote'],
    ['"a""', 1, 1, 'open quote'],
  ])('%j: register.malformed, line %i, column %i, %s', (text, line, column, reason) => {
    expect(faultOf(() => parseCsv(text))).toEqual({
      code: 'register.malformed',
      details: { line, column, reason },
    });
  });

  it.each([
    ['that is closed', 'a', '"'],
    ['that stays open', 'a', ''],
    ['of doubled quotes', '""', '"'],
  ])('a quoted cell of 24 million characters %s is read or refused, not a crash', (_, unit, end) => {
    const text = `"${unit.repeat(24_000_000 / unit.length)}${end}`;
    if (end === '') expect(faultOf(() => parseCsv(text)).code).toBe('register.malformed');
    else expect(parseCsv(text)).toHaveLength(1);
  });
});
