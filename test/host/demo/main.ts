// eslint-disable-next-line no-restricted-imports -- the demo has no registrar
import { app, BrowserWindow, dialog, ipcMain, Menu, powerMonitor, protocol, session } from 'electron';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { tryCrypto } from './crypto-tries.ts';
import { PAGES } from './pages.ts';

/** A tiny app with the locks of the real one, on which the stand-in's own spec runs. */

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' app:; worker-src 'self'; base-uri 'none'";
const OWN = 'app://bundle/';
let window: BrowserWindow | undefined;

function lockDown(): void {
  const { webRequest } = session.defaultSession;
  webRequest.onBeforeRequest(({ url }, callback) => {
    callback({ cancel: !/^(app:\/\/(bundle|other)\/|blob:app:\/\/bundle\/|data:)/.test(url) });
  });
  webRequest.onHeadersReceived(({ responseHeaders }, callback) => {
    callback({ responseHeaders: { ...responseHeaders, 'Content-Security-Policy': [CSP] } });
  });
  session.defaultSession.setPermissionRequestHandler((_webContents, _permission, callback) => {
    callback(false);
  });
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.on('will-download', (event) => {
    event.preventDefault();
  });
  session.defaultSession.enableNetworkEmulation({ offline: true });
  app.on('web-contents-created', (_event, webContents) => {
    webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
    webContents.on('will-navigate', (event) => {
      event.preventDefault();
    });
    webContents.on('before-input-event', (event, { key }) => {
      if (key === 'q') event.preventDefault();
    });
  });
}

function serve({ url, headers }: Request): Response {
  const { pathname } = new URL(url);
  const [type, text] = PAGES[pathname] ?? [];
  if (type === undefined || text === undefined) return new Response('not found', { status: 404 });
  const range = /^bytes=(\d+)-(\d+)$/.exec(headers.get('range') ?? '');
  if (range === null) return new Response(text, { headers: { 'content-type': type } });
  const part = text.slice(Number(range[1]), Number(range[2]) + 1);
  return new Response(part, { status: 206, headers: { 'content-type': type } });
}

function handleMessages(): void {
  const handle = (channel: string, work: (...args: unknown[]) => unknown): void => {
    ipcMain.handle(channel, (event, ...args: unknown[]) => {
      const { senderFrame } = event;
      if (senderFrame?.parent !== null || !senderFrame.url.startsWith(OWN)) throw new Error('not for you');
      return work(...args);
    });
  };
  const sizeOf = async (path: string): Promise<object> => ({ path, size: (await stat(path)).size });
  handle('demo.ping', (bytes) => ({ echo: (bytes as Uint8Array).slice().reverse(), at: new Date(0) }));
  handle('demo.fail', () => {
    throw new RangeError('boom');
  });
  handle('demo.sizes', (paths) => Promise.all((paths as string[]).map(sizeOf)));
  handle('demo.crypto', tryCrypto);
  handle('demo.open', async () => {
    const { filePaths } = await dialog.showOpenDialog({ properties: ['openFile'] });
    return Promise.all(filePaths.map(sizeOf));
  });
}

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
app.on('window-all-closed', () => {
  app.quit();
});
void app.whenReady().then(async () => {
  lockDown();
  Menu.setApplicationMenu(null);
  protocol.handle('app', serve);
  handleMessages();
  window = new BrowserWindow({
    show: false,
    webPreferences: { preload: join(__dirname, 'preload.cjs'), sandbox: true, contextIsolation: true },
  });
  powerMonitor.on('suspend', () => window?.webContents.send('demo.power', 'suspend'));
  window.once('ready-to-show', () => window?.show());
  await window.loadURL(`${OWN}index.html`);
});
