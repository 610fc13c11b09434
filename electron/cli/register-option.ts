import { MAX_FILE_BYTES } from '../files/read-capped.ts';
import { withFile } from '../files/with-file.ts';
import { parseRegister, type Register } from '../record/register.ts';
import type { OptionTable, ParsedOptions } from './options.ts';
import type { RunRecord } from './run-record.ts';

/** The register, where a command can't do without one. */
export const REGISTER_OPTION: OptionTable = {
  register: { value: 'FILE', help: 'the register of wallets, CSV or JSON' },
};

/**
 * Reads the register. Fails with `usage.invalid` when none is given, and with what `parseRegister` fails with.
 * @param record of the run, where it notes its inputs
 */
export function readRegisterOption(options: ParsedOptions, record?: RunRecord): Promise<Register> {
  return readRegisterFile(options.required('register'), record);
}

/** Reads a register. Fails with what `parseRegister` fails with, naming the file. */
export function readRegisterFile(file: string, record?: RunRecord): Promise<Register> {
  return withFile(file, MAX_FILE_BYTES, (content) => {
    record?.input(file, 'register', content);
    return parseRegister(content);
  });
}
