import { contextBridge, ipcRenderer } from 'electron';

import { REVEAL_CHANNEL, type RevealBridge } from '../shared/reveal.ts';

/** Runs before the page of the window that shows a secret: puts `window.reveal` there, one function, and nothing else. */

const reveal: RevealBridge = (request) =>
  ipcRenderer.invoke(REVEAL_CHANNEL, request) as ReturnType<RevealBridge>;
contextBridge.exposeInMainWorld('reveal', reveal);
