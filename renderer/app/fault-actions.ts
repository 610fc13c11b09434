import { assertNever } from '../../shared/assert-never.ts';
import type { FaultAction } from '../text/details.ts';
import { stepOf, stepsOf, type Step } from '../text/steps.ts';
import type { Desk } from './desk.ts';

/** The field for another path, which the button beside a wrong path leads back to. */
export const PATH_FIELD_ID = 'derivation-path';

/** Steps back until a step is reached; stops where a call fails. */
export async function backTo(desk: Desk, step: Step): Promise<void> {
  const steps = stepsOf(desk.state);
  let { stage } = desk.state;
  while (steps.indexOf(stepOf(stage)) > steps.indexOf(step)) {
    const next = await desk.ask('session.back', null);
    if (next === null || next.stage.kind === stage.kind) return;
    stage = next.stage;
  }
}

/**
 * What the button beside a fault does on the present step; null where it can't be done, and no button is shown.
 * @param does what the fault's words ask for
 */
export function faultAction(desk: Desk, does: FaultAction): (() => Promise<unknown>) | null {
  const { stage } = desk.state;
  switch (does) {
    case 'add-files':
    case 'add-folder':
      return stage.kind === 'load'
        ? () => desk.ask('kit.add-by-dialog', { pick: does === 'add-files' ? 'files' : 'folder' })
        : null;
    case 'change-ids': {
      const wallet = 'wallet' in stage ? stage.wallet : desk.marked?.wallet;
      if (wallet === undefined) return null;
      return () => {
        desk.mark(wallet, true);
        return backTo(desk, 'load');
      };
    }
    case 'choose-key-file':
      if (stage.kind === 'unlock' || stage.kind === 'bucket-unlock')
        return () => desk.ask('key-file.choose-by-dialog', null);
      return stage.kind === 'reconstruct'
        ? async () => {
            await backTo(desk, 'verify');
            return desk.ask('unlock.begin', null);
          }
        : null;
    case 'derive-again':
      return stage.kind === 'addresses'
        ? () => {
            document.getElementById(PATH_FIELD_ID)?.focus();
            return Promise.resolve();
          }
        : null;
    case 'check-again':
      return stage.kind === 'verify' ? () => desk.ask('proof.verify', { wallets: [stage.wallet] }) : null;
    case 'end':
      return stage.kind === 'done' ? null : () => desk.ask('session.end', null);
    default:
      return assertNever(does);
  }
}
