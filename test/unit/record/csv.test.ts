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

  it('64 columns are read; one more: register.malformed', () => {
    expect(cellsOf('a,'.repeat(63))[0]).toHaveLength(64);
    expect(faultOf(() => parseCsv(`x\n${'a,'.repeat(64)}`))).toEqual({
      code: 'register.malformed',
      details: { line: 2, reason: 'too many columns' },
    });
  });

  it('200,000 rows are read, empty lines beside; one more: register.malformed', () => {
    expect(parseCsv('a\n\n'.repeat(200_000))).toHaveLength(200_000);
    expect(faultOf(() => parseCsv('a\n'.repeat(200_001)))).toEqual({
      code: 'register.malformed',
      details: { line: 200_001, reason: 'too many rows' },
    });
  });

  it('more than 16 MiB: register.malformed, at once', () => {
    expect(faultOf(() => parseCsv('\n'.repeat(16 * 1024 * 1024 + 1)))).toEqual({
      code: 'register.malformed',
      details: { line: 1, reason: 'too large' },
    });
  });

  it.each([
    ['that is closed', 'a', '"'],
    ['that stays open', 'a', ''],
    ['of doubled quotes', '""', '"'],
  ])('a quoted cell of 16 million characters %s is read or refused, not a crash', (_, unit, end) => {
    const text = `"${unit.repeat(16_000_000 / unit.length)}${end}`;
    if (end === '') expect(faultOf(() => parseCsv(text)).code).toBe('register.malformed');
    else expect(parseCsv(text)).toHaveLength(1);
  });
});
