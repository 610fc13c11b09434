import type { Channel, RecoveryBridge, RequestOf } from '../shared/contract.ts';
import type { Result } from '../shared/result.ts';
import type { SessionState } from '../shared/session-state.ts';

declare global {
  interface Window {
    /** What preload exposes; missing only where the page is opened outside the app. */
    readonly recovery?: RecoveryBridge;
  }
}

/** The one way from the page to the main process, as `window.recovery` has it. */
function bridge(): RecoveryBridge {
  if (window.recovery === undefined) throw new Error('window.recovery is missing: preload did not run');
  return window.recovery;
}

/** Makes one call of the contract; answers with the session as it is afterwards, or with a fault. */
export function ask<Name extends Channel>(
  channel: Name,
  request: RequestOf<Name>,
): Promise<Result<SessionState>> {
  // The bridge has one function for each channel; which request goes with which, the compiler can't follow by itself.
  const call = bridge()[channel] as (request: RequestOf<Name>) => Promise<Result<SessionState>>;
  return call(request);
}

/** Hands dropped files to preload, which sends their paths to main, and adds them by the token that comes back. */
export async function addDropped(files: readonly File[]): Promise<Result<SessionState>> {
  const offered = await bridge().offerDropped(files);
  return offered.ok ? bridge()['kit.add-dropped']({ token: offered.value }) : offered;
}

/** Calls back on every change of the session; returns what stops it. */
export function onSessionChanged(listener: (state: SessionState) => void): () => void {
  return bridge().onSessionChanged(listener);
}
