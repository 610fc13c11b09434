import { serveBridge, type BridgePort } from './serve.ts';

/** Electron's side of a utility process; its types would bring Electron in here. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** The bridge process: one for a vendor module, which may take it down. It ends with its parent. */
serveBridge(electronPort() ?? nodePort());

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
  return {
    post: (message) => {
      process.send?.(message);
    },
    onMessage: (listener) => {
      process.on('message', listener);
    },
  };
}
