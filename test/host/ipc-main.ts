import type { Frame } from './frames.ts';
import { sealed } from './sealed.ts';

/** What a handler is told of the one who asks. */
export interface IpcInvokeEvent {
  readonly type: 'frame';
  readonly sender: object;
  readonly senderFrame: Frame;
  readonly processId: number;
  readonly frameId: number;
}

type IpcHandler = (event: IpcInvokeEvent, ...args: unknown[]) => unknown;

const handlers = new Map<string, IpcHandler>();

/** `ipcMain`, as far as it goes here. */
export const ipcMain = sealed('ipcMain', {
  handle: (channel: string, handler: IpcHandler): void => {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler: (channel: string): void => {
    handlers.delete(channel);
  },
});

/** Calls the handler of a channel. @returns what it returns, a promise or not */
export function invokeHandler(channel: string, event: IpcInvokeEvent, args: readonly unknown[]): unknown {
  const handler = handlers.get(channel);
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
  return handler(sealed('event', event), ...args);
}
