import type { CurveName } from '../../shared/curve-name.ts';
import {
  EXPORT_FORMAT_NAMES,
  EXPORT_FORMATS,
  formatsFor,
  isClearFormat,
  type ExportFormat,
} from '../../shared/export-format.ts';
import { addressEndingIn } from '../../shared/export-guards.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import type { RecoveredWallet } from '../session/recover-wallet.ts';
import { recoveredViewOf } from '../session/recovered-view.ts';
import type { OptionTable, ParsedOptions } from './options.ts';

/** How a key leaves `recover`, and what has to be said for it. */
export const EXPORT_OPTIONS: OptionTable = {
  'output-file': { value: 'FILE', help: "write the wallet's private key to a new file" },
  'output-format': {
    value: 'FORMAT',
    help: `how it is written: ${EXPORT_FORMAT_NAMES.join(', ')}; pke1 unless said`,
  },
  'encrypt-output': {
    value: 'true|false',
    optionalValue: true,
    help: 'false writes hex in the clear, in place of --output-format',
  },
  'show-key': { help: 'print the private keys' },
  'confirm-address': {
    value: 'LAST6',
    help: 'last six characters of the address in your record; --output-format needs it, or a register',
  },
  'i-understand-plaintext': { help: 'needed for a format in the clear' },
};

/** What the user wants given out. */
export interface ExportRequest {
  readonly outputFile: string | undefined;
  readonly showKey: boolean;
  /** The format for a key of a curve. Fails with `usage.invalid` where the chosen one is not for it. */
  readonly formatOn: (curve: CurveName) => ExportFormat;
}

/**
 * Reads the options before any work is done: a call that is wrong costs nothing.
 * Fails with `usage.invalid`, and with `guard.plaintext` when a key would go out in the clear without a word.
 */
export function exportRequestOf(options: ParsedOptions): ExportRequest {
  const chosen = options.choice('output-format', EXPORT_FORMAT_NAMES);
  const encrypted = options.boolean('encrypt-output', true);
  if (chosen !== undefined && options.has('encrypt-output')) {
    throw new RecoveryError('usage.invalid', { option: '--encrypt-output', reason: 'with --output-format' });
  }
  const showKey = options.has('show-key');
  const outputFile = options.optional('output-file');
  if (chosen !== undefined && outputFile === undefined) {
    throw new RecoveryError('usage.invalid', { option: '--output-format', reason: 'without --output-file' });
  }
  if (chosen !== undefined && isClearFormat(chosen) && !options.has('i-understand-plaintext')) {
    throw new RecoveryError('guard.plaintext', { option: `--output-format ${chosen}` });
  }
  return {
    outputFile,
    showKey,
    formatOn: (curve) => {
      const format = chosen ?? (encrypted ? 'pke1' : plainFormatOf(curve));
      const curves: readonly CurveName[] = EXPORT_FORMATS[format].curves;
      if (curves.includes(curve)) return format;
      throw new RecoveryError('usage.invalid', {
        option: '--output-format',
        reason: 'not for this curve',
        curve,
        choices: formatsFor(curve, true).join(', '),
      });
    },
  };
}

/** What `--encrypt-output=false` has always written: the key as hex, on Edwards curves under lines that say what it is. */
function plainFormatOf(curve: CurveName): ExportFormat {
  return curve === 'ED-25519' || curve === 'ED-448' ? 'edwards-scalar' : 'hex';
}

/**
 * Holds the guard that the app has on a screen: somebody compared an address of this key with a record, by a register
 * that has it, or by typing how it ends. The flags that the public CLI has, which its users' scripts give, ask for a
 * key in so many words and go on without it; what `--output-format` writes does not.
 * Fails with `guard.address-not-confirmed`.
 */
export function requireConfirmedAddress(
  recovery: RecoveredWallet,
  expectedAddress: string | undefined,
  options: ParsedOptions,
): void {
  const lastCharacters = options.optional('confirm-address');
  const view = recoveredViewOf(recovery, expectedAddress);
  if (lastCharacters === undefined) {
    if (view.comparison === 'matched' || !options.has('output-format')) return;
    throw new RecoveryError('guard.address-not-confirmed', { reason: 'not given' });
  }
  if (addressEndingIn(view, lastCharacters) === undefined) {
    throw new RecoveryError('guard.address-not-confirmed');
  }
}
