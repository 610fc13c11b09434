import { RecoveryError } from '../../shared/recovery-error.ts';
import type { SessionState } from '../../shared/session-state.ts';
import type { KnownWallet } from './inventory.ts';
import type { SessionEvent } from './session-event.ts';

/** What every part of a session has of it. */
export interface PartPorts {
  readonly state: () => SessionState;
  readonly apply: (event: SessionEvent) => void;
  /** Runs work of a stage; a fault goes on the screen, and what is late is dropped. */
  readonly during: <Value>(work: () => Promise<Value>, done: (value: Value) => void) => Promise<void>;
}

/** What a part has of its session that touches secrets. */
export interface SecretPartPorts extends PartPorts {
  /** Fails with `air-gap.open`. */
  readonly requireAirGap: () => void;
}

/** What a part has of its session that opens a recovery key. */
export interface KeyPartPorts extends SecretPartPorts {
  /** The wallet that the key is for; undefined for a whole bucket. */
  readonly chosenWallet: () => KnownWallet | undefined;
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
