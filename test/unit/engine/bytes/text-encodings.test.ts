import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isBase64, parseBase64, toBase64 } from '../../../../electron/engine/bytes/base64.ts';
import { equalBytes } from '../../../../electron/engine/bytes/compare.ts';
import { isHex, parseHex, toHex } from '../../../../electron/engine/bytes/hex.ts';
import {
  bigEndianToInteger,
  integerToBigEndian,
  uint32BigEndian,
} from '../../../../electron/engine/bytes/integer.ts';
import { faultOf } from '../../../fixtures/faults.ts';

const bytes = fc.uint8Array({ maxLength: 70 });

describe('base64', () => {
  it.each([
    ['', ''],
    ['66', 'Zg=='],
    ['666f', 'Zm8='],
    ['666f6f', 'Zm9v'],
    ['666f6f626172', 'Zm9vYmFy'],
    ['fbff', '+/8='],
  ])('RFC 4648 10: %j is %j', (hex, text) => {
    expect(toBase64(parseHex(hex, 'x'))).toBe(text);
    expect(toHex(parseBase64(text, 'x'))).toBe(hex);
  });

  it('gives back what it wrote', () => {
    fc.assert(
      fc.property(bytes, (input) => {
        expect(parseBase64(toBase64(input), 'x')).toEqual(Uint8Array.from(input));
      }),
    );
  });

  it('writes a view, not the buffer that it looks into', () => {
    expect(toBase64(Uint8Array.of(0, 1, 2, 3, 4).subarray(1, 4))).toBe('AQID');
  });

  it.each(['A', 'AA', 'AAA', 'AA=', 'A===', '====', 'AA==AAAA', '-_8=', 'AA AA', 'AAAA\n', 'AAA\u00e9'])(
    '%j: text.malformed, naming what',
    (text) => {
      expect(isBase64(text)).toBe(false);
      expect(faultOf(() => parseBase64(text, 'a field'))).toEqual({
        code: 'text.malformed',
        details: { what: 'a field', encoding: 'base64' },
      });
    },
  );
});

describe('hex', () => {
  it('is read in either case and written in lower case', () => {
    expect(parseHex('00fFAb', 'x')).toEqual(Uint8Array.of(0, 255, 171));
    expect(toHex(Uint8Array.of(0, 255, 171))).toBe('00ffab');
  });

  it('writes a view, not the buffer that it looks into', () => {
    expect(toHex(Uint8Array.of(0, 1, 2, 3).subarray(1, 3))).toBe('0102');
  });

  it.each(['0', '0x00', 'gg', '00 11', '00\n', ' 00'])('%j: text.malformed, naming what', (text) => {
    expect(isHex(text)).toBe(false);
    expect(faultOf(() => parseHex(text, 'a field'))).toEqual({
      code: 'text.malformed',
      details: { what: 'a field', encoding: 'hex' },
    });
  });
});

describe('integers', () => {
  it('no bytes are 0', () => {
    expect(bigEndianToInteger(new Uint8Array())).toBe(0n);
  });

  it('are big-endian and keep their width', () => {
    expect(toHex(integerToBigEndian(0x1_02n, 4))).toBe('00000102');
    expect(bigEndianToInteger(Uint8Array.of(0, 0, 1, 2))).toBe(258n);
    expect(toHex(uint32BigEndian(0xfffffffe))).toBe('fffffffe');
  });

  it('give back what they were made of', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 70 }), (input) => {
        expect(integerToBigEndian(bigEndianToInteger(input), input.length)).toEqual(Uint8Array.from(input));
      }),
    );
  });

  it('that do not fit are a bug', () => {
    expect(() => integerToBigEndian(256n, 1)).toThrow('does not fit');
    expect(() => integerToBigEndian(-1n, 4)).toThrow('does not fit');
    expect(() => uint32BigEndian(2 ** 32)).toThrow('does not fit');
  });
});

it('equalBytes compares content and length', () => {
  expect(equalBytes(Uint8Array.of(1, 2), Buffer.from([1, 2]))).toBe(true);
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0))).toBe(false);
  expect(equalBytes(new Uint8Array(), new Uint8Array())).toBe(true);
});
