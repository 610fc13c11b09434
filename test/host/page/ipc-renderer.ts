import type { Codec } from '../codec.ts';
import type { FromPage, ToPage } from '../wire.ts';

type Listener = (event: object, ...args: unknown[]) => void;

/** The preload's `ipcRenderer`, and where main's messages come in. */
export interface IpcRendererEnd {
  readonly api: {
    readonly invoke: (channel: string, ...args: unknown[]) => Promise<unknown>;
    readonly on: (channel: string, listener: Listener) => void;
    readonly removeListener: (channel: string, listener: Listener) => void;
  };
  readonly receive: (message: ToPage) => void;
}

/** Makes it. */
export function makeIpcRenderer(codec: Codec, tell: (message: FromPage) => void): IpcRendererEnd {
  const pending = new Map<number, (message: ToPage) => void>();
  const listeners = new Map<string, Listener[]>();
  let lastId = 0;
  return {
    api: {
      invoke: async (channel, ...args) => {
        const encoded = codec.encode(args);
        const id = ++lastId;
        const reply = await new Promise<ToPage>((resolve) => {
          pending.set(id, resolve);
          tell({ type: 'invoke', id, channel, args: encoded });
        });
        if (reply.type === 'reply') return codec.decode(reply.result);
        throw new Error(
          `Error invoking remote method '${channel}': ${reply.type === 'refusal' ? reply.message : ''}`,
        );
      },
      on: (channel, listener) => {
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      },
      removeListener: (channel, listener) => {
        listeners.set(
          channel,
          (listeners.get(channel) ?? []).filter((other) => other !== listener),
        );
      },
    },
    receive: (message) => {
      if (message.type !== 'event') {
        pending.get(message.id)?.(message);
        pending.delete(message.id);
        return;
      }
      const args = codec.decode(message.args) as unknown[];
      for (const listener of listeners.get(message.channel) ?? []) listener({}, ...args);
    },
  };
}
