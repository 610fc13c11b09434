import type { BrowserWindowConstructorOptions, Session, WebPreferences } from 'electron';

/** The smallest window in which every screen fits. */
export const MIN_WIDTH = 1024;

/** The smallest window in which every screen fits. */
export const MIN_HEIGHT = 700;

/** What a window needs from outside. */
export interface WindowParts {
  readonly session: Session;
  /** Path of the bundled preload. */
  readonly preload: string;
  /** Whether this is the app as it ships. */
  readonly packaged: boolean;
}

/**
 * What a page may do, every preference stated, defaults as well: a default that changes in a later Electron changes
 * nothing here.
 */
export function webPreferences({ preload, ...parts }: WindowParts): WebPreferences {
  return { ...bareWebPreferences(parts), preload };
}

function bareWebPreferences({ session, packaged }: Omit<WindowParts, 'preload'>): WebPreferences {
  return {
    session,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    plugins: false,
    webgl: false,
    spellcheck: false,
    safeDialogs: true,
    disableDialogs: true,
    enableWebSQL: false,
    v8CacheOptions: 'none',
    devTools: !packaged,
  };
}

/** How the window is made that a page is printed from: it has no preload and no developer tools, and is never shown. */
export function printWindowOptions(session: Session): BrowserWindowConstructorOptions {
  const webPreferences = bareWebPreferences({ session, packaged: true });
  return { title: 'Breakglass: printing', show: false, webPreferences };
}

/** How the one window is made: hidden until it has something to show. */
export function windowOptions(parts: WindowParts): BrowserWindowConstructorOptions {
  return {
    title: 'Breakglass',
    width: 1180,
    height: 800,
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    autoHideMenuBar: true,
    webPreferences: webPreferences(parts),
  };
}

/** How the window that shows a secret is made: small, and nothing that could be left behind somewhere. */
export function revealWindowOptions(parts: WindowParts): BrowserWindowConstructorOptions {
  return {
    title: 'Breakglass: a secret',
    width: 700,
    height: 760,
    resizable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    show: false,
    autoHideMenuBar: true,
    webPreferences: webPreferences(parts),
  };
}
