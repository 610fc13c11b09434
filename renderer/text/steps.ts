import type { SessionState, Stage } from '../../shared/session-state.ts';

/** A step of a path, as the rail shows it; a stage that is a part of a step, or beside the path, stands under another. */
export type Step = Exclude<Stage['kind'], 'rehearsal' | 'register' | 'record-check'>;

/** The name of each step. */
export const STEP_NAMES: Readonly<Record<Step, string>> = {
  prepare: 'Prepare',
  load: 'Load',
  verify: 'Verify',
  unlock: 'Unlock',
  reconstruct: 'Reconstruct',
  addresses: 'Addresses',
  export: 'Export',
  done: 'Finish',
};

const RECOVERY: readonly Step[] = [
  'prepare',
  'load',
  'verify',
  'unlock',
  'reconstruct',
  'addresses',
  'export',
  'done',
];

/** The steps of the path that the session is on, in order: a drill gives no key out. */
export function stepsOf({ mode }: SessionState): readonly Step[] {
  return mode === 'drill' ? RECOVERY.filter((step) => step !== 'export') : RECOVERY;
}

/** The step that a stage belongs to. */
export function stepOf({ kind }: Stage): Step {
  if (kind === 'rehearsal') return 'load';
  return kind === 'register' || kind === 'record-check' ? 'prepare' : kind;
}
