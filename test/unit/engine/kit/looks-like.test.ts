import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { looksLike } from '../../../../electron/engine/kit/looks-like.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What a pattern is likely to go back over: the words of the table, again and again, and a tail that fits none. */
const WORDS = [
  '3082',
  '308200003082',
  '0',
  'a',
  ' ',
  '\n',
  '<',
  '<?xml',
  '<Error',
  '-----BEGIN ',
  'A ',
  'PRIVATE KEY',
];

describe('looksLike', () => {
  it.each([
    ['308200003082', 'a key in hex'],
    ['30820122300D06\n', 'a key in hex'],
    ['3082', 'text of another kind'],
    ['308200003082!', 'text of another kind'],
    ['-----BEGIN RSA PRIVATE KEY-----', 'a private key in PEM'],
    ['key_id,quorum_id', 'a register of wallets'],
  ])('%j', (text, words) => {
    expect(looksLike(bytes(text))).toBe(words);
  });

  it('DER heads in hex, repeated and then broken, take no time', () => {
    const started = performance.now();
    looksLike(bytes(`${'30820000'.repeat(26)}!`));
    expect(performance.now() - started).toBeLessThan(100);
  });

  it('no content takes long', { timeout: 20_000 }, () => {
    const repeated = fc.tuple(fc.constantFrom(...WORDS), fc.integer({ min: 1, max: 600 }));
    fc.assert(
      fc.property(
        fc.array(repeated, { maxLength: 4 }),
        fc.constantFrom('', '!', '\u0000', '\n'),
        (parts, end) => {
          const started = performance.now();
          looksLike(bytes(parts.map(([word, count]) => word.repeat(count)).join('') + end));
          expect(performance.now() - started).toBeLessThan(250);
        },
      ),
      { numRuns: 300 },
    );
  });
});
