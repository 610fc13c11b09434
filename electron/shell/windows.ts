import { BrowserWindow, session as sessions } from 'electron';
import { join } from 'node:path';

import { PARTITION, PRINT_PARTITION, REVEAL_PARTITION } from './lockdown.ts';
import type { PrintFrame } from './printer.ts';
import type { RevealFrame } from './reveal-window.ts';
import { pageUrl } from './scheme.ts';
import { printWindowOptions, revealWindowOptions, windowOptions } from './window-options.ts';

/** What a window with a preload is made from. */
export interface WindowSource {
  /** Path of the folder that holds the bundles. */
  readonly folder: string;
  /** Whether this is the app as it ships. */
  readonly packaged: boolean;
}

/** Makes the app's own window, which loads nothing yet; the system is asked not to capture it. */
export function makeAppWindow({ folder, packaged }: WindowSource): BrowserWindow {
  const session = sessions.fromPartition(PARTITION);
  const window = new BrowserWindow(
    windowOptions({ session, preload: join(folder, 'preload.cjs'), packaged }),
  );
  protectAndShow(window);
  return window;
}

/** The window that shows a secret: the system is asked not to capture it before it has anything to show. */
export function openRevealFrame(
  { folder, packaged }: WindowSource,
  parent: BrowserWindow | undefined,
  lost: () => void,
): RevealFrame {
  const session = sessions.fromPartition(REVEAL_PARTITION);
  const window = new BrowserWindow({
    ...revealWindowOptions({ session, preload: join(folder, 'reveal-preload.cjs'), packaged }),
    ...(parent === undefined ? {} : { parent }),
  });
  protectAndShow(window);
  window.on('blur', lost);
  window.once('closed', lost);
  window.webContents.on('will-navigate', lost);
  void window.loadURL(pageUrl('reveal')).catch(lost);
  return { contents: window.webContents, destroy: destroying(window) };
}

/** The window that a page is printed from: never shown, without preload. */
export function openPrintFrame(): PrintFrame {
  const window = new BrowserWindow(printWindowOptions(sessions.fromPartition(PRINT_PARTITION)));
  return {
    load: (url) => window.loadURL(url),
    print: () => window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true }),
    destroy: destroying(window),
  };
}

function protectAndShow(window: BrowserWindow): void {
  window.setContentProtection(true);
  window.once('ready-to-show', () => {
    window.show();
  });
}

function destroying(window: BrowserWindow): () => void {
  return () => {
    if (!window.isDestroyed()) window.destroy();
  };
}
