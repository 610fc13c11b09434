import { contextBridge, ipcRenderer, webUtils } from 'electron';

import { CHANNELS, OFFER_DROPPED, SESSION_CHANGED } from '../shared/contract.ts';
import { bridgeOf } from './shell/bridge.ts';

/** Runs before the page, in a world of its own: puts `window.recovery` there, and nothing else. */

contextBridge.exposeInMainWorld(
  'recovery',
  bridgeOf({
    channels: CHANNELS,
    offerChannel: OFFER_DROPPED,
    changedChannel: SESSION_CHANGED,
    invoke: (channel, request) => ipcRenderer.invoke(channel, request),
    listen: (channel, listener) => {
      const onMessage = (_event: unknown, message: unknown): void => {
        listener(message);
      };
      ipcRenderer.on(channel, onMessage);
      return () => {
        ipcRenderer.removeListener(channel, onMessage);
      };
    },
    pathOf: (file) => webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0]),
  }),
);
