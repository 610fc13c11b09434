import { expect, it } from 'vitest';

import { PUSH_INTERVAL_MS, StatePusher } from '../../../electron/shell/state-pusher.ts';
import { HandClock } from './fakes.ts';

it('sends at once, then at most once an interval, the newest last', () => {
  const clock = new HandClock();
  const sent: number[] = [];
  let state = 0;
  const pusher = new StatePusher(() => sent.push(state), clock);
  const change = (): void => {
    state++;
    pusher.changed();
  };
  change();
  expect(sent).toEqual([1]);
  for (let i = 0; i < 100; i++) change();
  expect(sent).toEqual([1]);
  clock.pass(PUSH_INTERVAL_MS);
  expect(sent).toEqual([1, 101]);
  clock.pass(10 * PUSH_INTERVAL_MS);
  expect(sent).toEqual([1, 101]);
  change();
  expect(sent).toEqual([1, 101, 102]);
});
