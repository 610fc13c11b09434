import { expect, it } from 'vitest';

import { PARSERS } from '../soak/parsers.ts';
import { runParser } from '../soak/run-parser.ts';

/** A short run of what `npm run soak` does for long; a seed of the day finds over the weeks what one seed would not. */

const seed = Math.floor(Date.now() / 86_400_000) * 1_000_000;

it.each(PARSERS)('$name: hostile inputs are read or refused, none for long', async (parser) => {
  const run = await runParser(parser, { inputs: 150, budgetMs: 2000, seed });
  expect(run.defects).toEqual([]);
  expect(run.inputs).toBeGreaterThan(0);
  expect(Object.keys(run.answers).length, 'kinds of answer').toBeGreaterThan(0);
  // Twice the limit, for what is compiled on the way.
  expect(run.worstMs, `worst input: seed ${run.worstSeed}`).toBeLessThan(2 * parser.limitMs);
});
