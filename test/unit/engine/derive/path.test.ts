import { describe, expect, it } from 'vitest';

import { formatPath, MASTER_PATH, parsePath } from '../../../../electron/engine/derive/path.ts';
import { faultOf } from '../../../fixtures/faults.ts';

const levels = (count: number): string => Array<number>(count).fill(0).join('/');

describe('parsePath', () => {
  it.each([
    ['', []],
    ['m', []],
    ['m/', []],
    ['  m/0 ', [0]],
    ['0', [0]],
    ['m/44/60/0/0/0', [44, 60, 0, 0, 0]],
    ['44/354/7/0/0', [44, 354, 7, 0, 0]],
    ['2147483647', [2 ** 31 - 1]],
  ])('%j', (text, path) => {
    expect(parsePath(text)).toEqual(path);
  });

  it('50 levels are read', () => {
    expect(parsePath(levels(50))).toHaveLength(50);
  });

  it('51 levels: too deep', () => {
    expect(faultOf(() => parsePath(levels(51)))).toEqual({
      code: 'path.malformed',
      details: { reason: 'too-deep', limit: 50 },
    });
  });

  it.each(["0'", '44h/0', '1H', "m/44'/60'/0'"])('%s: hardened', (text) => {
    expect(faultOf(() => parsePath(text))).toEqual({
      code: 'path.malformed',
      details: { reason: 'hardened' },
    });
  });

  it.each(['2147483648', '4294967295', '9999999999', '99999999999999999999'])(
    'index %s is 2^31 or more',
    (text) => {
      expect(faultOf(() => parsePath(text))).toEqual({
        code: 'path.malformed',
        details: { reason: 'index' },
      });
    },
  );

  it.each([
    '/',
    '/0',
    '0/',
    '0//1',
    'm//0',
    'M/0',
    'x',
    '-1',
    '+1',
    '1.0',
    '1e3',
    '0x1',
    '1 2',
    '1/ 2',
    'm44/60',
    'mm',
    '１',
  ])('%j: path.malformed', (text) => {
    expect(faultOf(() => parsePath(text)).code).toBe('path.malformed');
  });
});

it('formatPath writes what parsePath reads', () => {
  expect(formatPath(MASTER_PATH)).toBe('m');
  expect(formatPath(parsePath('44/60/0'))).toBe('m/44/60/0');
  expect(parsePath(formatPath(parsePath('1/2')))).toEqual([1, 2]);
});
