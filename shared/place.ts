import type { Place, Stage } from './session-state.ts';

/** Where on its path a stage is; the end keeps the place that was left for it. */
export function placeOf(stage: Stage): Place {
  switch (stage.kind) {
    case 'done':
      return stage.left;
    case 'bucket':
      return { kind: 'bucket', task: stage.bucket.task };
    case 'ceremony':
      return { kind: 'ceremony', step: stage.ceremony.step };
    case 'prepare':
    case 'register':
    case 'record-check':
    case 'load':
    case 'rehearsal':
    case 'bucket-unlock':
    case 'verify':
    case 'unlock':
    case 'reconstruct':
    case 'addresses':
    case 'export':
      return { kind: stage.kind };
  }
}
