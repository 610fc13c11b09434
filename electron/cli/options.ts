import { parseArgs, type ParseArgsConfig } from 'node:util';

import { RecoveryError } from '../../shared/recovery-error.ts';

/** One option of a command, as its help shows it. */
interface OptionSpec {
  /** What stands for the value in the help; undefined for a switch. */
  readonly value?: string;
  readonly repeatable?: boolean;
  /** May stand without a value, which then means `true`. */
  readonly optionalValue?: boolean;
  readonly help: string;
}

/** The options that a command knows, by name without the dashes. */
export type OptionTable = Readonly<Record<string, OptionSpec>>;

/** A command line that was understood: switches are present or not, values are texts. */
export class ParsedOptions {
  readonly paths: readonly string[];
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(paths: readonly string[], values: ReadonlyMap<string, readonly string[]>) {
    this.paths = paths;
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  optional(name: string): string | undefined {
    return this.#values.get(name)?.[0];
  }

  /** Fails with `usage.invalid` when the option is missing. */
  required(name: string): string {
    const value = this.optional(name);
    if (value === undefined)
      throw new RecoveryError('usage.invalid', { option: `--${name}`, reason: 'missing' });
    return value;
  }

  /** One of the given texts. Fails with `usage.invalid`. */
  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
    const value = this.optional(name);
    if (value === undefined) return undefined;
    const choice = choices.find((known) => known.toLowerCase() === value.toLowerCase());
    if (choice === undefined) {
      throw new RecoveryError('usage.invalid', {
        option: `--${name}`,
        reason: 'choice',
        choices: choices.join(', '),
      });
    }
    return choice;
  }

  /** `true` or `false`, as the flags of the public Palisade CLI are written. Fails with `usage.invalid`. */
  boolean(name: string, otherwise: boolean): boolean {
    const choice = this.choice(name, ['true', 'false']);
    return choice === undefined ? otherwise : choice === 'true';
  }
}

/**
 * Reads a command's arguments. Unknown options, doubled ones and stray arguments are refused; an argument's value is
 * never repeated in the error, since it may be a password put in the wrong place.
 * Fails with `usage.invalid`.
 * @param args what follows the command's name
 * @param table the options that the command knows
 * @param takesPaths whether arguments without dashes are allowed
 */
export function parseOptions(
  args: readonly string[],
  table: OptionTable,
  takesPaths: boolean,
): ParsedOptions {
  const config: ParseArgsConfig['options'] = Object.fromEntries(
    Object.entries(table).map(([name, spec]) => [
      name,
      { type: spec.value === undefined ? 'boolean' : 'string', multiple: true },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...spellOutOptionalValues(args, table)],
    options: config,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  const paths: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') paths.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = specOf(table, token.name);
    const option = token.rawName;
    if (spec === undefined) throw new RecoveryError('usage.invalid', { option, reason: 'unknown' });
    if ((spec.value === undefined) !== (token.value === undefined)) {
      throw new RecoveryError('usage.invalid', {
        option,
        reason: token.value === undefined ? 'no value' : 'value',
      });
    }
    // A value that was forgotten would take the next option for itself; one that starts so is written after a `=`.
    if (token.inlineValue === false && /^-./.test(token.value)) {
      throw new RecoveryError('usage.invalid', { option, reason: 'no value' });
    }
    const known = values.get(token.name) ?? [];
    if (known.length > 0 && spec.repeatable !== true) {
      throw new RecoveryError('usage.invalid', { option, reason: 'twice' });
    }
    values.set(token.name, [...known, token.value ?? '']);
  }
  if (paths.length > 0 && !takesPaths) throw new RecoveryError('usage.invalid', { reason: 'stray argument' });
  return new ParsedOptions(paths, values);
}

function spellOutOptionalValues(args: readonly string[], table: OptionTable): readonly string[] {
  return args.map((argument, i) => {
    const spec = argument.startsWith('--') ? specOf(table, argument.slice(2)) : undefined;
    const next = args[i + 1] ?? '';
    return spec?.optionalValue === true && !/^(?:true|false)$/i.test(next) ? `${argument}=true` : argument;
  });
}

/** A name that every object has, like `constructor`, is no option. */
function specOf(table: OptionTable, name: string): OptionSpec | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
