import { describe, expect, it } from 'vitest';

import { peopleOf } from '../../../electron/session/people.ts';

describe('who is there', () => {
  it.each([
    ['', '', []],
    [
      ' Ann ',
      'Bob, Cid;Dan\nEve',
      ['Ann:operator', 'Bob:witness', 'Cid:witness', 'Dan:witness', 'Eve:witness'],
    ],
    ['Ann, Eve', ',,', ['Ann:operator']],
    ['A\u202Enn\u0000', 'x'.repeat(200), ['A nn:operator', `${'x'.repeat(64)}:witness`]],
    [
      '',
      Array.from({ length: 50 }, (_, i) => `W${i}`).join(),
      Array.from({ length: 20 }, (_, i) => `W${i}:witness`),
    ],
  ])('%j and %j', (operator, witnesses, expected) => {
    expect(peopleOf(operator, witnesses).map(({ name, role }) => `${name}:${role}`)).toEqual(expected);
  });
});
