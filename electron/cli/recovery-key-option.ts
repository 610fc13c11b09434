import { RecoveryError } from '../../shared/recovery-error.ts';
import { fileRecoveryKey, type RecoveryKey } from '../session/recovery-key.ts';
import type { CommandContext } from './command.ts';
import { readHsmOptions } from './hsm-options.ts';
import { openPrivateKey } from './key-file-option.ts';
import { openHsmKey } from './open-hsm.ts';
import type { ParsedOptions } from './options.ts';

/** A recovery key that the options name, not opened yet. */
export interface ChosenRecoveryKey {
  /** Opens it, asking for what it needs. The caller closes it. */
  readonly open: () => Promise<RecoveryKey>;
}

/**
 * Reads which recovery key is meant: one in a file, or one in an HSM.
 * Fails with `usage.invalid` when both are named, or none, or a password for nothing; with what `readHsmOptions` fails
 * with.
 */
export function chooseRecoveryKey(context: CommandContext): ChosenRecoveryKey {
  const { options, record } = context;
  const hsm = readHsmOptions(options);
  if (hsm === undefined) {
    const file = options.required('private-key-file');
    return {
      open: async () => record.opened(fileRecoveryKey(await openPrivateKey(file, context)), 'file'),
    };
  }
  const option = options.has('pkcs11-module') ? '--pkcs11-module' : '--pkcs11-uri';
  if (options.has('private-key-file')) {
    throw new RecoveryError('usage.invalid', { option, reason: 'with --private-key-file' });
  }
  refusePasswordForNothing(options, option);
  return { open: async () => record.opened(await openHsmKey(hsm, context), 'hsm') };
}

/** With an HSM a password is that of the output file, and the token's secret is its PIN. */
function refusePasswordForNothing(options: ParsedOptions, hsmOption: string): void {
  if (options.has('output-file')) return;
  const given = ['password-file', 'password-stdin'].find((name) => options.has(name));
  if (given !== undefined) {
    const reason = `with ${hsmOption} and no --output-file: a token has a PIN`;
    throw new RecoveryError('usage.invalid', { option: `--${given}`, reason });
  }
}
