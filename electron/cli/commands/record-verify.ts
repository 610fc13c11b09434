import { RecoveryError } from '../../../shared/recovery-error.ts';
import { MAX_SIGNING_FILE_BYTES } from '../../engine/signature/signing-key.ts';
import { headWords, parseHeadWords } from '../../engine/words/head-words.ts';
import { readCapped } from '../../files/read-capped.ts';
import { MAX_RECORD_BYTES } from '../../record/parse-record.ts';
import { verifyRecord, type NamedFile } from '../../record/verify-record.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import { exitCodeOf, worse, type ExitCode } from '../exit-code.ts';
import type { ParsedOptions } from '../options.ts';
import { onlyPath } from '../only-path.ts';
import { sentenceOf } from '../text/faults.ts';
import { describeRecord } from '../text/record.ts';

/** `record verify`: whether a session record is whole, and whose. */
export const RECORD_VERIFY: Command = {
  name: 'record verify',
  summary: 'check that a session record was not changed, and who signed it',
  usage: 'FILE [--head-words "WORDS"] [--signature FILE --public-key FILE] [options]',
  options: {
    'head-words': { value: 'WORDS', help: 'the 32 words that were noted when the record was made' },
    'head-hex': { value: 'HEX', help: 'the same as 64 hex digits' },
    'app-hash': { value: 'HEX', help: 'the hash of the program that should have made it' },
    signature: { value: 'FILE', repeatable: true, help: 'a detached signature: .sig or .minisig' },
    'public-key': {
      value: 'FILE',
      repeatable: true,
      help: 'who may have signed: an OpenSSH public key, an allowed signers file, or a minisign key',
    },
    ...COMMON_OPTIONS,
  },
  takesPaths: true,
  run: verify,
};

async function verify({ options, output }: CommandContext): Promise<ExitCode> {
  const file = onlyPath(options);
  const head = headOf(options);
  const appHash = hash(options, 'app-hash');
  // A key alone would pass for a check that was made.
  if (options.has('public-key')) options.required('signature');
  const signatures = await filesOf(options.all('signature'));
  const publicKeys = await filesOf(options.all('public-key'));
  const report = verifyRecord(await readCapped(file, MAX_RECORD_BYTES), {
    head,
    appHash,
    signatures,
    publicKeys,
  });
  const faults = report.checks.flatMap(({ fault }) => (fault === null ? [] : [fault]));
  const opened = report.record?.entries[0];
  const line = {
    command: RECORD_VERIFY.name,
    file,
    sound: report.sound,
    code: faults[0]?.code ?? null,
    message: faults[0] === undefined ? 'Nothing was found changed.' : sentenceOf(faults[0]),
    mode: opened?.kind === 'opened' ? opened.mode : null,
    entries: report.record?.entries.length ?? null,
    headHex: report.head,
    headWords: report.head === null ? null : headWords(report.head),
    checks: report.checks.map(({ check, outcome, fault, entries, signature }) => ({
      check,
      outcome,
      ...(fault === null ? {} : { code: fault.code, details: fault.details }),
      ...(entries.length === 0 ? {} : { entries }),
      ...(signature === null ? {} : signature),
    })),
  };
  output.report(line, () => describeRecord(file, report));
  return faults.reduce<ExitCode>((worst, { code }) => worse(worst, exitCodeOf(code)), 0);
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
