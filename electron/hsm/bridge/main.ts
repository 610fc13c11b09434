import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMainThread, Worker } from 'node:worker_threads';

import { serveBridge, type BridgePort } from './serve.ts';

/** Electron's side of a utility process; its types would bring Electron in here. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** How soon after its parent a bridge whose module hangs ends, in milliseconds. */
const PARENT_CHECK_MS = 500;

/** The bridge process: one for a vendor module, which may take it down. It ends with its parent. */
if (isMainThread) {
  withoutCoreDump();
  serveBridge(electronPort() ?? nodePort());
} else {
  watchParent();
}

/** A library that crashes must not leave the PIN on the disk. Source: Linux, core(5), "Controlling which mappings". */
function withoutCoreDump(): void {
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
  } catch {
    // Another system, where core dumps are off unless somebody turned them on.
  }
}

function electronPort(): BridgePort | undefined {
  const { parentPort } = process as { readonly parentPort?: ParentPort };
  if (parentPort === undefined) return undefined;
  return {
    post: (message) => {
      parentPort.postMessage(message);
    },
    onMessage: (listener) => {
      parentPort.on('message', ({ data }) => {
        listener(data);
      });
    },
  };
}

function nodePort(): BridgePort {
  process.on('disconnect', () => process.exit());
  new Worker(fileURLToPath(import.meta.url)).unref();
  return {
    post: (message) => {
      process.send?.(message);
    },
    onMessage: (listener) => {
      process.on('message', listener);
    },
  };
}

/** On a thread of its own, since a module that hangs keeps the other from seeing that the parent is gone. */
function watchParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent || !isAlive(parent)) process.kill(process.pid, 'SIGKILL');
  }, PARENT_CHECK_MS);
}

/** Where the system gives orphans no other parent, the old one's number is asked for. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
