import { expect, it } from 'vitest';

import { CHANNELS } from '../../shared/contract.ts';
import { GOOD_REQUESTS } from '../fixtures/requests.ts';
import { PARSERS } from '../soak/parsers.ts';
import { runParser } from '../soak/run-parser.ts';

/** A short run of what `npm run soak` does for long; a seed of the day finds over the weeks what one seed would not. */

const seed = Math.floor(Date.now() / 86_400_000) * 1_000_000;

it.each(PARSERS)('$name: hostile inputs are read or refused, none for long', async (parser) => {
  const run = await runParser(parser, { inputs: 60, budgetMs: 2000, seed });
  expect(run.defects).toEqual([]);
  expect(run.inputs).toBeGreaterThan(0);
  expect(Object.keys(run.answers).length, 'kinds of answer').toBeGreaterThan(0);
  // Twice the limit, for what is compiled on the way.
  expect(run.worstMs, `worst input: seed ${run.worstSeed}`).toBeLessThan(2 * parser.limitMs);
});

const withFields = CHANNELS.filter((channel) => GOOD_REQUESTS[channel][0] !== null);

it.each(withFields)('ipc %s: the reader of every field is reached', async (channel) => {
  const parser = PARSERS.find(({ name }) => name === `ipc ${channel}`)!;
  const { answers } = await runParser(parser, { inputs: 250, budgetMs: 5000, seed });
  const fields = Object.keys(GOOD_REQUESTS[channel][0] as object);
  const refused = fields.filter((field) => (answers[`ipc.malformed ${field}`] ?? 0) > 0);
  expect(refused).toEqual(fields);
  expect(answers['read']).toBeGreaterThan(0);
});

it.each([
  ...['HSM request', 'HSM answer', 'reveal call', 'age file', 'key in an age file', 'keystore'],
  ...['session record', 'trusted keys', 'signing key', 'dice', 'custodian share, text'],
])('%s: what is near enough is read, the rest is not', async (name) => {
  const parser = PARSERS.find((each) => each.name === name)!;
  const { answers, inputs } = await runParser(parser, { inputs: 300, budgetMs: 10_000, seed });
  expect(answers['read']).toBeGreaterThan(0);
  expect(answers['read']).toBeLessThan(inputs);
});
