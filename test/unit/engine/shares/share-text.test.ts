import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { RecoveryError } from '../../../../shared/recovery-error.ts';
import { decodeLine, SHARE_ALPHABET } from '../../../../electron/engine/shares/share-alphabet.ts';
import {
  assembleShare,
  readShareLine,
  readShareText,
  writeShareLines,
} from '../../../../electron/engine/shares/share-text.ts';
import { encodeShare, setName, type CustodianShare } from '../../../../electron/engine/shares/share.ts';
import { seededBytes } from '../../../fixtures/wallets.ts';

const SHARE: CustodianShare = {
  what: 'password',
  needed: 3,
  of: 5,
  index: 2,
  setBytes: Uint8Array.of(1, 2, 3, 4, 5),
  point: seededBytes('point')(81),
};
const lines = writeShareLines(SHARE);

const fault = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    if (error instanceof RecoveryError) return error.toFault();
    throw error;
  }
  throw new Error('no fault');
};

const anyShare = fc
  .record({
    what: fc.constantFrom('password' as const, 'file' as const),
    of: fc.integer({ min: 2, max: 16 }),
    setBytes: fc.uint8Array({ minLength: 5, maxLength: 5 }),
    point: fc.uint8Array({ minLength: 2, maxLength: 400 }),
  })
  .chain((base) =>
    fc.record({
      ...Object.fromEntries(Object.entries(base).map(([name, value]) => [name, fc.constant(value)])),
      needed: fc.integer({ min: 2, max: base.of }),
      index: fc.integer({ min: 1, max: base.of }),
    }),
  ) as fc.Arbitrary<CustodianShare>;

