import { RecoveryError } from '../../../shared/recovery-error.ts';

/**
 * Runs `work` on the DER of a key and renames the reader's faults to those of a key file: `der.truncated` to
 * `rsa-key.truncated`, `der.malformed` to `rsa-key.malformed`; the details stay.
 */
export function asKeyFault<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RecoveryError)) throw error;
    if (error.code === 'der.truncated') throw new RecoveryError('rsa-key.truncated', error.details);
    if (error.code === 'der.malformed') throw new RecoveryError('rsa-key.malformed', error.details);
    throw error;
  }
}
