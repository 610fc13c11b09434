import type { RecoveryBridge } from '../../shared/contract.ts';

/** What preload has of Electron, and the names that the contract gives. */
export interface BridgePorts {
  readonly channels: readonly string[];
  readonly offerChannel: string;
  readonly changedChannel: string;
  readonly invoke: (channel: string, request: unknown) => Promise<unknown>;
  /** Listens to messages of main; returns what stops it. */
  readonly listen: (channel: string, listener: (message: unknown) => void) => () => void;
  /** The true path of a dropped file, empty for one that lies nowhere. */
  readonly pathOf: (file: unknown) => string;
}

/**
 * What the page gets as `window.recovery`: one function a channel of the contract, one for dropped files, one to
 * listen. No channel's name is the page's to choose, and no event, path or Electron object reaches it. The values
 * are parsed by the main process.
 */
export function bridgeOf(ports: BridgePorts): RecoveryBridge {
  const { channels, offerChannel, changedChannel, invoke, listen, pathOf } = ports;
  const calls = channels.map((channel): [string, (request: unknown) => Promise<unknown>] => [
    channel,
    (request: unknown) => {
      // What is sent is copied before `invoke` returns, so our own copy of a password can go.
      const answer = invoke(channel, request);
      wipeBytes(request);
      return answer;
    },
  ]);
  const bridge: Readonly<Record<string, unknown>> = {
    ...Object.fromEntries(calls),
    offerDropped: (files: readonly unknown[]) =>
      invoke(
        offerChannel,
        Array.from(files, pathOf).filter((path) => path !== ''),
      ),
    onSessionChanged: (listener: (state: unknown) => void) => listen(changedChannel, listener),
  };
  return bridge as unknown as RecoveryBridge;
}

function wipeBytes(request: unknown): void {
  if (typeof request !== 'object' || request === null) return;
  for (const value of Object.values(request)) if (value instanceof Uint8Array) value.fill(0);
}