describe('share text', () => {
  it('known answer: this form can be read for ever', () => {
    expect(lines).toEqual([
      '01: QYQQ XPGZ QYPQ XPQ9 866J D5QZ 6AGD RJR6 J0NC30',
      '02: TH9A XQQQ CX8T AS8E 720J 3P36 N7UK TXT3 FT3JFQ',
      '03: CQVX UUT5 X3V3 3EUY ZLAW 3N8E 3PHD T2XG 9X6XJF',
      '04: L62P 94KN ZTED GEG6 JNYG Z923 P9RZ SRGR LD6VU8',
      '05: HYKW WXRY KA2Y 74QC NZGA X6FQ 9SZ764',
    ]);
    expect(setName(SHARE)).toBe('QYPQ-XPQ9');
    expect(readShareText(lines.join('\n'))).toEqual(SHARE);
  });

  it('has lines of groups of four with a check of six', () => {
    for (const line of lines) expect(line).toMatch(/^\d\d: ([A-Z0-9]{1,4} ){1,8}[A-Z0-9]{6}$/);
  });

  it('reads back any share, in any order, case and setting', () => {
    fc.assert(
      fc.property(anyShare, fc.constantFrom('lower', 'upper'), fc.boolean(), (share, letters, packed) => {
        const written = writeShareLines(share);
        const set = packed ? written.map((line) => line.replaceAll(' ', '')).join(' ') : written.join('\r\n');
        expect(readShareText(letters === 'lower' ? set.toLowerCase() : set)).toEqual(share);
        const read = written.map(readShareLine);
        expect(assembleShare([...read].reverse())).toEqual(share);
      }),
    );
  });

  it('reads what looks like another character as that', () => {
    const text = lines
      .join('\n')
      .replaceAll(/(?<=:.*)L/g, '1')
      .replaceAll(/(?<=:.*)0/g, 'o');
    expect(text).not.toBe(lines.join('\n'));
    expect(readShareText(text)).toEqual(SHARE);
  });

  it('finds any single changed character', () => {
    for (const [i, line] of lines.entries()) {
      const characters = line.slice(line.indexOf(':') + 1).replaceAll(' ', '');
      for (let at = 0; at < characters.length; at++) {
        for (const other of SHARE_ALPHABET) {
          const typed = characters.slice(0, at) + other + characters.slice(at + 1);
          expect(decodeLine(i + 1, typed) !== undefined).toBe(typed === characters);
        }
      }
    }
  });

  it('names the line and the group of a single changed character', () => {
    for (const [line, text] of [lines[0] ?? '', lines.at(-1) ?? ''].entries()) {
      const start = text.indexOf(':') + 2;
      for (let at = start; at < text.length; at++) {
        if (text.charAt(at) === ' ') continue;
        const wrong = SHARE_ALPHABET.charAt((SHARE_ALPHABET.indexOf(text.charAt(at)) + 1 + at) % 32);
        if (wrong === text.charAt(at)) continue;
        expect(fault(() => readShareLine(text.slice(0, at) + wrong + text.slice(at + 1)))).toEqual({
          code: 'custodian-share.mistyped',
          details: {
            line: line === 0 ? 1 : lines.length,
            group: text.slice(start, at).split(' ').length,
          },
        });
      }
    }
  });

  it('finds up to four changed characters in a line', () => {
    const line = lines[0] ?? '';
    const places = Array.from(line.matchAll(/[A-Z0-9]/g), ({ index }) => index).filter((at) => at > 3);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(places, { minLength: 2, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 31 }), { minLength: 4, maxLength: 4 }),
        (at, shifts) => {
          const typed = Array.from(line);
          at.forEach((place, i) => {
            const index = SHARE_ALPHABET.indexOf(typed[place] ?? '') + (shifts[i] ?? 1);
            typed[place] = SHARE_ALPHABET.charAt(index % 32);
          });
          expect(fault(() => readShareLine(typed.join('')))).toMatchObject({
            code: 'custodian-share.mistyped',
          });
        },
      ),
    );
  });

  it('finds two characters or two lines that changed places', () => {
    const line = lines[1] ?? '';
    for (let at = 4; at + 1 < line.length; at++) {
      const [a, b] = [line.charAt(at), line.charAt(at + 1)];
      if (a === b || a === ' ' || b === ' ') continue;
      const typed = line.slice(0, at) + b + a + line.slice(at + 2);
      expect(fault(() => readShareLine(typed))).toMatchObject({ code: 'custodian-share.mistyped' });
    }
    const renumbered = line.replace('02:', '03:');
    expect(fault(() => readShareLine(renumbered))).toMatchObject({ code: 'custodian-share.mistyped' });
  });

  it.each([
    ['nothing', '', { reason: 'not a share' }],
    ['text', 'a password, perhaps', { reason: 'not a share' }],
    ['no line 2', lines.toSpliced(1, 1).join('\n'), { reason: 'line missing', line: 2 }],
    ['no last line', lines.slice(0, -1).join('\n'), { reason: 'line missing', line: lines.length }],
    ['half a line', lines[0]?.slice(0, 9), { reason: 'line malformed', line: 1 }],
    ['a line that goes on', `${lines[0] ?? ''} QPZR`, { reason: 'line malformed', line: 1 }],
    ['a stranger', (lines[0] ?? '').replace(/^(.{10})./, '$1B'), { reason: 'character', line: 1, group: 2 }],
  ])('%s', (_name, text, details) => {
    expect(fault(() => readShareText(text ?? ''))).toEqual({ code: 'custodian-share.malformed', details });
  });

  it('tells lines of two shares apart, and one line in two versions', () => {
    const other = writeShareLines({ ...SHARE, index: 3, point: seededBytes('other')(81) });
    const mixed = [other[0], ...lines.slice(1)].join('\n');
    const malformed = 'custodian-share.malformed';
    expect(fault(() => readShareText(mixed))).toEqual({ code: malformed, details: { reason: 'checksum' } });
    expect(fault(() => readShareText([...lines, other[0]].join('\n')))).toEqual({
      code: malformed,
      details: { reason: 'line twice', line: 1 },
    });
    expect(readShareText([...lines, lines[0]].join('\n'))).toEqual(SHARE);
  });

  it('refuses a version and numbers that no share has', () => {
    const forged = (change: Partial<CustodianShare>): unknown =>
      fault(() => readShareText(writeShareLines({ ...SHARE, ...change }).join('\n')));
    for (const change of [{ needed: 1 }, { needed: 6 }, { of: 17 }, { index: 0 }, { index: 6 }]) {
      expect(forged(change)).toMatchObject({ details: { reason: 'header' } });
    }
    expect(encodeShare(SHARE)[0]).toBe(1);
  });

  it('any text is a share or a fault', () => {
    const characters = fc.constantFrom(...Array.from('0123456789:QPZRqpzrBIO \n-é'));
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 300 }), (text) => {
        expect(fault(() => readShareText(text))).toHaveProperty('code');
      }),
    );
  });
});
