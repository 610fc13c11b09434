import { headWords } from '../../engine/words/head-words.ts';
import { readCapped } from '../../files/read-capped.ts';
import { MAX_RECORD_BYTES } from '../../record/parse-record.ts';
import { verifyRecord } from '../../record/verify-record.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import { exitCodeOf, worse, type ExitCode } from '../exit-code.ts';
import { onlyPath } from '../only-path.ts';
import { EXPECTATION_OPTIONS, expectationsOf } from '../record-options.ts';
import { sentenceOf } from '../text/faults.ts';
import { describeRecord } from '../text/record.ts';

/** `record verify`: whether a session record is whole, and whose. */
export const RECORD_VERIFY: Command = {
  name: 'record verify',
  summary: 'check that a session record was not changed, and who signed it',
  usage: 'FILE [--head-words "WORDS"] [--signature FILE --public-key FILE] [options]',
  options: {
    ...EXPECTATION_OPTIONS,
    ...COMMON_OPTIONS,
  },
  takesPaths: true,
  run: verify,
};

async function verify({ options, output }: CommandContext): Promise<ExitCode> {
  const file = onlyPath(options);
  const expectations = await expectationsOf(options);
  const report = verifyRecord(await readCapped(file, MAX_RECORD_BYTES), expectations);
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
