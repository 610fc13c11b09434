import { RecoveryError } from '../../shared/recovery-error.ts';
import { MAX_SIGNING_FILE_BYTES } from '../engine/signature/signing-key.ts';
import { parseHeadWords } from '../engine/words/head-words.ts';
import { readCapped } from '../files/read-capped.ts';
import type { NamedFile, RecordExpectations } from '../record/verify-record.ts';
import type { OptionTable, ParsedOptions } from './options.ts';

/** What a session record may be held against. */
export const EXPECTATION_OPTIONS: OptionTable = {
  'head-words': { value: 'WORDS', help: 'the 32 words that were noted when the record was made' },
  'head-hex': { value: 'HEX', help: 'the same as 64 hex digits' },
  'app-hash': { value: 'HEX', help: 'the hash of the program that should have made it' },
  signature: { value: 'FILE', repeatable: true, help: 'a detached signature: .sig or .minisig' },
  'public-key': {
    value: 'FILE',
    repeatable: true,
    help: 'who may have signed: an OpenSSH public key, an allowed signers file, or a minisign key',
  },
};

/**
 * Reads what a record is to be held against.
 * Fails with `usage.invalid`, `words.malformed`, and with what `readCapped` fails with.
 */
export async function expectationsOf(options: ParsedOptions): Promise<RecordExpectations> {
  const head = headOf(options);
  const appHash = hash(options, 'app-hash');
  // A key alone would pass for a check that was made.
  if (options.has('public-key')) options.required('signature');
  const signatures = await filesOf(options.all('signature'));
  const publicKeys = await filesOf(options.all('public-key'));
  return { head, appHash, signatures, publicKeys };
}

function headOf(options: ParsedOptions): string | undefined {
  const words = options.optional('head-words');
  const hex = hash(options, 'head-hex');
  if (words === undefined) return hex;
  if (hex !== undefined) {
    throw new RecoveryError('usage.invalid', { option: '--head-hex', reason: 'with --head-words' });
  }
  return parseHeadWords(words);
}

/** A SHA-256 in hex. Fails with `usage.invalid`. */
function hash(options: ParsedOptions, name: string): string | undefined {
  const value = options.optional(name)?.trim().toLowerCase();
  if (value === undefined || /^[0-9a-f]{64}$/.test(value)) return value;
  throw new RecoveryError('usage.invalid', { option: `--${name}`, reason: 'it takes 64 hex digits' });
}

function filesOf(files: readonly string[]): Promise<readonly NamedFile[]> {
  return Promise.all(
    files.map(async (file) => ({ file, content: await readCapped(file, MAX_SIGNING_FILE_BYTES) })),
  );
}
