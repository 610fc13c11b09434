import { RecordChecker, type RecordCheckerPorts } from './record-check.ts';
import { RegisterDesk } from './register-desk.ts';

/** The parts of a session that stand beside its path, and need neither mode nor secret. */
export interface Tools {
  /** Edits registers. */
  readonly registers: RegisterDesk;
  /** Checks records of other sessions. */
  readonly recordCheck: RecordChecker;
}

/** The tools of a session. */
export function toolsOf(ports: RecordCheckerPorts): Tools {
  return { registers: new RegisterDesk(ports), recordCheck: new RecordChecker(ports) };
}
