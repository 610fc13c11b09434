import { RecoveryError } from '../../shared/recovery-error.ts';
import type { ParsedOptions } from './options.ts';

/** The one path that a command takes. Fails with `usage.invalid` where there is none, or another one. */
export function onlyPath({ paths }: ParsedOptions): string {
  const [file, other] = paths;
  if (file === undefined) throw new RecoveryError('usage.invalid', { reason: 'no path' });
  if (other !== undefined) throw new RecoveryError('usage.invalid', { reason: 'stray argument' });
  return file;
}
