import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { SecretBytes } from '../../../../electron/engine/bytes/secret-bytes.ts';
import { checkNewPassword } from '../../../../electron/engine/password/new-password.ts';
import {
  makePassphrase,
  PASSPHRASE_LENGTH,
  PASSPHRASE_WORDS,
} from '../../../../electron/engine/password/passphrase.ts';
import { ratePassword } from '../../../../electron/engine/password/rating.ts';
import { seededBytes } from '../../../fixtures/wallets.ts';
import { faultOf } from '../../../fixtures/faults.ts';
import { secretOf, textOf } from '../encode/sample-key.ts';

describe('a password for a new file', () => {
  it.each(['twelve chars', '  blanks  at both ends  ', 'ünïcödé öf äll', '🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑'])(
    'takes %s',
    (text) => {
      expect(checkNewPassword(secretOf(text))).toEqual({ isNfc: true });
    },
  );

  it.each(['', 'eleven char', '🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑'])('refuses %s as too short', (text) => {
    expect(faultOf(() => checkNewPassword(secretOf(text)))).toEqual({
      code: 'password.too-short',
      details: { minimumCharacters: 12 },
    });
  });

  it('says of another form of the same letters that it is one, and leaves it', () => {
    const decomposed = secretOf('Pässwörd mit Umlaut'.normalize('NFD'));
    expect(checkNewPassword(decomposed)).toEqual({ isNfc: false });
    expect(textOf(decomposed)).toBe('Pässwörd mit Umlaut'.normalize('NFD'));
  });

  it('refuses bytes that are no text', () => {
    const bytes = new SecretBytes(new Uint8Array(20).fill(0xff));
    expect(faultOf(() => checkNewPassword(bytes)).code).toBe('password.unavailable');
  });
});

describe('the rating', () => {
  it.each([
    ['password1234', 0, 1],
    ['qwertyuiop12', 0, 1],
    ['aaaaaaaaaaaaaaaa', 0, 1],
    // 10^8 guesses stop a login, and are an afternoon for whoever has the file.
    ['Summer2024!abc', 1, 1],
    ['zW9#kk3!pQx02', 2, 2],
    ['zW9#qR3!pXs02vB8nYd7', 4, 4],
    ['a good long passphrase 7341', 4, 4],
    ['abacus zoom ruby vowel', 3, 3],
    ['abacus zoom ruby vowel spent', 4, 4],
    ['correct horse battery staple', 3, 4],
  ] as const)('%s: from %i to %i', (text, least, most) => {
    const { score, advice } = ratePassword(secretOf(text));
    expect(score).toBeGreaterThanOrEqual(least);
    expect(score).toBeLessThanOrEqual(most);
    expect(advice.length > 0).toBe(score < 3);
    expect(advice.join(' ')).not.toContain(text);
  });

  it('ends soon for the longest that can be typed', () => {
    expect(ratePassword(secretOf('a1!'.repeat(1365))).score).toBeTypeOf('number');
  });
});

describe('a passphrase', () => {
  it('is made of the EFF’s large list, as it was published', () => {
    expect(PASSPHRASE_WORDS).toHaveLength(7776);
    expect(new Set(PASSPHRASE_WORDS).size).toBe(7776);
    expect([PASSPHRASE_WORDS[0], PASSPHRASE_WORDS.at(-1)]).toEqual(['abacus', 'zoom']);
    const text = `${PASSPHRASE_WORDS.join('\n')}\n`;
    expect(createHash('sha256').update(text).digest('hex')).toBe(
      '6d557f0693958fb5e650b68b5bee585eb82cf4da32965505c789e924743bc522',
    );
  });

  it('has seven words, others each time, and is strong', () => {
    const made = Array.from({ length: 20 }, (_, i) => textOf(makePassphrase(seededBytes(`phrase ${i}`))));
    expect(new Set(made).size).toBe(20);
    for (const phrase of made) expect(phrase.split(' ')).toHaveLength(PASSPHRASE_LENGTH);
    expect(ratePassword(secretOf(made[0]!)).score).toBe(4);
    expect(checkNewPassword(secretOf(made[0]!))).toEqual({ isNfc: true });
  });

  it('overwrites what it drew', () => {
    const drawn: Uint8Array[] = [];
    const random = seededBytes('wiped');
    makePassphrase((length) => {
      const bytes = random(length);
      drawn.push(bytes);
      return bytes;
    });
    expect(drawn.length).toBeGreaterThanOrEqual(PASSPHRASE_LENGTH);
    for (const bytes of drawn) expect([...bytes]).toEqual([0, 0]);
  });

  it('draws again what would favour the first words', () => {
    const draws = [0xff, 0xff, 0xf3, 0x00, ...new Array<number>(14).fill(0)];
    let at = 0;
    const phrase = textOf(makePassphrase((length) => Uint8Array.from(draws.slice(at, (at += length)))));
    expect(phrase).toBe(new Array(7).fill('abacus').join(' '));
    expect(at).toBe(18);
  });

  it('draws every word as often as any other', () => {
    const random = seededBytes('fair');
    const counts = new Map<string, number>();
    const phrases = 12_000;
    for (let i = 0; i < phrases; i++) {
      for (const word of textOf(makePassphrase(random)).split(' '))
        counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    const expected = (phrases * PASSPHRASE_LENGTH) / PASSPHRASE_WORDS.length;
    const chiSquare = PASSPHRASE_WORDS.reduce(
      (sum, word) => sum + ((counts.get(word) ?? 0) - expected) ** 2 / expected,
      0,
    );
    // Its mean is 7775 and its deviation 125: six deviations, of a seed that stays the same.
    expect(Math.abs(chiSquare - 7775)).toBeLessThan(750);
  });
});
