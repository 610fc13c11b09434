import { RecoveryError } from '../../shared/recovery-error.ts';
import type { SessionState } from '../../shared/session-state.ts';
import type { SessionEvent } from './session-event.ts';

/** What every part of a session has of it. */
export interface PartPorts {
  readonly state: () => SessionState;
  readonly apply: (event: SessionEvent) => void;
  /** Runs work of a stage; a fault goes on the screen, and what is late is dropped. */
  readonly during: <Value>(work: () => Promise<Value>, done: (value: Value) => void) => Promise<void>;
}

/** Does something at once; a fault goes on the screen, and the record, as well as to the caller. */
export function tellingFault(apply: PartPorts['apply'], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof RecoveryError) apply({ kind: 'failed', fault: error.toFault() });
    throw error;
  }
}
