import type { RecordMode } from '../../shared/record.ts';
import type { RandomBytes } from '../engine/bytes/random.ts';
import type { CleanUp } from './clean-up.ts';
import type { ExitCode } from './exit-code.ts';
import type { OptionTable, ParsedOptions } from './options.ts';
import type { Output } from './output.ts';
import type { PasswordSource } from './password.ts';
import type { RunRecord } from './run-record.ts';
import type { Terminal } from './terminal.ts';

/** What every command works with. */
export interface CommandContext {
  readonly options: ParsedOptions;
  readonly output: Output;
  readonly passwords: PasswordSource;
  readonly randomBytes: RandomBytes;
  /** Where to ask for what is no password. */
  readonly terminal: Terminal;
  /** What has to be undone should the user interrupt. */
  readonly cleanUp: CleanUp;
  /** Of this run; it takes entries also where none is kept. */
  readonly record: RunRecord;
}

/** A key that gives away wallets, or one that records are signed with. */
export type HeldKey = 'recovery' | 'signing';

/** One command of the program. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows the command's name, for the help. */
  readonly usage: string;
  readonly options: OptionTable;
  readonly takesPaths: boolean;
  /** What a run is for, as its record says it; a command that keeps none has none. */
  readonly recordMode?: RecordMode;
  /** Which private key, or what opens one, this process holds: what the machine puts it at risk by is said first. */
  readonly holdsKey?: HeldKey;
  readonly run: (context: CommandContext) => Promise<ExitCode>;
}

/** The option that every command knows. */
export const COMMON_OPTIONS: OptionTable = {
  json: { help: 'print one JSON object a line on standard output, nothing else' },
  help: { help: 'show this help' },
};
