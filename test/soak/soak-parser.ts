import { SecretBytes } from '../../electron/engine/bytes/secret-bytes.ts';
import { utf8 } from '../unit/engine/rsa/fixtures.ts';
import type { Dice } from './dice.ts';
import { mutate } from './mutate.ts';
import { mutateValue } from './mutate-value.ts';

/** One door through which what others wrote comes in. */
export interface SoakParser {
  readonly name: string;
  /** Makes what the inputs are made from; asked once. What it answers makes an input, or the promise of one. */
  readonly prepare: () => Promise<(dice: Dice) => unknown>;
  /** Reads one input. A `RecoveryError` is an answer; whatever else it throws is a defect. */
  readonly parse: (input: never) => unknown;
  /** Milliseconds of processor time that no input may take more of; a second, unless a password is tried. */
  readonly limitMs: number;
}

export const READING_MS = 1000;
/** A file says how much work its password is, up to the caps of `deriveKey`. */
export const DERIVING_MS = 30_000;

/** Of every sealed input that its password opens. */
export const PASSWORD = 'a password';

export function ofBytes(
  name: string,
  parse: (content: Uint8Array) => unknown,
  seeds: () => readonly Uint8Array[] | Promise<readonly Uint8Array[]>,
): SoakParser {
  return {
    name,
    parse,
    limitMs: READING_MS,
    prepare: async () => {
      const made = (await seeds()).map((seed) => Uint8Array.from(seed));
      // What is valid must be read: a fuzzer whose seeds are refused fuzzes the first check alone.
      for (const seed of made) await parse(seed);
      return (dice) => mutate(dice.pick(made), dice);
    },
  };
}

/** A door whose inputs have to be made, and not changed alone: sealed, summed or signed as they should be. */
export function ofMade<Input>(
  name: string,
  parse: (input: Input) => unknown,
  make: (dice: Dice) => Input | Promise<Input>,
  limitMs = READING_MS,
): SoakParser {
  return { name, parse, limitMs, prepare: () => Promise.resolve(make) };
}

export function ofTexts(
  name: string,
  parse: (text: string) => unknown,
  seeds: readonly string[],
): SoakParser {
  return {
    name,
    parse,
    limitMs: READING_MS,
    prepare: () => {
      for (const seed of seeds) parse(seed);
      return Promise.resolve((dice) => Buffer.from(mutate(utf8(dice.pick(seeds)), dice)).toString('utf8'));
    },
  };
}

export function ofValues(
  name: string,
  parse: (value: unknown) => unknown,
  samples: readonly unknown[],
): SoakParser {
  return {
    name,
    parse,
    limitMs: READING_MS,
    prepare: () => {
      for (const sample of samples) {
        if (parse(sample) === undefined) throw new Error(`a sample of ${name} is not read`);
      }
      return Promise.resolve((dice) => mutateValue(dice.pick(samples), dice));
    },
  };
}

/** Works with the password that opens sealed inputs, which is wiped each time. */
export function withPasswordOf<Result>(
  work: (content: Uint8Array, password: SecretBytes) => Promise<Result>,
): (content: Uint8Array) => Promise<Result> {
  return async (content) => {
    const password = new SecretBytes(utf8(PASSWORD));
    try {
      return await work(content, password);
    } finally {
      password.wipe();
    }
  };
}
