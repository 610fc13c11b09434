import type { ErrorCode } from '../../shared/error-codes.ts';
import type { Fault } from '../../shared/recovery-error.ts';
import { BUCKET_FAULTS } from './bucket-faults.ts';
import { CEREMONY_FAULTS } from './ceremony-faults.ts';
import type { FaultTeller, FaultText } from './details.ts';
import { HSM_FAULTS } from './hsm-faults.ts';
import { INPUT_FAULTS } from './input-faults.ts';
import { KEY_FILE_FAULTS } from './key-file-faults.ts';
import { RECORD_FAULTS } from './record-faults.ts';
import { SECRET_FAULTS } from './secret-faults.ts';
import { UNSUPPORTED_FAULTS } from './unsupported-faults.ts';
import { USAGE_FAULTS } from './usage-faults.ts';
import { VERIFICATION_FAULTS } from './verification-faults.ts';

/** Every code; a missing one does not compile. */
const TELLERS: Readonly<Record<ErrorCode, FaultTeller>> = {
  ...USAGE_FAULTS,
  ...INPUT_FAULTS,
  ...KEY_FILE_FAULTS,
  ...VERIFICATION_FAULTS,
  ...SECRET_FAULTS,
  ...UNSUPPORTED_FAULTS,
  ...HSM_FAULTS,
  ...BUCKET_FAULTS,
  ...RECORD_FAULTS,
  ...CEREMONY_FAULTS,
};

/**
 * Says a fault on a screen: what happened, what it means, what to do. The command line's sentences for the same codes
 * are in electron/cli/text.
 * @param fault of any room
 */
export function faultText(fault: Fault): FaultText {
  return TELLERS[fault.code](fault.details);
}
