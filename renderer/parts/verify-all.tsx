import type { ReactElement } from 'react';

import type { WalletView } from '../../shared/session-state.ts';
import { start, type Desk } from '../app/desk.ts';
import { Button } from './button.tsx';

/** Starts the check of every wallet in the list; while it runs, says how far it is and stops it. */
export function VerifyAll({
  desk,
  wallets,
  running,
  loading,
}: {
  readonly desk: Desk;
  readonly wallets: readonly WalletView[];
  readonly running: boolean;
  readonly loading: boolean;
}): ReactElement | null {
  if (running) {
    const judged = wallets.filter(({ verification }) => verification.kind === 'judged').length;
    return (
      <span className="button-row">
        <span className="muted" role="status">
          {judged} of {wallets.length} verified
        </span>
        <Button
          onPress={() => {
            start(desk.ask('proof.stop', null));
          }}
        >
          Stop
        </Button>
      </span>
    );
  }
  if (wallets.length < 2) return null;
  return (
    <Button
      disabled={loading || desk.busy !== null}
      onPress={() => {
        start(desk.ask('proof.verify', { wallets: wallets.map(({ ref }) => ref) }));
      }}
    >
      Verify all {wallets.length}
    </Button>
  );
}
