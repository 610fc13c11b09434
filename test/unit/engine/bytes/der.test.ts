import { describe, expect, it } from 'vitest';
import { DerReader } from '../../../../electron/engine/bytes/der.ts';
import {
  derBitString,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derValue,
} from '../../../../electron/engine/bytes/der-writer.ts';
import { derContext } from '../rsa/fixtures.ts';
import { parseHex, toHex } from '../../../../electron/engine/bytes/hex.ts';
import { faultOf } from '../rsa/fixtures.ts';

const reader = (hex: string): DerReader => new DerReader(parseHex(hex, 'test'));

describe('DER writer and reader', () => {
  it('round trip over every type', () => {
    const content = Uint8Array.of(1, 2, 3);
    const der = derSequence(
      derInteger(Uint8Array.of(0, 0, 0x80, 1)),
      derInteger(Uint8Array.of()),
      derOctetString(content),
      derBitString(content),
      derOid('1.2.840.113549.1.1.1'),
      derNull(),
      derContext(0, derInteger(Uint8Array.of(7))),
    );
    const outer = new DerReader(der);
    const value = outer.readSequence('value');
    outer.end('value');
    expect(toHex(value.readInteger('a'))).toBe('8001');
    expect(value.readInteger('zero')).toHaveLength(0);
    expect(value.readOctetString('b')).toEqual(content);
    expect(value.readBitString('c')).toEqual(content);
    expect(value.readOid('d')).toBe('1.2.840.113549.1.1.1');
    value.readNull('e');
    expect(value.nextTag).toBe(0xa0);
    expect(value.readContext(0, 'f').readSmallInteger('g')).toBe(7);
    expect(value.done).toBe(true);
  });

  it.each([0, 1, 127, 128, 255, 256, 65_535, 65_536])('lengths: %i bytes', (length) => {
    const content = new Uint8Array(length).fill(5);
    expect(new DerReader(derOctetString(content)).readOctetString('x')).toEqual(content);
  });

  it('writes the shortest length (X.690 10.1)', () => {
    expect(toHex(derValue(4, new Uint8Array(128)).subarray(0, 3))).toBe('048180');
    expect(toHex(derValue(4, new Uint8Array(256)).subarray(0, 4))).toBe('04820100');
  });

  it.each([
    ['2.16.840.1.101.3.4.1.42', '060960864801650304012a'],
    ['1.3.101.112', '06032b6570'],
    ['0.9.2342', '06030992 26'.replace(' ', '')],
    ['2.999', '06028837'],
  ])('object identifier %s', (dotted, hex) => {
    expect(toHex(derOid(dotted))).toBe(hex);
    expect(reader(hex).readOid('x')).toBe(dotted);
  });

  it('refuses to write what is no object identifier', () => {
    expect(() => derOid('RSA')).toThrow('not an object identifier');
  });
});

describe('strictness', () => {
  it.each([
    ['indefinite length', '30800000'],
    ['length not minimal, short value', '308101ff'],
    ['length not minimal, long form', '30820001ff'],
    ['length of five octets', '30850000000001ff'],
    ['beyond the cap', '3084ffffffff'],
    ['long tag', '3f8101'],
    ['other type', '0400'],
  ])('%s: der.malformed', async (_, hex) => {
    expect(await faultOf(() => reader(hex).readSequence('field'))).toMatchObject({
      code: 'der.malformed',
      details: { field: 'field' },
    });
  });

  it.each([
    ['negative', '0201ff'],
    ['empty', '0200'],
    ['idle zeros', '02020001'],
  ])('%s integer: der.malformed', async (_, hex) => {
    expect((await faultOf(() => reader(hex).readInteger('n'))).code).toBe('der.malformed');
  });

  it.each([
    ['seven bytes as a small integer', () => reader('020701000000000000').readSmallInteger('n')],
    ['bit string with unused bits', () => reader('030207ff').readBitString('b')],
    ['empty bit string', () => reader('0300').readBitString('b')],
    [
      'null with content',
      () => {
        reader('050100').readNull('x');
      },
    ],
    ['empty object identifier', () => reader('0600').readOid('x')],
    ['unfinished object identifier', () => reader('060186').readOid('x')],
    ['object identifier with idle zeros', () => reader('060380012a').readOid('x')],
    ['object identifier beyond 32 bits', () => reader('06072affffffffff7f').readOid('x')],
    [
      'bytes after the end',
      () => {
        reader('0500').end('x');
      },
    ],
    ['inner value longer than its parent', () => reader('30030402aa').readSequence('x').readOctetString('y')],
    ['inner value missing', () => reader('3000').readSequence('x').readOctetString('y')],
    ['more than a mebibyte', () => new DerReader(new Uint8Array((1 << 20) + 1))],
    [
      'wrapped too deep',
      () => {
        let der: Uint8Array = derNull();
        for (let i = 0; i < 40; i++) der = derSequence(der);
        let cursor = new DerReader(der);
        for (let i = 0; i < 40; i++) cursor = cursor.readSequence('x');
      },
    ],
  ])('%s: der.malformed', async (_, work) => {
    expect((await faultOf(work)).code).toBe('der.malformed');
  });

  it.each([
    ['nothing at all', ''],
    ['a tag alone', '30'],
    ['half a length', '308201'],
    ['half the content', '3003aabb'],
  ])('%s: der.truncated', async (_, hex) => {
    expect((await faultOf(() => reader(hex).readSequence('field'))).code).toBe('der.truncated');
  });

  it('says how much is missing', async () => {
    const fault = await faultOf(() => reader('3005aabb').readSequence('key'));
    expect(fault).toEqual({ code: 'der.truncated', details: { field: 'key', missingBytes: 3 } });
  });
});
