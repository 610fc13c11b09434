import { MAX_FILE_BYTES } from '../files/read-capped.ts';
import { withFile } from '../files/with-file.ts';
import { parseRegister, type Register } from '../record/register.ts';
import type { OptionTable, ParsedOptions } from './options.ts';

/** The register, where a command can't do without one. */
export const REGISTER_OPTION: OptionTable = {
  register: { value: 'FILE', help: 'the register of wallets, CSV or JSON' },
};

/** Reads the register. Fails with `usage.invalid` when none is given, and with what `parseRegister` fails with. */
export function readRegisterOption(options: ParsedOptions): Promise<Register> {
  return withFile(options.required('register'), MAX_FILE_BYTES, parseRegister);
}
