import type { StartBridge } from '../hsm/bridge-process.ts';

/** What is used of Electron's utility process. */
export interface UtilityChild {
  readonly pid: number | undefined;
  postMessage(message: unknown): void;
  kill(): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
}

/**
 * Starts HSM bridges as utility processes. What the vendor's library prints is thrown away, as it may hold anything.
 * @param bundle path of the bridge's bundle
 * @param fork starts one
 */
export function utilityBridge(bundle: string, fork: (file: string) => UtilityChild): StartBridge {
  return () => {
    const child = fork(bundle);
    let isGone = false;
    child.once('exit', () => {
      isGone = true;
    });
    return {
      // A message is cloned before this returns.
      send: (message) => {
        if (!isGone) child.postMessage(message);
      },
      onMessage: (listener) => {
        child.on('message', listener);
      },
      onExit: (listener) => {
        child.once('exit', (code) => {
          listener({ code, signal: null });
        });
      },
      kill: () => {
        // A library that hangs may not listen to less; where there is no such signal, Electron's own way has to do.
        if (isGone) return;
        if (child.pid === undefined || process.platform === 'win32') child.kill();
        else process.kill(child.pid, 'SIGKILL');
      },
    };
  };
}
