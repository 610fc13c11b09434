import { RecoveryError, type Fault } from './recovery-error.ts';

/** What a call that may meet bad input answers with. */
export type Result<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: Fault };

/**
 * Runs `work` and turns an input fault into a value; a bug goes on as a throw.
 * @param work what to run
 */
export async function settle<Value>(work: () => Value | Promise<Value>): Promise<Result<Value>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof RecoveryError) return { ok: false, fault: error.toFault() };
    throw error;
  }
}
