import { openBridge } from './bridge.ts';

/** Runs in the page's own world before its scripts: the far end of the preload's `contextBridge`. */
export function start(secret: string): void {
  // Frames get no preload, as with `nodeIntegrationInSubFrames: false`.
  if (window.top === window.self) openBridge(secret, false);
}
