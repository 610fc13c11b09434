import { existsSync, readFileSync } from 'node:fs';

/** Environment variable: the file into which the stand-in writes what it saw, a line of JSON an entry. */
export const HOST_LOG_VARIABLE = 'BREAKGLASS_HOST_LOG';

/** One thing that the stand-in saw the app or its page do. */
export type HostEntry =
  /** A request that the app let out. Nothing went out: the stand-in answered it. */
  | { readonly kind: 'leak'; readonly url: string; readonly via: string }
  /** A request, navigation or download that was stopped, and by which of the app's walls. */
  | { readonly kind: 'blocked'; readonly url: string; readonly by: string; readonly via: string }
  /** Chromium's own traffic, which Electron has none of; refused. */
  | { readonly kind: 'background'; readonly url: string }
  | { readonly kind: 'request'; readonly url: string; readonly type: string; readonly via: string }
  | { readonly kind: 'navigation'; readonly url: string; readonly isMainFrame: boolean }
  | { readonly kind: 'window-open'; readonly url: string; readonly action: string }
  | { readonly kind: 'permission'; readonly name: string; readonly isGranted: boolean }
  | { readonly kind: 'download'; readonly url: string; readonly isPrevented: boolean }
  /** A call that the stand-in does not know. The spec fails. */
  | { readonly kind: 'unsupported'; readonly name: string }
  /** An exception or rejection in main that nobody handled, or a broken preload. The spec fails. */
  | { readonly kind: 'fault'; readonly message: string }
  /** A call that the stand-in takes note of and does nothing about, such as `app.relaunch`. */
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly unknown[] }
  /** A moment of the start, counted from the process's first line. */
  | { readonly kind: 'time'; readonly name: string; readonly atMs: number };

/** What the stand-in saw so far. */
export interface HostLog {
  /** The entries of one kind, in the order of happening. */
  readonly of: <K extends HostEntry['kind']>(kind: K) => readonly Extract<HostEntry, { kind: K }>[];
}

/** Reads what the stand-in wrote so far. */
export function readHostLog(file: string): HostLog {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const entries = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as HostEntry);
  return {
    of: <K extends HostEntry['kind']>(kind: K) =>
      entries.filter((entry): entry is Extract<HostEntry, { kind: K }> => entry.kind === kind),
  };
}
