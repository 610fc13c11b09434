import { CEREMONY_STEPS, type CeremonyStep } from '../../shared/ceremony.ts';
import { placeOf } from '../../shared/place.ts';
import type { Place, SessionState, Stage } from '../../shared/session-state.ts';

/** A step of a path, as the rail shows it; a stage that is a part of a step, or beside the path, stands under another. */
export type Step =
  | Exclude<Stage['kind'], 'rehearsal' | 'bucket-unlock' | 'register' | 'record-check' | 'ceremony'>
  | 'compare'
  | CeremonyStep;

/** The name of each step. */
export const STEP_NAMES: Readonly<Record<Step, string>> = {
  prepare: 'Prepare',
  load: 'Load',
  verify: 'Verify',
  bucket: 'Check all',
  compare: 'Recover and compare all',
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

/** The steps of the path that the session is on, or was on when it ended, in order. */
export function stepsOf({ mode, stage }: SessionState): readonly Step[] {
  const place = placeOf(stage);
  if (mode === 'ceremony') return CEREMONY;
  if (mode === 'bucket') return ['prepare', 'bucket', 'unlock', 'compare', 'done'];
  if (place.kind === 'bucket' || place.kind === 'bucket-unlock') {
    const checked = place.kind === 'bucket' && place.task === 'verify';
    return ['prepare', 'load', ...(checked ? (['bucket'] as const) : []), 'unlock', 'compare', 'done'];
  }
  // A drill gives no key out.
  return mode === 'drill' ? RECOVERY.filter((step) => step !== 'export') : RECOVERY;
}

/** The step that a stage belongs to. */
export function stepOf(stage: Stage): Step {
  return stage.kind === 'done' ? 'done' : stepAt(placeOf(stage));
}

/** The last step that was reached before the end, or that comes before the present one; undefined before the first. */
export function reachedStep(state: SessionState): Step | undefined {
  const { stage } = state;
  if (stage.kind === 'done') return stepAt(stage.left);
  const steps = stepsOf(state);
  return steps[steps.indexOf(stepOf(stage)) - 1];
}

function stepAt(place: Place): Step {
  switch (place.kind) {
    case 'rehearsal':
      return 'load';
    case 'bucket':
      return place.task === 'verify' ? 'bucket' : 'compare';
    case 'bucket-unlock':
      return 'unlock';
    case 'ceremony':
      return place.step;
    case 'register':
    case 'record-check':
      return 'prepare';
    case 'prepare':
    case 'load':
    case 'verify':
    case 'unlock':
    case 'reconstruct':
    case 'addresses':
    case 'export':
      return place.kind;
  }
}
