import { randomBytes } from 'node:crypto';

import { RecoveryError, type Fault } from '../../shared/recovery-error.ts';
import { type CleanUp } from './clean-up.ts';
import type { Command, CommandContext } from './command.ts';
import { BUCKET_RECOVER_CHECK, BUCKET_VERIFY } from './commands/bucket.ts';
import { CEREMONY_GENERATE } from './commands/ceremony-generate.ts';
import { DECRYPT } from './commands/decrypt.ts';
import { DRILL } from './commands/drill.ts';
import { GENERATE_RECOVERY_KEYPAIR } from './commands/generate-recovery-keypair.ts';
import { HSM_LIST } from './commands/hsm-list.ts';
import { HSM_PUBLIC_KEY } from './commands/hsm-public-key.ts';
import { INSPECT } from './commands/inspect.ts';
import { PRINT_ADDRESS } from './commands/print-address.ts';
import { RECORD_NEW_KEY } from './commands/record-new-key.ts';
import { RECORD_PAGE } from './commands/record-page.ts';
import { RECORD_SIGN } from './commands/record-sign.ts';
import { RECORD_VERIFY } from './commands/record-verify.ts';
import { RECOVER } from './commands/recover.ts';
import { REGISTER_CHECK } from './commands/register-check.ts';
import { SHARES_COMBINE } from './commands/shares-combine.ts';
import { SHARES_SPLIT } from './commands/shares-split.ts';
import { VALIDATE_PRIVATE_KEY } from './commands/validate-private-key.ts';
import { VALIDATE_PUBLIC_KEY } from './commands/validate-public-key.ts';
import { VERIFY } from './commands/verify.ts';
import { exitCodeOf, type ExitCode } from './exit-code.ts';
import { commandHelp, programHelp } from './help.ts';
import { warnOfMachine } from './machine-warnings.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { PasswordSource } from './password.ts';
import { RunRecord } from './run-record.ts';
import type { Terminal } from './terminal.ts';
import { NOT_UNDONE } from './text/clean-up.ts';
import { sentenceOf } from './text/faults.ts';
import { printable } from './text/printable.ts';
import { faultLine, unidentified } from './wallet-line.ts';

const COMMANDS: readonly Command[] = [
  INSPECT,
  VERIFY,
  RECOVER,
  DRILL,
  BUCKET_VERIFY,
  BUCKET_RECOVER_CHECK,
  REGISTER_CHECK,
  PRINT_ADDRESS,
  DECRYPT,
  CEREMONY_GENERATE,
  SHARES_SPLIT,
  SHARES_COMBINE,
  GENERATE_RECOVERY_KEYPAIR,
  VALIDATE_PRIVATE_KEY,
  VALIDATE_PUBLIC_KEY,
  HSM_LIST,
  HSM_PUBLIC_KEY,
  RECORD_VERIFY,
  RECORD_SIGN,
  RECORD_PAGE,
  RECORD_NEW_KEY,
];

/**
 * Runs one command line. Never throws: what bad input causes is told in words or, with `--json`, as an object; what a
 * bug causes is told as a bug, without the values that it met.
 * @param args what follows the program's name
 * @param version of the program
 * @param terminal where to write and ask
 * @param cleanUp what an interruption has to undo
 */
export async function run(
  args: readonly string[],
  version: string,
  terminal: Terminal,
  cleanUp: CleanUp,
): Promise<ExitCode> {
  const [name] = args;
  if (name === undefined) {
    say(terminal, programHelp(COMMANDS));
    return exitCodeOf('usage.invalid');
  }
  if (name === '--help' || name === 'help') return say(terminal, programHelp(COMMANDS));
  if (name === '--version') return say(terminal, version);
  const output = new Output(terminal, args.includes('--json'));
  const command = COMMANDS.find((known) => known.name.split(' ').every((word, i) => args[i] === word));
  try {
    if (command === undefined) throw new RecoveryError('usage.invalid', { reason: 'unknown command' });
    const rest = args.slice(command.name.split(' ').length);
    return await runCommand(command, rest, terminal, output, cleanUp);
  } catch (error) {
    output.clearProgress();
    return reportFault(command?.name ?? '', faultOf(error), output, terminal);
  } finally {
    if (!cleanUp.runAll()) terminal.stderr.write(NOT_UNDONE);
  }
}

async function runCommand(
  command: Command,
  args: readonly string[],
  terminal: Terminal,
  output: Output,
  cleanUp: CleanUp,
): Promise<ExitCode> {
  if (args.includes('--help')) return say(terminal, commandHelp(command));
  const options = parseOptions(args, command.options, command.takesPaths);
  const inputs = { command: command.name, options, output, cleanUp };
  const record = await RunRecord.begin(command.recordMode, inputs);
  let exitCode: ExitCode;
  try {
    exitCode = await runRecorded(command, { options, terminal, output, cleanUp, record });
  } catch (error) {
    const fault = faultOf(error);
    record.fault(fault);
    exitCode = reportFault(command.name, fault, output, terminal);
  }
  // What is not good is worth a record as much; one that can't be written is told above.
  record.end(exitCode === 0 ? 'finished' : 'failed');
  return exitCode;
}

/** Runs the command; whatever it was told in secret is wiped when it is over. */
async function runRecorded(
  command: Command,
  {
    options,
    terminal,
    output,
    cleanUp,
    record,
  }: Pick<CommandContext, 'options' | 'terminal' | 'output' | 'cleanUp' | 'record'>,
): Promise<ExitCode> {
  const passwords = new PasswordSource(options, terminal);
  if (command.holdsKey !== undefined) warnOfMachine(command.holdsKey, output);
  try {
    return await command.run({
      options,
      output,
      passwords,
      cleanUp,
      record,
      terminal,
      randomBytes: (length) => new Uint8Array(randomBytes(length)),
    });
  } finally {
    output.clearProgress();
    passwords.wipe();
  }
}

/** A bug's own message may hold anything, so only the kind of error is repeated. */
function faultOf(error: unknown): Fault {
  if (error instanceof RecoveryError) return error.toFault();
  const where = error instanceof Error ? (error.stack?.split('\n')[1]?.trim() ?? '') : '';
  return {
    code: 'bug.unexpected',
    details: { kind: error instanceof Error ? error.name : typeof error, where },
  };
}

function reportFault(command: string, fault: Fault, output: Output, terminal: Terminal): ExitCode {
  if (output.json) output.report(faultLine(command, unidentified([], undefined), fault), () => []);
  else terminal.stderr.write(`breakglass: ${printable(sentenceOf(fault))}\n`);
  return exitCodeOf(fault.code);
}

function say(terminal: Terminal, text: string): ExitCode {
  terminal.stdout.write(`${text}\n`);
  return 0;
}
