import { isCeremonyWorking, type CeremonyAt, type CeremonyStep } from '../../../shared/ceremony.ts';
import type { RandomBytes } from '../../engine/bytes/random.ts';
import type { PartJournal } from '../../files/part-journal.ts';
import type { SecretPartPorts } from '../part-ports.ts';
import type { RevealPort } from '../revealed.ts';
import type { CeremonyEvent } from './ceremony-event.ts';

/** What a ceremony works with: the session that it is a part of, and what it has of the world. */
export interface CeremonyPorts extends SecretPartPorts {
  readonly randomBytes: RandomBytes;
  readonly reveal: RevealPort;
  readonly parts: Pick<PartJournal, 'begin' | 'forgetGone'>;
  /** Folders of the app's own, where nobody looks for a key: nothing is written there. */
  readonly ownFolders: readonly string[];
}

/** The ceremony, when it is at a step and nothing is under way; undefined otherwise, and then a call does nothing. */
export function ceremonyAt<Step extends CeremonyStep>(
  { state }: Pick<CeremonyPorts, 'state'>,
  step: Step,
): CeremonyAt<Step> | undefined {
  const { stage } = state();
  if (stage.kind !== 'ceremony' || stage.ceremony.step !== step) return undefined;
  return isCeremonyWorking(stage.ceremony) ? undefined : (stage.ceremony as CeremonyAt<Step>);
}

/** Applies an event of the ceremony to the session. */
export function applyTo({ apply }: Pick<CeremonyPorts, 'apply'>, event: CeremonyEvent): void {
  apply({ kind: 'ceremony', event });
}
