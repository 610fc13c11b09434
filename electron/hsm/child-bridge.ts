import { fork } from 'node:child_process';

import type { BridgeExit, StartBridge } from './bridge-process.ts';

/**
 * Starts bridges as children of Node. What the vendor's library prints is thrown away, as it may hold anything; the
 * environment goes along, as libraries are configured by it.
 * @param bundle path of the bridge's bundle
 * @param env what the library is configured by
 */
export function childBridge(bundle: string, env: NodeJS.ProcessEnv = process.env): StartBridge {
  return () => {
    const child = fork(bundle, [], {
      env,
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return {
      send: (message) => {
        // A child that has just died is told of by its exit.
        if (child.connected) child.send(message, () => undefined);
      },
      onMessage: (listener) => {
        child.on('message', listener);
      },
      onExit: (listener) => {
        let told = false;
        const tell = (exit: BridgeExit): void => {
          if (!told) listener(exit);
          told = true;
        };
        child.once('exit', (code, signal) => {
          tell({ code, signal });
        });
        child.on('error', () => {
          if (child.pid === undefined) tell({ code: null, signal: null });
        });
      },
      kill: () => {
        child.kill('SIGKILL');
      },
    };
  };
}
