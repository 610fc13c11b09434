import { CEREMONY_STEPS, type CeremonyStep } from '../../shared/ceremony.ts';
import type { SessionState, Stage } from '../../shared/session-state.ts';

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

/** The steps of the path that the session is on, in order: a drill gives no key out, and a ceremony makes one. */
export function stepsOf({ mode, stage }: SessionState): readonly Step[] {
  if (mode === 'ceremony') return CEREMONY;
  if (mode === 'bucket') return ['prepare', 'bucket', 'unlock', 'compare', 'done'];
  if (stage.kind === 'bucket' || stage.kind === 'bucket-unlock')
    return ['prepare', 'load', 'unlock', 'compare', 'done'];
  return mode === 'drill' ? RECOVERY.filter((step) => step !== 'export') : RECOVERY;
}

/** The step that a stage belongs to. */
export function stepOf(stage: Stage): Step {
  switch (stage.kind) {
    case 'rehearsal':
      return 'load';
    case 'bucket':
      return stage.bucket.task === 'verify' ? 'bucket' : 'compare';
    case 'bucket-unlock':
      return 'unlock';
    case 'ceremony':
      return stage.ceremony.step;
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
    case 'done':
      return stage.kind;
  }
}
