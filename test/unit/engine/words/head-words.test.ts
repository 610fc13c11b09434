import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { headWords, parseHeadWords } from '../../../../electron/engine/words/head-words.ts';
import { EVEN_WORDS, ODD_WORDS } from '../../../../electron/engine/words/pgp-words.ts';
import { faultOf } from '../../../fixtures/faults.ts';

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const hexOf = (given: Uint8Array): string => Buffer.from(given).toString('hex');

describe('the PGP word list', () => {
  it('is the one that is published', () => {
    const list = EVEN_WORDS.map((word, byte) => `${word} ${ODD_WORDS[byte] ?? ''}`).join('\n');
    expect(createHash('sha256').update(list).digest('hex')).toBe(
      '0b9fb31fd0fd7fc54489ce2dd9ca0cecc282424bfa170647920025b80e0518d2',
    );
  });

  it('has 512 words, each once, so that the wrong list is noticed', () => {
    expect(new Set([...EVEN_WORDS, ...ODD_WORDS].map((word) => word.toLowerCase())).size).toBe(512);
  });
});

describe('headWords', () => {
  it('writes the fingerprint that the list is known by', () => {
    // The sample of the list's article in the literature: a PGP fingerprint and how it is read.
    expect(headWords('E58294F2E9A227486E8B061B31CC528FD7FA3F19').join(' ')).toBe(
      'topmost Istanbul Pluto vagabond treadmill Pacific brackish dictator goldfish Medusa afflict bravado chatter revolver Dupont midsummer stopwatch whimsical cowbell bottomless',
    );
  });

  it('is read back', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom(' ', '\n', ', ', '-', ' ; '), (given, between) => {
        const words = headWords(hexOf(given)).join(between);
        expect(parseHeadWords(words)).toBe(hexOf(given));
        expect(parseHeadWords(` ${words.toUpperCase()} `)).toBe(hexOf(given));
      }),
    );
  });
});

describe('parseHeadWords', () => {
  const words = headWords('00'.repeat(16) + 'ff'.repeat(16));
  const faultIn = (given: readonly string[]) => faultOf(() => parseHeadWords(given.join(' ')));

  it('names a word that is in neither list', () => {
    expect(faultIn(words.with(4, 'aardvarg'))).toEqual({
      code: 'words.malformed',
      details: { place: 5, word: 'aardvarg', reason: 'unknown' },
    });
  });

  it('names the place where one was left out, doubled or swapped with its neighbour', () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: 0, max: 30 }), (given, at) => {
        const good = headWords(hexOf(given));
        const without = good.toSpliced(at, 1);
        const doubled = good.toSpliced(at, 0, good[at] ?? '');
        const swapped = good.toSpliced(at, 2, good[at + 1] ?? '', good[at] ?? '');
        expect(faultIn(without).details).toMatchObject({ place: at + 1, reason: 'order' });
        expect(faultIn(doubled).details).toMatchObject({ place: at + 2, reason: 'order' });
        expect(faultIn(swapped).details).toMatchObject({ place: at + 1, reason: 'order' });
      }),
    );
  });

  it.each([
    [words.slice(0, 31), 'few'],
    [[...words, 'aardvark'], 'many'],
    [[], 'few'],
  ])('says that there are too few or too many', (given, reason) => {
    expect(faultIn(given).details).toEqual({ reason, words: given.length, count: 32 });
  });
});
