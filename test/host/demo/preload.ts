// eslint-disable-next-line no-restricted-imports -- the demo has no contract
import { contextBridge, ipcRenderer, webUtils } from 'electron';

/** The sandboxed preload has one, which knows `electron` and little else. */
declare const require: (name: string) => unknown;

const preload = {
  ping: (bytes: Uint8Array) => ipcRenderer.invoke('demo.ping', bytes),
  fail: () => ipcRenderer.invoke('demo.fail'),
  missing: () => ipcRenderer.invoke('demo.missing'),
  open: () => ipcRenderer.invoke('demo.open'),
  dropped: (files: Parameters<typeof webUtils.getPathForFile>[0][]) =>
    ipcRenderer.invoke(
      'demo.sizes',
      files.map((file) => webUtils.getPathForFile(file)),
    ),
  crypto: () => ipcRenderer.invoke('demo.crypto'),
  onPower: (listener: (what: string) => void) => {
    const heard = (_event: unknown, what: string): void => {
      listener(what);
    };
    ipcRenderer.on('demo.power', heard);
    return () => {
      ipcRenderer.removeListener('demo.power', heard);
    };
  },
  requireFs: () => {
    try {
      return typeof require('fs');
    } catch (error) {
      return String(error);
    }
  },
  sendSync: () => ipcRenderer.sendSync('demo.sync') as unknown,
  platform: process.platform,
};

contextBridge.exposeInMainWorld('demo', preload);
