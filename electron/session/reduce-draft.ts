import { assertNever } from '../../shared/assert-never.ts';
import type { ExportDraft } from '../../shared/export-state.ts';
import type { SessionEvent } from './session-event.ts';

/** An event that changes what was said and chosen on the way to an export, and nothing else of the session. */
export type DraftEvent = Extract<
  SessionEvent,
  {
    readonly kind:
      | 'address-typed'
      | 'people-named'
      | 'second-person-agreed'
      | 'acknowledged'
      | 'in-the-clear-accepted'
      | 'format-chosen'
      | 'destination-chosen'
      | 'password-rated';
  }
>;

/** Where every export starts: nobody is there, nothing is accepted. */
export const EMPTY_DRAFT: ExportDraft = {
  people: null,
  typedAddress: null,
  acknowledged: [],
  acceptedInTheClear: [],
  format: 'pke1',
  destination: null,
  rating: null,
  writing: null,
};

/**
 * The draft after an event. Pure. What was agreed to holds for what was on the screen then: another person has to agree
 * anew. While a file is being written nothing of it changes.
 */
export function reduceDraft(draft: ExportDraft, event: DraftEvent): ExportDraft {
  if (draft.writing !== null) return draft;
  switch (event.kind) {
    case 'address-typed':
      return { ...draft, typedAddress: event.address };
    case 'people-named': {
      const { operator, secondPerson } = event;
      return { ...draft, people: { operator, secondPerson, confirmed: false } };
    }
    case 'second-person-agreed':
      return draft.people === null ? draft : { ...draft, people: { ...draft.people, confirmed: true } };
    case 'acknowledged':
      return { ...draft, acknowledged: including(draft.acknowledged, event.what) };
    case 'in-the-clear-accepted':
      return { ...draft, acceptedInTheClear: including(draft.acceptedInTheClear, event.what) };
    case 'format-chosen':
      // Another format has another ending and perhaps another danger: the file is chosen anew.
      return event.format === draft.format
        ? draft
        : { ...draft, format: event.format, destination: null, rating: null };
    case 'destination-chosen':
      return { ...draft, destination: event.destination };
    case 'password-rated':
      return { ...draft, rating: event.rating };
    default:
      return assertNever(event);
  }
}

function including<Item>(list: readonly Item[], item: Item): readonly Item[] {
  return list.includes(item) ? list : [...list, item];
}
