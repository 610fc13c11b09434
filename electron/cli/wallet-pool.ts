import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { RecoveryError } from '../../shared/recovery-error.ts';
import { WalletPool } from '../proof-pool/wallet-pool.ts';
import type { OptionTable, ParsedOptions } from './options.ts';

/** The worker's bundle lies beside this program's own. */
const WORKER = join(dirname(fileURLToPath(import.meta.url)), 'wallet-worker.cjs');

const MAX_WORKERS = 256;

/** How many wallets are checked at a time. */
export const WORKERS_OPTION: OptionTable = {
  workers: {
    value: 'N',
    help: 'how many wallets to check at a time; as many as there are cores when not given',
  },
};

/** Makes the pool of the size that is asked for. Fails with `usage.invalid`. */
export function openWalletPool(options: ParsedOptions): WalletPool {
  const text = options.optional('workers');
  const size = text === undefined ? availableParallelism() : Number(text);
  if (!/^\d{1,3}$/.test(text ?? '1') || size < 1 || size > MAX_WORKERS)
    throw new RecoveryError('usage.invalid', {
      option: '--workers',
      reason: `write a whole number from 1 to ${MAX_WORKERS}`,
    });
  return new WalletPool(WORKER, size);
}
