import type { Session } from 'electron';

import type { Refusals } from './refusals.ts';

/** Every permission that Electron knows by name. */
export type Permission = Parameters<NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>>[1];

const NO_DEVICE = 'no device is spoken to from the page';
const NO_SENSING = 'nothing is seen, heard or measured';
const NO_NETWORK = 'the page has no network';
const NO_STORAGE = 'the page keeps nothing';
const NO_SCREEN = 'the window stays as it is';

/** Why each permission is refused. A name that Electron adds does not compile until it stands here. */
export const PERMISSIONS: Readonly<Record<Permission, string>> = {
  ar: NO_SENSING,
  'automatic-fullscreen': NO_SCREEN,
  'background-fetch': NO_NETWORK,
  'background-sync': NO_NETWORK,
  'captured-surface-control': NO_SENSING,
  'clipboard-read': 'another program may have put a secret there',
  'clipboard-sanitized-write': 'what is on the clipboard is open to every program',
  'deprecated-sync-clipboard-read': 'another program may have put a secret there',
  'display-capture': 'the screen may show a secret',
  fileSystem: 'files are opened by the main process, from a dialog or a drop',
  fullscreen: 'a full screen could pass for another program',
  geolocation: NO_SENSING,
  'geolocation-approximate': NO_SENSING,
  'hand-tracking': NO_SENSING,
  hid: NO_DEVICE,
  'idle-detection': 'the main process watches for idleness',
  keyboardLock: 'the user can always leave',
  'local-fonts': 'fonts come with the app',
  'local-network': NO_NETWORK,
  'local-network-access': NO_NETWORK,
  'loopback-network': NO_NETWORK,
  media: NO_SENSING,
  mediaKeySystem: 'nothing is played',
  midi: NO_DEVICE,
  midiSysex: NO_DEVICE,
  nfc: NO_DEVICE,
  notifications: 'nothing is said outside the window',
  openExternal: 'no other program is started',
  'payment-handler': NO_NETWORK,
  'periodic-background-sync': NO_NETWORK,
  'persistent-storage': NO_STORAGE,
  pointerLock: 'the user can always leave',
  'screen-wake-lock': 'a screen left alone must lock',
  sensors: NO_SENSING,
  serial: NO_DEVICE,
  'smart-card': NO_DEVICE,
  'speaker-selection': NO_DEVICE,
  'storage-access': NO_STORAGE,
  'system-wake-lock': 'a machine left alone must sleep',
  'top-level-storage-access': NO_STORAGE,
  unknown: 'what has no name here has no reason either',
  usb: NO_DEVICE,
  vr: NO_SENSING,
  'web-app-installation': NO_STORAGE,
  'web-printing': 'paper is not wiped',
  'window-management': NO_SCREEN,
};

/** What is used of a session to refuse permissions. */
export type PermissionSession = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
>;

/** Refuses every permission, asked for or looked up, by name or without one. */
export function refusePermissions(session: PermissionSession, refusals: Refusals): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => {
    refusals.add('permission', Object.hasOwn(PERMISSIONS, permission) ? permission : 'unknown');
    callback(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => {
    refusals.add('permission', 'display-capture');
    callback(null);
  });
}
