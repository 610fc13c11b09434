import { refuseExisting } from '../../files/write-exclusive.ts';
import { readCapped } from '../../files/read-capped.ts';
import { recordPage } from '../../record/page/record-page.ts';
import { MAX_RECORD_BYTES } from '../../record/parse-record.ts';
import { verifyRecord } from '../../record/verify-record.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { onlyPath } from '../only-path.ts';
import { EXPECTATION_OPTIONS, expectationsOf } from '../record-options.ts';
import { writeNewFile } from '../write-file.ts';

/** `record page`: a session record as a page to print and sign by hand. */
export const RECORD_PAGE: Command = {
  name: 'record page',
  summary: 'write a session record as a web page, to be printed and signed',
  usage: 'FILE --output-file FILE.html [options]',
  options: {
    'output-file': { value: 'FILE', help: 'new file for the page' },
    ...EXPECTATION_OPTIONS,
    ...COMMON_OPTIONS,
  },
  takesPaths: true,
  run: page,
};

async function page(context: CommandContext): Promise<ExitCode> {
  const { options, output } = context;
  const file = onlyPath(options);
  const outputFile = options.required('output-file');
  refuseExisting(outputFile);
  const report = verifyRecord(await readCapped(file, MAX_RECORD_BYTES), await expectationsOf(options));
  // A page looks true: none is made of what is not.
  const fault = report.checks.find((check) => check.fault !== null)?.fault;
  if (fault) throw new RecoveryError(fault.code, { file, ...fault.details });
  if (report.record === null) throw new Error('a record without a fault is there');
  await writeNewFile(
    outputFile,
    new TextEncoder().encode(recordPage(report.record, report)),
    context.cleanUp,
  );
  output.report({ command: RECORD_PAGE.name, file, outputFile, headHex: report.head }, () => [
    `Page written to ${outputFile}. Open it in a browser, print it, and have it signed.`,
  ]);
  return 0;
}
