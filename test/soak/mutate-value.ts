import { types } from 'node:util';

import type { Dice } from './dice.ts';
import { hostileValue } from './hostile-value.ts';

/**
 * A hostile value near a valid one: one or two of its fields are changed, wherever they are inside, and the others are as
 * they should be, so that the reader of each field is reached and not the first one's alone.
 * @param sample what structured cloning can carry
 */
export function mutateValue(sample: unknown, dice: Dice): unknown {
  // Where there is one field alone, nothing else would ever be read.
  if (dice.oneIn(20)) return sample;
  let value = sample;
  for (let left = 1 + dice.below(2); left > 0; left--) value = changed(value, dice);
  return value;
}

function changed(value: unknown, dice: Dice): unknown {
  if (dice.oneIn(16)) return hostileValue(dice, []);
  if (Array.isArray(value)) return changedList(value as readonly unknown[], dice);
  if (isFields(value) && Object.keys(value).length > 0) return changedFields(value, dice);
  return nearLeaf(value, dice);
}

function changedFields(fields: Readonly<Record<string, unknown>>, dice: Dice): unknown {
  const name = dice.pick(Object.keys(fields));
  const others = Object.entries(fields).filter(([other]) => other !== name);
  switch (dice.below(12)) {
    case 0:
      return Object.fromEntries(others);
    case 1:
      return { ...fields, [dice.pick(['more', 'constructor', '', `${name} `])]: fields[name] };
    case 2:
      return Object.fromEntries([...others, [name.toUpperCase(), fields[name]]]);
    case 3:
      return Object.defineProperty({ ...fields }, name, { get: () => fields[name], enumerable: true });
    case 4:
      return Object.assign(Object.create({ [name]: fields[name] }) as object, Object.fromEntries(others));
    default:
      return { ...fields, [name]: changed(fields[name], dice) };
  }
}

function changedList(list: readonly unknown[], dice: Dice): unknown {
  const at = dice.below(list.length);
  switch (dice.below(6)) {
    case 0:
      return Array.from({ length: dice.pick([2, 257, 10_000, 10_001]) }, () => list[at] ?? 'x');
    case 1:
      return new Array<unknown>(3);
    case 2:
      return Object.assign({}, list, { length: list.length });
    case 3:
      return list.slice(1);
    default:
      return list.length === 0 ? [hostileValue(dice, [])] : list.with(at, changed(list[at], dice));
  }
}

/** A value of the same type that is nearly right, one of a near type, or one that nobody expects. */
function nearLeaf(value: unknown, dice: Dice): unknown {
  if (dice.oneIn(4)) return hostileValue(dice, []);
  if (typeof value === 'string') return nearText(value, dice);
  if (typeof value === 'number') {
    return dice.pick([
      value + 1,
      value - 1,
      -value,
      value + 0.5,
      2 ** 31,
      2 ** 53,
      NaN,
      String(value),
      [value],
    ]);
  }
  if (typeof value === 'boolean') return dice.pick([!value, Number(value), String(value), null]);
  // Not `instanceof`: a hostile object can have bytes for a prototype, and is none.
  if (types.isUint8Array(value)) return nearBytes(value, dice);
  return hostileValue(dice, []);
}

function nearText(text: string, dice: Dice): unknown {
  return dice.pick<unknown>([
    ...['', ` ${text}`, `${text}\u0000`, text.toUpperCase(), text.slice(1), text + text, `${text}\ud800`],
    // At and beyond the limits that the readers have: 64, 256, 300, 4096.
    ...[64, 65, 256, 257, 300, 301, 4096, 4097].map((length) => text.padEnd(length, 'x').slice(0, length)),
    ...[[text], { toString: () => text }, new String(text), null],
  ]);
}

function nearBytes(bytes: Uint8Array, dice: Dice): unknown {
  return dice.pick<unknown>([
    ...[0, 1, 256, 257, 2048, 2049, 4096, 4097, 65_536, 65_537].map((length) => new Uint8Array(length)),
    ...[bytes.slice(1), Buffer.from(bytes), Array.from(bytes), new Uint16Array(2), bytes.buffer],
    ...[new DataView(bytes.buffer), new Uint8Array(new SharedArrayBuffer(4)), String(bytes), null],
  ]);
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
