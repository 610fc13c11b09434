import { recordCall } from './host-log.ts';
import { ListedEvents } from './listed-events.ts';
import { Protocol } from './protocol.ts';
import { sealed, unsupported } from './sealed.ts';
import { WebRequest } from './web-request.ts';

/** Decides on a permission that a page asks for. */
export type PermissionRequestHandler = (
  webContents: object | null,
  permission: string,
  callback: (isGranted: boolean) => void,
  details: object,
) => void;

/** Decides on a permission that a page looks at. */
export type PermissionCheckHandler = (
  webContents: object | null,
  permission: string,
  requestingOrigin: string,
  details: object,
) => boolean;

/** `session`: what windows share. */
export class Session extends ListedEvents {
  readonly webRequest: WebRequest = sealed('webRequest', new WebRequest());
  readonly protocol: Protocol = sealed('protocol', new Protocol());
  permissionRequestHandler: PermissionRequestHandler | undefined = undefined;
  permissionCheckHandler: PermissionCheckHandler | undefined = undefined;
  /** Called when either of the two changes. */
  readonly permissionListeners = new Set<() => void>();

  constructor() {
    super('session', ['will-download']);
  }

  setPermissionRequestHandler(handler: PermissionRequestHandler | null): void {
    this.permissionRequestHandler = handler ?? undefined;
    for (const listener of this.permissionListeners) listener();
  }

  setPermissionCheckHandler(handler: PermissionCheckHandler | null): void {
    this.permissionCheckHandler = handler ?? undefined;
    for (const listener of this.permissionListeners) listener();
  }

  // Headless Chromium offers a page no device and no screen: that the app set a handler is all there is to see.
  setDevicePermissionHandler(handler: unknown): void {
    recordCall('session.setDevicePermissionHandler', typeof handler);
  }

  setDisplayMediaRequestHandler(handler: unknown): void {
    recordCall('session.setDisplayMediaRequestHandler', typeof handler);
  }

  setSpellCheckerEnabled(isEnabled: boolean): void {
    recordCall('session.setSpellCheckerEnabled', isEnabled);
  }

  enableNetworkEmulation(options: { readonly offline?: boolean }): void {
    if (options.offline !== true) unsupported('session.enableNetworkEmulation that is not offline');
    // Not done: each wall has to hold alone, and behind this one nobody would see a hole in `webRequest`.
    recordCall('session.enableNetworkEmulation', options);
  }

  setProxy(config: object): Promise<void> {
    recordCall('session.setProxy', config);
    return Promise.resolve();
  }

  clearStorageData(options?: object): Promise<void> {
    recordCall('session.clearStorageData', options);
    return Promise.resolve();
  }

  clearCache(): Promise<void> {
    recordCall('session.clearCache');
    return Promise.resolve();
  }

  closeAllConnections(): Promise<void> {
    recordCall('session.closeAllConnections');
    return Promise.resolve();
  }
}

/** The session of windows that name no other. */
export const defaultSession: Session = sealed('session', new Session());
const partitions = new Map<string, Session>();

/** The session of a partition, made when it is asked for first. */
export function fromPartition(partition: string): Session {
  const session = partition === '' ? defaultSession : partitions.get(partition);
  if (session !== undefined) return session;
  const made = sealed('session', new Session());
  partitions.set(partition, made);
  return made;
}
