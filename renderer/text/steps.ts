import { CEREMONY_STEPS, type CeremonyStep } from '../../shared/ceremony.ts';
import type { SessionState, Stage } from '../../shared/session-state.ts';

/** A step of a path, as the rail shows it; a stage that is a part of a step stands under its name. */
export type Step = Exclude<Stage['kind'], 'rehearsal' | 'ceremony'> | CeremonyStep;

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
  people: 'People',
  randomness: 'Randomness',
  key: 'Key',
  files: 'Files',
  shares: 'Shares',
  agree: 'Agree',
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

const CEREMONY: readonly Step[] = ['prepare', ...CEREMONY_STEPS, 'done'];

/** The steps of the path that the session is on, in order: a drill gives no key out, and a ceremony makes one. */
export function stepsOf({ mode }: SessionState): readonly Step[] {
  if (mode === 'ceremony') return CEREMONY;
  return mode === 'drill' ? RECOVERY.filter((step) => step !== 'export') : RECOVERY;
}

/** The step that a stage belongs to. */
export function stepOf(stage: Stage): Step {
  if (stage.kind === 'ceremony') return stage.ceremony.step;
  return stage.kind === 'rehearsal' ? 'load' : stage.kind;
}
