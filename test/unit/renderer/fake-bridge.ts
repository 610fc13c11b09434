import { CHANNELS, type Channel, type RecoveryBridge } from '../../../shared/contract.ts';
import type { Result } from '../../../shared/result.ts';
import type { SessionState } from '../../../shared/session-state.ts';

/** What was asked of a fake bridge, in order. */
export interface FakeBridge {
  readonly bridge: RecoveryBridge;
  readonly asked: { readonly channel: Channel; readonly request: unknown }[];
  /** Sends the page a session, as main does. */
  readonly push: (state: SessionState) => void;
}

/**
 * Stands for preload and main in a preview: answers every call with the same session, or with what `answer` says.
 * @param state the session
 * @param answer what a call changes
 */
export function fakeBridge(
  state: SessionState,
  answer: (channel: Channel, request: unknown) => Result<SessionState> = () => ({ ok: true, value: state }),
): FakeBridge {
  const listeners = new Set<(state: SessionState) => void>();
  const asked: FakeBridge['asked'] = [];
  const calls = Object.fromEntries(
    CHANNELS.map((channel) => [
      channel,
      (request: unknown) => {
        asked.push({ channel, request });
        return Promise.resolve(answer(channel, request));
      },
    ]),
  );
  const bridge = {
    ...calls,
    offerDropped: () => Promise.resolve({ ok: true, value: 'token' }),
    onSessionChanged: (listener: (state: SessionState) => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  } as unknown as RecoveryBridge;
  return {
    bridge,
    asked,
    push: (next) => {
      for (const listener of listeners) listener(next);
    },
  };
}
