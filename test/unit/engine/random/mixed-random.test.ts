import { createHmac } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { mixedRandom } from '../../../../electron/engine/random/mixed-random.ts';
import { seededBytes } from '../../../fixtures/wallets.ts';
import { secret } from '../rsa/fixtures.ts';

const DICE = '3415263415'.repeat(10);
const zeros = (length: number): Uint8Array => new Uint8Array(length);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** HKDF by the book (RFC 5869), with HMAC alone. */
function streamByTheBook(dice: string, draw: number, length: number): Buffer {
  const hmac = (key: string | Buffer, data: Buffer): Buffer =>
    createHmac('sha256', key).update(data).digest();
  const key = hmac('breakglass dice v1', Buffer.from(dice, 'latin1'));
  const info = Buffer.alloc(8);
  info.writeBigUInt64BE(BigInt(draw));
  const blocks: Buffer[] = [];
  for (let i = 1; blocks.length * 32 < length; i++) {
    blocks.push(hmac(key, Buffer.concat([blocks.at(-1) ?? Buffer.alloc(0), info, Buffer.from([i])])));
  }
  return Buffer.concat(blocks).subarray(0, length);
}

describe('mixedRandom', () => {
  it('known answer: two draws over a system that gives zeros', () => {
    const random = mixedRandom(zeros, secret(DICE));
    expect(hex(random(32))).toBe('4a812dfaa1d67145ec7ac430e2d3abd4f503031a799c3075bb5396673e4a09d1');
    expect(hex(random(40))).toBe(
      '9fffabcb8abb268ca6e92def0b1a39a11c5bc6b26ff751f91dc331768ac313a6007a1214d8f84939',
    );
  });

  it('is the system XOR HKDF of the dice, draw by draw, beyond one expansion too', () => {
    const [system, same] = [seededBytes('a'), seededBytes('a')];
    const random = mixedRandom(system, secret(DICE));
    const expected = (draw: number, length: number): string => {
      const bytes = same(length);
      const stream = streamByTheBook(DICE, draw, length);
      return hex(bytes.map((byte, i) => byte ^ (stream[i] ?? 0)));
    };
    expect(hex(random(16))).toBe(expected(0, 16));
    expect(hex(random(256))).toBe(expected(1, 256));
    const [long, systems] = [random(8160 + 5), same(8160 + 5)];
    const stream = Buffer.concat([streamByTheBook(DICE, 2, 8160), streamByTheBook(DICE, 3, 5)]);
    expect(hex(long)).toBe(hex(systems.map((byte, i) => byte ^ (stream[i] ?? 0))));
    expect(hex(random(16))).toBe(expected(4, 16));
  });

  it('can be undone by who knows the dice, so that nothing of the system is lost', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const once = mixedRandom(() => bytes, secret(DICE))(bytes.length);
        expect(mixedRandom(() => once, secret(DICE))(bytes.length)).toEqual(bytes);
      }),
    );
  });

  it('leaves the bytes of the system alone', () => {
    const given = new Uint8Array(16);
    mixedRandom(() => given, secret(DICE))(16);
    expect(given).toEqual(new Uint8Array(16));
  });

  it('one other roll makes another stream', () => {
    const other = `${DICE.slice(0, -1)}6`;
    expect(mixedRandom(zeros, secret(DICE))(32)).not.toEqual(mixedRandom(zeros, secret(other))(32));
  });
});
