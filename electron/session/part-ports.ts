import type { SessionState } from '../../shared/session-state.ts';
import type { SessionEvent } from './session-event.ts';

/** What every part of a session has of it. */
export interface PartPorts {
  readonly state: () => SessionState;
  readonly apply: (event: SessionEvent) => void;
  /** Runs work of a stage; a fault goes on the screen, and what is late is dropped. */
  readonly during: <Value>(work: () => Promise<Value>, done: (value: Value) => void) => Promise<void>;
}
