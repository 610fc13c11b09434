import { RecoveryError, type Fault } from '../../shared/recovery-error.ts';
import { ProofStopped } from '../proof-pool/pool.ts';
import { Superseded } from './key-holder.ts';

/** The stage that work belongs to. */
interface StageOfWork {
  /** Whether the user is still there. */
  readonly isThere: () => boolean;
  /** Puts a fault on the screen. */
  readonly fail: (fault: Fault) => void;
}

/** Runs work; a fault goes on the screen as well as to the caller, unless the user has left meanwhile. */
export async function runInStage<Value>(
  work: () => Promise<Value>,
  done: (value: Value) => void,
  { isThere, fail }: StageOfWork,
): Promise<void> {
  try {
    const value = await work();
    if (isThere()) done(value);
  } catch (error) {
    const ofWork =
      error instanceof RecoveryError || error instanceof ProofStopped || error instanceof Superseded;
    if (ofWork && !isThere()) return;
    if (error instanceof RecoveryError) fail(error.toFault());
    throw error;
  }
}
