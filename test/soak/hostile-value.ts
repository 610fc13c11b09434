import type { Dice } from './dice.ts';

const NUMBERS = [0, -0, 1, -1, 2, 1.5, 255, 256, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 53), 1e308, NaN, Infinity];
const TEXTS = [
  ...[
    '',
    ' ',
    '0',
    '1',
    '-1',
    '0x',
    'null',
    '__proto__',
    'constructor',
    '../../etc/passwd',
    '\u0000',
    '\ufeff',
  ],
  ...[
    '\ud800',
    '\u202e',
    'a'.repeat(200),
    'a'.repeat(70_000),
    '[]',
    'AAAA',
    '=',
    'm/0',
    "m/44'/0",
    'secp256k1',
  ],
];

/**
 * A value that nobody expects, or one that is nearly right: of any type, nested, with the names that a reader knows.
 * @param names of fields
 * @param depth how far it may nest
 */
export function hostileValue(dice: Dice, names: readonly string[], depth = 3): unknown {
  switch (dice.below(depth > 0 ? 9 : 6)) {
    case 0:
      return dice.pick([null, undefined, true, false]);
    case 1:
      return dice.pick(NUMBERS);
    case 2:
      return dice.pick(TEXTS);
    case 3:
      return names.length > 0 ? dice.pick(names) : Buffer.from(dice.bytes(dice.below(30))).toString('base64');
    case 4:
      return dice.bytes(dice.pick([0, 1, 31, 32, 33, 256, 4097]));
    case 5:
      return dice.pick([new Map(), new Date(NaN), 10n, new ArrayBuffer(8), []]);
    case 6:
      return Array.from({ length: dice.pick([0, 1, 2, 3, 1025]) }, () =>
        hostileValue(dice, names, depth - 2),
      );
    default:
      return objectOf(dice, names, depth);
  }
}

function objectOf(dice: Dice, names: readonly string[], depth: number): unknown {
  const keys = Array.from({ length: dice.below(5) }, () =>
    names.length > 0 && !dice.oneIn(6) ? dice.pick(names) : dice.pick(TEXTS),
  );
  const made: unknown = Object.fromEntries(keys.map((key) => [key, hostileValue(dice, names, depth - 1)]));
  // Not by assigning, which would take a field named `__proto__` for the prototype.
  return dice.oneIn(8) ? Object.create({ inherited: 1 }, Object.getOwnPropertyDescriptors(made)) : made;
}
