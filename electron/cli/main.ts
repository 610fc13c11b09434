import '../shell/deny-network-now.ts';
import '../shell/deny-addons-now.ts';

import packageJson from '../../package.json' with { type: 'json' };
import { leaveMemoryOutOfDumps } from '../shell/memory-risks.ts';
import { CleanUp } from './clean-up.ts';
import { exitCodeOf } from './exit-code.ts';
import { run } from './run.ts';
import { processTerminal } from './terminal.ts';
import { NOT_UNDONE } from './text/clean-up.ts';
import { sentenceOf } from './text/faults.ts';

/** What a shell says of a process that a signal ended: 128 and the signal's number. */
const ENDED_BY = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
/** What a shell says of a process whose reader went away, as `head` does when it has enough. */
const READER_GONE = 141;

leaveMemoryOutOfDumps();
const cleanUp = new CleanUp();
const end = (exitCode: number): void => {
  if (!cleanUp.runAll()) process.stderr.write(NOT_UNDONE);
  process.exit(exitCode);
};
for (const [signal, exitCode] of Object.entries(ENDED_BY)) {
  process.once(signal, () => {
    end(exitCode);
  });
}
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') end(READER_GONE);
  process.stderr.write(
    `breakglass: ${sentenceOf({ code: 'file.write-failed', details: { file: 'standard output', reason: error.code ?? 'unknown' } })}\n`,
  );
  end(exitCodeOf('file.write-failed'));
});
// There is nobody left to tell.
process.stderr.on('error', () => undefined);
process.exitCode = await run(process.argv.slice(2), packageJson.version, processTerminal(), cleanUp);
