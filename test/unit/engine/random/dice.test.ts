import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  MAX_DICE_ROLLS,
  MIN_DICE_ROLLS,
  rateDice,
  readDice,
} from '../../../../electron/engine/random/dice.ts';
import { faultOf, reveal, utf8 } from '../rsa/fixtures.ts';

const FAIR = '123456'.repeat(17);

describe('readDice', () => {
  it('keeps the digits, without blanks and line breaks', () => {
    const { digits, count, entropyBits, isUneven } = readDice(utf8(`12 34\t56\r\n${FAIR}\n`));
    expect(Buffer.from(reveal(digits)).toString('latin1')).toBe(`123456${FAIR}`);
    expect(count).toBe(108);
    expect(entropyBits).toBeCloseTo(279.18, 2);
    expect(isUneven).toBe(false);
    expect(String(digits)).toBe('[secret]');
  });

  it.each([
    ['123 7', { roll: 4, line: 1, column: 5 }],
    ['123\n45 0', { roll: 6, line: 2, column: 4 }],
    ['1,2', { roll: 2, line: 1, column: 2 }],
    [`${FAIR}x`, { roll: 103, line: 1, column: 103 }],
  ])('%j: names roll, line and column', async (text, details) => {
    expect(await faultOf(() => readDice(utf8(text)))).toEqual({ code: 'dice.malformed', details });
  });

  it.each([0, MIN_DICE_ROLLS - 1, MAX_DICE_ROLLS + 1])('%d rolls: dice.count', async (count) => {
    const fault = await faultOf(() => readDice(utf8('3'.repeat(count))));
    expect(fault).toEqual({ code: 'dice.count', details: { count, minimum: 50, maximum: 1000 } });
  });

  it('takes the least and the most', () => {
    for (const count of [MIN_DICE_ROLLS, MAX_DICE_ROLLS]) {
      expect(readDice(utf8('123456'.repeat(200).slice(0, count))).count).toBe(count);
    }
  });

  it('calls rolls uneven that a fair die shows once in a thousand times', () => {
    expect(readDice(utf8('1'.repeat(100))).isUneven).toBe(true);
    // 20, 20, 20, 20, 20, 0 of 100: chi-square 20.0, just below 20.515.
    expect(readDice(utf8('12345'.repeat(20))).isUneven).toBe(false);
    expect(readDice(utf8('12345'.repeat(21))).isUneven).toBe(true);
  });

  it('reads any rolls, however they are set', () => {
    const roll = fc.constantFrom('1', '2', '3', '4', '5', '6');
    const gap = fc.constantFrom('', ' ', '\n', '\t ');
    fc.assert(
      fc.property(fc.array(fc.tuple(roll, gap), { minLength: 50, maxLength: 300 }), (rolls) => {
        const { digits } = readDice(utf8(rolls.flat().join('')));
        expect(Buffer.from(reveal(digits)).toString()).toBe(rolls.map(([digit]) => digit).join(''));
      }),
    );
  });
});

describe('rateDice', () => {
  it.each([
    ['', 0, false],
    ['12 3', 3, false],
    ['1'.repeat(MIN_DICE_ROLLS - 1), MIN_DICE_ROLLS - 1, false],
    ['1'.repeat(MIN_DICE_ROLLS), MIN_DICE_ROLLS, true],
  ])('%j: counts, and calls uneven only what is enough to tell', (text, count, isUneven) => {
    expect(rateDice(utf8(text))).toMatchObject({ count, isUneven });
  });

  it('says of whole rolls what reading them says', () => {
    const rolls = fc.string({
      unit: fc.constantFrom('1', '2', '3', '4', '5', '6', ' '),
      minLength: 80,
      maxLength: 300,
    });
    fc.assert(
      fc.property(rolls, (text) => {
        fc.pre(text.replaceAll(' ', '').length >= MIN_DICE_ROLLS);
        const { digits, ...rest } = readDice(utf8(text));
        digits.wipe();
        expect(rateDice(utf8(text))).toEqual(rest);
      }),
    );
  });

  it('refuses what is no roll, and too many', async () => {
    expect((await faultOf(() => rateDice(utf8('17')))).code).toBe('dice.malformed');
    expect((await faultOf(() => rateDice(utf8('1'.repeat(MAX_DICE_ROLLS + 1))))).code).toBe('dice.count');
  });
});
