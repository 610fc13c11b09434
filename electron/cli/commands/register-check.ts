import { RecoveryError, type ErrorDetails } from '../../../shared/recovery-error.ts';
import type { RegisterFinding } from '../../../shared/register.ts';
import { compareRegister, type WalletFacts } from '../../record/compare-register.ts';
import { walletFacts } from '../../session/bucket/wallet-facts.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import { exitCodeOf, worse, type ExitCode } from '../exit-code.ts';
import { readRegisterOption, REGISTER_OPTION } from '../register-option.ts';
import { sentenceOf } from '../text/faults.ts';
import { passedOverSentence } from '../text/passed-over.ts';
import { warningSentence } from '../text/warnings.ts';

/** `register check`: what the register and the bucket's files don't agree on, by public data only. */
export const REGISTER_CHECK: Command = {
  name: 'register check',
  summary: 'compare the register with the files of a bucket; no secret is needed',
  usage: 'PATH... --register FILE [--bucket NAME] [options]',
  options: {
    ...REGISTER_OPTION,
    bucket: { value: 'NAME', help: "the bucket's name, when the folder around the wallets has another one" },
    ...COMMON_OPTIONS,
  },
  takesPaths: true,
  run: registerCheck,
};

async function registerCheck({ options, output }: CommandContext): Promise<ExitCode> {
  if (options.paths.length === 0) throw new RecoveryError('usage.invalid', { reason: 'no path' });
  const register = await readRegisterOption(options);
  const facts: WalletFacts[] = [];
  let passedOver = 0;
  const onPassedOver = (): void => {
    passedOver++;
  };
  for await (const each of walletFacts(options.paths, options.optional('bucket'), onPassedOver)) {
    facts.push(each);
    output.progress(`Read ${facts.length} wallets`);
  }
  let worst: ExitCode = 0;
  for (const finding of compareRegister(register, facts)) {
    const line = lineOf(finding);
    output.report(line, () => [
      finding.keyId ?? finding.files[0] ?? 'The register',
      `  ${finding.found.kind === 'fault' ? 'Fault' : 'Warning'}: ${line.message}`,
    ]);
    if (finding.found.kind === 'fault') worst = worse(worst, exitCodeOf(finding.found.fault.code));
  }
  if (!output.json) {
    output.note(`${register.size} in the register, ${facts.length} in the bucket.`);
    if (passedOver > 0) output.note(passedOverSentence(passedOver));
  }
  return worst;
}

/** One finding, as `--json` prints it. Source: docs/bucket.md, "Register and bucket". */
interface FindingLine {
  readonly code: string;
  readonly details: ErrorDetails;
  readonly command: string;
  readonly keyId: string | null;
  readonly files: readonly string[];
  readonly kind: 'fault' | 'warning';
  readonly message: string;
}

function lineOf({ keyId, files, found }: RegisterFinding): FindingLine {
  const { code, details } = found.kind === 'fault' ? found.fault : found.warning;
  const message = found.kind === 'fault' ? sentenceOf(found.fault) : warningSentence(found.warning);
  return { command: 'register check', keyId, files, kind: found.kind, code, details, message };
}
