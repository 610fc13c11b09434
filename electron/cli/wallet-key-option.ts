import type { CurveName } from '../../shared/curve-name.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import {
  needsKeyPassword,
  readWalletKey,
  type WalletKeyFile,
  type WalletKeyFormat,
} from '../engine/encode/wallet-key.ts';
import type { CommandContext } from './command.ts';

/**
 * Reads a recovered key out of a file, asking for its password only if its format has one.
 * Fails with what `readWalletKey` fails with, and with `wallet-key.not-understood` for no format.
 * @param file for the question
 * @param content of the file; the caller wipes it
 * @param chosen curve that the user holds it for
 */
export async function openWalletKey(
  file: string,
  content: Uint8Array,
  format: WalletKeyFormat | undefined,
  context: CommandContext,
  chosen?: CurveName,
): Promise<WalletKeyFile> {
  if (format === undefined) throw new RecoveryError('wallet-key.not-understood');
  if (!needsKeyPassword(format)) return readWalletKey(format, content, undefined, chosen);
  const password = await context.passwords.existing(file);
  try {
    context.output.progress(`Opening ${file}; this takes some seconds`);
    return await readWalletKey(format, content, password, chosen);
  } finally {
    password.wipe();
    context.output.clearProgress();
  }
}
