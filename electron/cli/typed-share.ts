import { RecoveryError } from '../../shared/recovery-error.ts';
import type { CustodianShare } from '../engine/shares/share.ts';
import { assembleShare, readShareLine, type ShareLine } from '../engine/shares/share-text.ts';
import type { CommandContext } from './command.ts';
import { promptPassword } from './prompt.ts';
import { sentenceOf } from './text/faults.ts';

/**
 * Asks for a share line by line, without echo; a line that does not fit its check is asked for again. Lines become
 * texts, which can't be wiped.
 * Fails with `password.unavailable` where there is no terminal, or the user gives up.
 * @param which share this is, counted from 1, for the question
 */
export async function typedShare(which: number, context: CommandContext): Promise<CustodianShare> {
  for (;;) {
    const lines: ShareLine[] = [];
    try {
      for (;;) {
        lines.push(await typedLine(which, lines.length + 1, context));
        const share = wholeShare(lines);
        if (share !== undefined) return share;
      }
    } catch (error) {
      if (!isMalformed(error)) throw error;
      context.output.note(`${sentenceOf(error.toFault())} Type this share from its first line.`);
    } finally {
      for (const { bytes } of lines) bytes.fill(0);
    }
  }
}

async function typedLine(which: number, number: number, context: CommandContext): Promise<ShareLine> {
  for (;;) {
    const typed = await promptPassword(context.terminal, `Share ${which}, line ${number} (not shown): `);
    const text = typed.use((bytes) => new TextDecoder().decode(bytes));
    typed.wipe();
    try {
      const line = readShareLine(/^\s*\d{1,3}\s*:/.test(text) ? text : `${number}:${text}`);
      if (line.line === number) return line;
      line.bytes.fill(0);
      context.output.note(`That is line ${line.line}. Type line ${number}.`);
    } catch (error) {
      if (!(error instanceof RecoveryError)) throw error;
      context.output.note(sentenceOf(error.toFault()));
    }
  }
}

/** Undefined while lines are missing at the end. */
function wholeShare(lines: readonly ShareLine[]): CustodianShare | undefined {
  try {
    return assembleShare(lines);
  } catch (error) {
    if (isMalformed(error) && error.details['reason'] === 'line missing') return undefined;
    throw error;
  }
}

function isMalformed(error: unknown): error is RecoveryError {
  return error instanceof RecoveryError && error.code === 'custodian-share.malformed';
}
