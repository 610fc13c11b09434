import type { BucketMode, BucketRow } from '../../../shared/bucket.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import type { WalletPool } from '../../proof-pool/wallet-pool.ts';
import type { Register } from '../../record/register.ts';
import { BucketRun } from '../../session/bucket/bucket-run.ts';
import { bucketEntry, bucketWalletEntry } from '../../session/bucket/bucket-entries.ts';
import { formatShard, type Shard } from '../../session/bucket/shard.ts';
import type { RecoveryKey } from '../../session/recovery-key.ts';
import { bucketLine, describeRow, describeSummary, type BucketSummaryLine } from '../bucket-line.ts';
import { bucketProgressText } from '../bucket-progress.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import { exitCodeOf, worse, type ExitCode } from '../exit-code.ts';
import { HSM_OPTIONS } from '../hsm-options.ts';
import type { OptionTable } from '../options.ts';
import { PASSWORD_OPTIONS } from '../password.ts';
import { chooseRecoveryKey } from '../recovery-key-option.ts';
import { readRegisterOption, REGISTER_OPTION } from '../register-option.ts';
import { readShardOption, SHARD_OPTION } from '../shard-option.ts';
import { RUN_RECORD_OPTIONS } from '../run-record-options.ts';
import { passedOverSentence } from '../text/passed-over.ts';
import { openWalletPool, WORKERS_OPTION } from '../wallet-pool.ts';

const BUCKET_OPTIONS: OptionTable = {
  ...REGISTER_OPTION,
  state: { value: 'FILE', help: 'keep results in this file, and go on from it after an interruption' },
  ...SHARD_OPTION,
  ...WORKERS_OPTION,
  ...RUN_RECORD_OPTIONS,
};

/** `bucket verify`: public validation of every wallet of a bucket, by all cores. */
export const BUCKET_VERIFY: Command = {
  name: 'bucket verify',
  summary: 'check every wallet of a bucket with public data only',
  usage: 'PATH... --register FILE [--state FILE] [options]',
  options: { ...BUCKET_OPTIONS, ...COMMON_OPTIONS },
  takesPaths: true,
  recordMode: 'bucket',
  run: (context) => runBucket('verify', context),
};

/** `bucket recover-check`: recovers every wallet, compares its address and wipes its key. */
export const BUCKET_RECOVER_CHECK: Command = {
  name: 'bucket recover-check',
  summary: 'recover every wallet of a bucket, compare its address, and keep no key',
  usage: 'PATH... --register FILE --private-key-file FILE [--state FILE] [options]',
  options: {
    ...BUCKET_OPTIONS,
    'private-key-file': {
      value: 'FILE',
      help: 'RSA recovery private key, of any kind; or name one in an HSM',
    },
    ...HSM_OPTIONS,
    ...PASSWORD_OPTIONS,
    ...COMMON_OPTIONS,
  },
  takesPaths: true,
  holdsKey: 'recovery',
  recordMode: 'bucket',
  run: (context) => runBucket('recover-check', context),
};

/** How often the progress is drawn. */
const DRAW_MS = 250;

async function runBucket(mode: BucketMode, context: CommandContext): Promise<ExitCode> {
  const { options } = context;
  if (options.paths.length === 0) throw new RecoveryError('usage.invalid', { reason: 'no path' });
  const chosenKey = mode === 'verify' ? undefined : chooseRecoveryKey(context);
  // Said now and not when the key is open: a call that is wrong costs nothing.
  const shard = readShardOption(options);
  const pool = openWalletPool(options);
  const register = await readRegisterOption(options, context.record);
  const recoveryKey = await chosenKey?.open();
  try {
    return await runWith({ mode, shard, pool, register, recoveryKey }, context);
  } finally {
    await recoveryKey?.close();
  }
}

/** What a run needs, read and opened. */
interface Prepared {
  readonly mode: BucketMode;
  readonly shard: Shard;
  readonly pool: WalletPool;
  readonly register: Register;
  readonly recoveryKey: RecoveryKey | undefined;
}

async function runWith(
  { mode, shard, pool, register, recoveryKey }: Prepared,
  { options, output, cleanUp, record }: CommandContext,
): Promise<ExitCode> {
  const command = `bucket ${mode}`;
  const run = new BucketRun({
    pool,
    nowMs: () => performance.now(),
    ...(recoveryKey === undefined ? {} : { recoveryKey }),
  });
  cleanUp.add(() => {
    run.halt();
  });
  const noting = cleanUp.add(() => {
    record.add(bucketEntry(run.view, { paths: options.paths, workers: pool.size }));
  });
  let worst: ExitCode = 0;
  let passedOver = 0;
  const drawing = setInterval(() => {
    output.progress(bucketProgressText(run.view));
  }, DRAW_MS);
  try {
    await run.start(options.paths, {
      register,
      mode,
      shard,
      stateFile: options.optional('state'),
      onRow: (row: BucketRow) => {
        output.report(bucketLine(command, row), () => describeRow(row));
        record.add(bucketWalletEntry(row));
        if (row.code !== null) worst = worse(worst, exitCodeOf(row.code));
      },
      onPassedOver: () => {
        passedOver++;
      },
    });
  } finally {
    clearInterval(drawing);
    output.clearProgress();
    pool.stop();
    noting.undo();
  }
  const { view } = run;
  if (view.kind !== 'done') throw new Error('nothing has stopped the run');
  const { progress } = view;
  const line: BucketSummaryLine = {
    command,
    kind: 'summary',
    complete: true,
    shard: formatShard(shard),
    folders: progress.total,
    wallets: progress.rows,
    fromState: progress.fromState,
    counts: progress.counts,
    notMet: progress.notMet,
    warnings: progress.warnings,
    elapsedMs: progress.elapsedMs,
  };
  output.report(line, () => describeSummary(line));
  if (!output.json && passedOver > 0) output.note(passedOverSentence(passedOver));
  return worst;
}
