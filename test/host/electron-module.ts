import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { clipboard } from './clipboard.ts';
import { dialog } from './dialog.ts';
import { openPages } from './gated-page.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu } from './menu.ts';
import { nativeTheme } from './native-theme.ts';
import { powerMonitor } from './power-monitor.ts';
import { sealed } from './sealed.ts';
import { defaultSession, fromPartition } from './session.ts';
import { utilityProcess } from './utility-process.ts';

/** What `require('electron')` gives the app: what it calls, and a refusal of everything else. */
export const electronModule: object = sealed('electron', {
  app,
  BrowserWindow,
  clipboard,
  // Nothing of these may be called at all; each call is refused by its own name.
  crashReporter: sealed('crashReporter', {}),
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  net: sealed('net', {}),
  powerMonitor,
  protocol: defaultSession.protocol,
  session: sealed('session', { defaultSession, fromPartition }),
  shell: sealed('shell', {}),
  utilityProcess,
  // Playwright closes a page by it.
  webContents: sealed('webContents', {
    fromDevToolsTargetId: (targetId: string): object | undefined => openPages.get(targetId)?.facade,
  }),
});
