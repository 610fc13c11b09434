import { assertNever } from '../../../shared/assert-never.ts';
import { canSplit, nextWitness, type CeremonyView } from '../../../shared/ceremony.ts';
import type { ErrorCode } from '../../../shared/error-codes.ts';
import type { Fault } from '../../../shared/recovery-error.ts';
import type { CeremonyEvent } from './ceremony-event.ts';

/** Where every ceremony starts. */
export const FRESH_CEREMONY: CeremonyView = { step: 'people', people: [] };

/**
 * The ceremony after an event. Pure: no clock, no I/O, no secret. An event that does not fit the step changes nothing.
 * Source: docs/ceremony.md, "In the app".
 */
export function reduceCeremony(view: CeremonyView, event: CeremonyEvent): CeremonyView {
  const { people } = view;
  switch (event.kind) {
    case 'people-named':
      return view.step === 'people' ? { people: event.people, step: 'randomness', typed: null } : view;
    case 'dice-typed':
      return view.step === 'randomness' ? { ...view, typed: event.dice } : view;
    case 'randomness-chosen':
      return view.step === 'randomness'
        ? { people, step: 'key', dice: event.dice, key: null, making: false }
        : view;
    case 'key-making':
      return view.step === 'key' && view.key === null ? { ...view, making: true } : view;
    case 'key-made':
      return view.step === 'key' && view.making ? { ...view, key: event.key, making: false } : view;
    case 'fingerprint-confirmed': {
      if (view.step !== 'key' || view.key === null) return view;
      const key = { ...view.key, confirmedBy: [...view.key.confirmedBy, event.name] };
      return nextWitness(people, key) === undefined
        ? { people, step: 'files', key, folder: null, rating: null, working: null }
        : { ...view, key };
    }
    case 'folder-chosen':
      return view.step === 'files' || view.step === 'shares' ? { ...view, folder: event.folder } : view;
    case 'password-rated':
      return view.step === 'files' ? { ...view, rating: event.rating } : view;
    case 'sealing':
    case 'testing':
      return view.step === 'files' ? { ...view, working: event.kind } : view;
    case 'files-written':
      return view.step === 'files'
        ? {
            ...{ people, step: 'shares', key: view.key, files: event.files },
            ...{ folder: null, shares: null, givenUp: [], working: null },
          }
        : view;
    case 'test-failed':
      return view.step === 'key' || view.step === 'files'
        ? { people, step: 'randomness', typed: null }
        : view;
    case 'splitting':
    case 'combining':
      return view.step === 'shares' ? { ...view, working: event.kind } : view;
    case 'shares-made': {
      if (view.step !== 'shares' || !canSplit(view)) return view;
      const givenUp = view.shares === null ? view.givenUp : [...view.givenUp, view.shares];
      // The folder is full now: another set goes into another one.
      return { ...view, shares: event.shares, givenUp, folder: null, working: null };
    }
    case 'combined': {
      if (view.step !== 'shares' || view.shares === null) return view;
      const { passed, indexes } = event;
      const shares = passed ? { ...view.shares, combined: indexes } : { ...view.shares, failed: true };
      return { ...view, shares, working: null };
    }
    case 'shares-done': {
      if (view.step !== 'shares') return view;
      const { key, files, shares, givenUp } = view;
      return { people, step: 'agree', key, files, shares, givenUp, agreed: [] };
    }
    case 'agreed':
      return view.step === 'agree' ? { ...view, agreed: [...view.agreed, event.name] } : view;
    default:
      return assertNever(event);
  }
}

/** One step back; null where that leads out of the ceremony. A key that was made is gone: it is made anew. */
export function ceremonyBefore(view: CeremonyView): CeremonyView | null {
  const { people } = view;
  switch (view.step) {
    case 'people':
      return null;
    case 'randomness':
      return { people, step: 'people' };
    case 'key':
    case 'files':
      return { people, step: 'randomness', typed: null };
    case 'shares':
    case 'agree':
      return view;
  }
}

/** What is said of the shares that were tried, and not of how they were tried. */
const OF_THE_SHARES: readonly ErrorCode[] = [
  'custodian-share.do-not-combine',
  'custodian-share.malformed',
  'custodian-share.mistyped',
];

/** What was under way no longer is; where the ceremony stands stays. */
export function ceremonyAfterFailure(view: CeremonyView, { code }: Fault): CeremonyView {
  switch (view.step) {
    case 'key':
      return { ...view, making: false };
    case 'files':
      return { ...view, working: null };
    case 'shares': {
      const { shares } = view;
      const failed = view.working === 'combining' && OF_THE_SHARES.includes(code);
      return { ...view, shares: shares !== null && failed ? { ...shares, failed } : shares, working: null };
    }
    case 'people':
    case 'randomness':
    case 'agree':
      return view;
  }
}
