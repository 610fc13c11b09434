import { randomBytes } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

import { judgeFiles } from './judge-files.ts';
import type { WalletAnswer, WalletJob } from './wallet-job.ts';

/** A thread that checks all that a folder holds, one folder after the other. It is given public data only. */

parentPort?.on('message', ({ id, files, rows }: WalletJob) => {
  const findings = judgeFiles(files, rows, (length) => new Uint8Array(randomBytes(length)));
  parentPort?.postMessage({ id, findings } satisfies WalletAnswer);
});
