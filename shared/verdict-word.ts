import type { BucketVerdict } from './bucket.ts';
import { ERROR_CODES, type ErrorCode } from './error-codes.ts';

/** What a fault says of a backup, in one word. */
export function verdictOfFault(code: ErrorCode): BucketVerdict {
  const family = ERROR_CODES[code];
  if (family === 'unsupported') return 'unsupported';
  return family === 'verification' ? 'invalid' : 'error';
}
