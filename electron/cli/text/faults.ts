import type { ErrorCode } from '../../../shared/error-codes.ts';
import type { Fault } from '../../../shared/recovery-error.ts';
import { BUCKET_SENTENCES } from './bucket-faults.ts';
import { CEREMONY_SENTENCES } from './ceremony-faults.ts';
import type { Sentence } from './details.ts';
import { HSM_SENTENCES } from './hsm-faults.ts';
import { INPUT_SENTENCES } from './input-faults.ts';
import { RECORD_SENTENCES } from './record-faults.ts';
import { SECRET_SENTENCES } from './secret-faults.ts';
import { UNSUPPORTED_SENTENCES } from './unsupported-faults.ts';
import { USAGE_SENTENCES } from './usage-faults.ts';
import { VERIFICATION_SENTENCES } from './verification-faults.ts';

/** Every code; a missing one does not compile. */
const SENTENCES: Readonly<Record<ErrorCode, Sentence>> = {
  ...USAGE_SENTENCES,
  ...INPUT_SENTENCES,
  ...VERIFICATION_SENTENCES,
  ...SECRET_SENTENCES,
  ...UNSUPPORTED_SENTENCES,
  ...HSM_SENTENCES,
  ...BUCKET_SENTENCES,
  ...RECORD_SENTENCES,
  ...CEREMONY_SENTENCES,
};

/**
 * Says a fault to a person: what happened and where, then what it means or what to do. Only details that are known
 * to be public are repeated, without characters that a terminal would act on.
 * @param fault of any room
 */
export function sentenceOf(fault: Fault): string {
  return SENTENCES[fault.code](fault.details);
}
