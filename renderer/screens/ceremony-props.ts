import type { CeremonyAt, CeremonyStep } from '../../shared/ceremony.ts';
import type { Desk } from '../app/desk.ts';

/** What the screen of each step of a ceremony is given. */
export interface CeremonyProps<Step extends CeremonyStep> {
  readonly view: CeremonyAt<Step>;
  readonly desk: Desk;
}
