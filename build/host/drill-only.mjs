import { createRequire } from 'node:module';
import { clearInterval, setInterval } from 'node:timers';

/**
 * Loaded into the stand-in before the app, by `npm run app:host`: what it runs on is Chromium without Electron's
 * sandbox, so it is for rehearsals. Says so on every screen, and refuses a live recovery before the app hears of it.
 */

const BANNER_POLL_MS = 300;
const SAYS =
  'Drills only: this is not Electron but its stand-in for tests, without its sandbox. Never use a real key here.';

/** Runs in the page, again and again; styles by the DOM, since the page's policy forbids others. */
const PUT_BANNER = `(() => {
  const id = 'stand-in-banner';
  if (document.body === null || document.getElementById(id) !== null) return;
  const banner = document.createElement('div');
  banner.id = id;
  banner.setAttribute('role', 'note');
  banner.textContent = ${JSON.stringify(SAYS)};
  Object.assign(banner.style, {
    position: 'fixed', inset: 'auto auto 74px 18px', zIndex: '10', maxWidth: '176px', padding: '8px 10px',
    background: '#ffd400', color: '#000', font: '600 12px/1.35 sans-serif', pointerEvents: 'none',
  });
  document.body.append(banner);
})()`;

/**
 * @typedef {(event: unknown, request: unknown) => unknown} Handler
 * @typedef {{ executeJavaScript: (code: string) => Promise<unknown>, isDestroyed: () => boolean }} Contents
 * @typedef {object} StandIn
 * @property {{ on: (name: string, listener: (event: unknown, contents: Contents) => void) => void }} app
 * @property {{ handle: (channel: string, handler: Handler) => void }} ipcMain
 * @property {{ showOpenDialog: () => Promise<{ canceled: boolean, filePaths: string[] }> }} dialog
 */
const { app, ipcMain, dialog } = /** @type {StandIn} */ (createRequire(import.meta.url)('electron'));

const handle = ipcMain.handle.bind(ipcMain);
/** @type {typeof ipcMain.handle} */
const handleDrills = (channel, handler) => {
  handle(channel, (event, request) =>
    channel === 'mode.choose' && !isDrill(request) ? refusal() : handler(event, request),
  );
};
ipcMain.handle = handleDrills;

dialog.showOpenDialog = () => {
  process.stderr.write('The stand-in has no dialogs: drop the files on the window instead.\n');
  return Promise.resolve({ canceled: true, filePaths: [] });
};

app.on('web-contents-created', (_event, contents) => {
  const timer = setInterval(() => {
    if (contents.isDestroyed()) clearInterval(timer);
    else contents.executeJavaScript(PUT_BANNER).catch(() => undefined);
  }, BANNER_POLL_MS);
  timer.unref();
});

/** @param {unknown} request */
function isDrill(request) {
  return typeof request === 'object' && request !== null && Reflect.get(request, 'mode') === 'drill';
}

function refusal() {
  const details = { what: 'live recovery', reason: 'the stand-in is for drills only' };
  return { ok: false, fault: { code: 'usage.invalid', details } };
}
