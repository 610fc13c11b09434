import type { Command } from './command.ts';
import type { OptionTable } from './options.ts';

/** The help of the whole program. */
export function programHelp(commands: readonly Command[]): string {
  return [
    'Recovers the key of an MPC wallet from its backup, offline.',
    '',
    'Usage: breakglass COMMAND [options]',
    '',
    ...table(commands.map(({ name, summary }) => [name, summary])),
    '',
    'breakglass COMMAND --help tells the options of a command.',
    '',
    'Exit codes: 0 good, 2 usage, 3 input unreadable, 4 verification failed, 5 wrong key, password or label,',
    '6 unsupported or unverifiable, 7 refused by a guard, 1 a bug of ours.',
  ].join('\n');
}

/** The help of one command. */
export function commandHelp({ name, summary, usage, options }: Command): string {
  return [
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    '',
    `Usage: breakglass ${name} ${usage}`,
    '',
    ...table(describeOptions(options)),
  ].join('\n');
}

function describeOptions(options: OptionTable): readonly (readonly [string, string])[] {
  return Object.entries(options).map(([name, { value, help }]) => [
    `--${name}${value === undefined ? '' : ` ${value}`}`,
    help,
  ]);
}

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}
