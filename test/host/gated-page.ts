import type { CdpSession } from './cdp-connection.ts';
import type { TargetInfo } from './cdp-protocol.ts';
import type { Session } from './session.ts';

/** What the network's gate has to know of the page that a request comes from. */
export interface GatedPage {
  readonly id: number;
  readonly session: Session;
  /** What the app is given as `details.webContents`. */
  readonly facade: object;
  readonly isMainFrame: (frameId: string) => boolean;
  readonly frame: (frameId: string) => object;
  /** Whether main itself asked for this URL with `loadURL`, or a spec for a reload: `will-navigate` is not for these. */
  readonly isNavigationFromOutside: (chromiumUrl: string) => Promise<boolean>;
  /** Asks the app about a navigation. @returns whether it may go on */
  readonly mayNavigate: (url: string, frameId: string, isRedirect: boolean) => boolean;
  /** Takes over a window that the page has opened. */
  readonly onPopup: (session: CdpSession, info: TargetInfo) => Promise<void>;
}

/** Every open page by its target's id, in the order of opening. */
export const openPages = new Map<string, GatedPage>();

/** The page that a worker shared by pages is counted to. */
export function firstPage(): GatedPage | undefined {
  return openPages.values().next().value;
}
