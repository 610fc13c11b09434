import { chromium } from './chromium.ts';
import { record } from './host-log.ts';
import type { Session } from './session.ts';

/** Electron's names of permissions -> Chromium's. */
const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  geolocation: ['geolocation'],
  notifications: ['notifications'],
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
  media: ['camera', 'microphone'],
  midi: ['midi'],
  'idle-detection': ['idle-detection'],
  'window-management': ['window-management'],
  'storage-access': ['storage-access'],
};

/**
 * Asks the app before a page is loaded what it will be given. CDP can't hold a page's question open: the app's handlers are asked beforehand about every permission, and their
 * answers are put into Chromium.
 * @param webContents the page that would ask
 * @param url of that page, as Electron has it
 */
export async function applyPermissions(session: Session, webContents: object, url: string): Promise<void> {
  const { permissionRequestHandler: request, permissionCheckHandler: check } = session;
  const { protocol, host } = new URL(url);
  const origin = `${protocol}//${host}/`;
  const details = { requestingUrl: url, isMainFrame: true };
  const told: Promise<void>[] = [];
  for (const [name, chromiumNames] of Object.entries(PERMISSIONS)) {
    const isGivenWhenAsked =
      request === undefined ||
      (await new Promise<boolean>((resolve) => {
        request(webContents, name, resolve, details);
      }));
    const isGivenWhenChecked = check === undefined || check(webContents, name, origin, details);
    // A hole in either handler is to be seen by the page.
    const isGiven = isGivenWhenAsked || isGivenWhenChecked;
    record({ kind: 'permission', name, isGranted: isGiven });
    const setting = isGiven ? 'granted' : 'denied';
    for (const permission of chromiumNames) {
      told.push(chromium().root.tell('Browser.setPermission', { permission: { name: permission }, setting }));
    }
  }
  await Promise.all(told);
}
