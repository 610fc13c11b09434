import { makeCodec, type Codec } from '../codec.ts';
import {
  MAX_MESSAGE_LENGTH,
  type FromPage,
  type KeyInput,
  type PreloadConfig,
  type ToPage,
} from '../wire.ts';
import { openBridge } from './bridge.ts';
import { makeIpcRenderer } from './ipc-renderer.ts';

/** The bundled preload, wrapped into a function. */
type Preload = (
  require: (name: string) => unknown,
  process: object,
  module: { exports: object },
  exports: object,
) => void;

/** `Uint8Array.prototype.toBase64` and its counterpart, which Chromium has and TypeScript's library not yet. */
interface Base64Bytes extends Uint8Array {
  readonly toBase64: () => string;
}
const { fromBase64 } = Uint8Array as unknown as { fromBase64: (text: string) => Uint8Array };

/** Left in the world by the stand-in, and taken out of it by `start`. */
interface HostGlobals {
  __hostTell?: (text: string) => void;
  __hostReceive?: (text: string) => void;
}

/**
 * Runs in the isolated world before the page's scripts: gives the preload what Electron's sandboxed preload gets,
 * as far as this project's preload needs it, and runs it.
 */
export function start(config: PreloadConfig, preload: Preload): void {
  if (window.top !== window.self) return;
  const globals = globalThis as HostGlobals;
  const send = globals.__hostTell;
  delete globals.__hostTell;
  const tell = (message: FromPage): void => {
    const text = JSON.stringify(message);
    if (text.length > MAX_MESSAGE_LENGTH) unsupported('an IPC message of more than 16 MiB');
    send?.(text);
  };
  const unsupported = (name: string): never => {
    tell({ type: 'unsupported', name });
    throw new Error(`unsupported: ${name}`);
  };
  const sealed = <T extends object>(name: string, object: T): T =>
    new Proxy(object, {
      get: (target, key, receiver) =>
        key in target || typeof key === 'symbol' || ['then', 'default', '__esModule'].includes(key)
          ? Reflect.get(target, key, receiver)
          : unsupported(`${name}.${key}`),
    });

  const codec = makePageCodec();
  const ipc = makeIpcRenderer(codec, tell);
  globals.__hostReceive = (text) => {
    ipc.receive(JSON.parse(text) as ToPage);
  };
  const bridge = openBridge(config.secret, true);
  const electron = sealed('electron', {
    contextBridge: sealed('contextBridge', { exposeInMainWorld: bridge.expose }),
    ipcRenderer: sealed('ipcRenderer', ipc.api),
    webUtils: sealed('webUtils', { getPathForFile }),
  });
  const process = sealed('process', {
    platform: config.platform,
    arch: config.arch,
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
  });
  const require = (name: string): unknown => {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const module = { exports: {} };
  try {
    preload(require, process, module, module.exports);
  } catch (error) {
    tell({ type: 'preload-error', message: `${config.preloadFile}: ${String(error)}` });
  }
  for (const type of ['keydown', 'keyup'] as const) window.addEventListener(type, onKey, { capture: true });
  tell({ type: 'preload-ran' });
}

function makePageCodec(): Codec {
  return makeCodec({
    toBase64: (bytes) => (bytes as Base64Bytes).toBase64(),
    fromBase64: (text) => fromBase64(text),
    isPlatformObject: (value) => value instanceof Node || value instanceof Window || value instanceof Blob,
  });
}

function getPathForFile(file: unknown): string {
  if (!(file instanceof File)) throw new TypeError('file must be a File');
  return (__hostSync('path-for-file', file) as string | undefined) ?? '';
}

/** `before-input-event`: main is asked before the page's own listeners hear of a key. */
function onKey(event: KeyboardEvent): void {
  if (!event.isTrusted) return;
  const input: KeyInput = {
    type: event.type === 'keydown' ? 'keyDown' : 'keyUp',
    key: event.key,
    code: event.code,
    isAutoRepeat: event.repeat,
    shift: event.shiftKey,
    control: event.ctrlKey,
    alt: event.altKey,
    meta: event.metaKey,
  };
  if (__hostSync('key', JSON.stringify(input)) !== true) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/**
 * Asks the stand-in and waits: it sees the pause, knows the function by its name, reads the question, puts the answer
 * into its third place and lets go.
 */
function __hostSync(...question: [operation: string, argument: unknown, answer?: unknown]): unknown {
  // eslint-disable-next-line no-debugger -- this is the call
  debugger;
  return question[2];
}
