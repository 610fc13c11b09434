import type { Session } from './session.ts';
import { unsupported } from './sealed.ts';

/** `webPreferences` that the app sets; those that would weaken the page are refused. */
export interface WebPreferences {
  readonly preload?: string;
  readonly session?: Session;
  readonly partition?: string;
  readonly disableDialogs?: boolean;
  readonly devTools?: boolean;
  readonly [name: string]: unknown;
}

/** The constructor's options. */
export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly show?: boolean;
  readonly title?: string;
  readonly webPreferences?: WebPreferences;
  readonly [name: string]: unknown;
}

const WINDOW_OPTIONS = new Set([
  ...['width', 'height', 'minWidth', 'minHeight', 'show', 'backgroundColor', 'title', 'autoHideMenuBar'],
  ...['parent', 'resizable', 'minimizable', 'maximizable', 'fullscreenable', 'skipTaskbar', 'alwaysOnTop'],
  'webPreferences',
]);

const WEB_PREFERENCES = new Set([
  ...['preload', 'session', 'partition', 'sandbox', 'contextIsolation', 'nodeIntegration'],
  ...['nodeIntegrationInWorker', 'nodeIntegrationInSubFrames', 'webSecurity', 'webviewTag'],
  ...['allowRunningInsecureContent', 'experimentalFeatures', 'navigateOnDragDrop', 'spellcheck', 'devTools'],
  ...['disableDialogs', 'enableWebSQL', 'v8CacheOptions', 'safeDialogs', 'plugins'],
  'webgl',
]);

/** The stand-in has no page but a locked-down one: these may be said, and said this way only. */
const ONLY_VALUE: Readonly<Record<string, boolean>> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  plugins: false,
};

/** Refuses every option that the stand-in can't play. */
export function checkWindowOptions(options: WindowOptions): void {
  for (const name of Object.keys(options)) {
    if (!WINDOW_OPTIONS.has(name)) unsupported(`new BrowserWindow({ ${name} })`);
  }
  for (const [name, value] of Object.entries(options.webPreferences ?? {})) {
    if (!WEB_PREFERENCES.has(name)) unsupported(`webPreferences.${name}`);
    if (name in ONLY_VALUE && value !== ONLY_VALUE[name])
      unsupported(`webPreferences.${name} = ${String(value)}`);
  }
}

/** What was passed, over Electron's defaults for what was not. */
export function lastWebPreferences(passed: WebPreferences): WebPreferences {
  return { ...ONLY_VALUE, ...passed };
}
