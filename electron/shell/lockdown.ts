import { forceHeaders } from './headers.ts';
import { refusePermissions, type PermissionSession } from './permissions.ts';
import type { Refusals } from './refusals.ts';
import { filterRequests, type Allowance, type FilteredSession } from './request-filter.ts';
import { refuseDownloads, type DownloadingSession } from './web-contents.ts';

/** The session's name: without `persist:`, so that it lives in memory alone. */
export const PARTITION = 'recovery';

/** The session of the window that shows a secret, which shares nothing with the page's. */
export const REVEAL_PARTITION = 'reveal';

/** The session of the window that a page for people is printed from. */
export const PRINT_PARTITION = 'print';

/** What is used of a session to lock it. */
export interface LockedSession extends PermissionSession, FilteredSession, DownloadingSession {
  setSpellCheckerEnabled(enabled: boolean): void;
}

/** Puts one wall around a session. */
export type RaiseWall = (session: LockedSession, allowance: Allowance, refusals: Refusals) => void;

const permissions: RaiseWall = (session, _allowance, refusals) => {
  refusePermissions(session, refusals);
};

const headers: RaiseWall = (session) => {
  forceHeaders(session);
};

const downloads: RaiseWall = (session, _allowance, refusals) => {
  refuseDownloads(session, refusals);
};

const spelling: RaiseWall = (session) => {
  session.setSpellCheckerEnabled(false);
};

/** The walls around every session that there is: the window's own, and the default one, which shows nothing. */
export const WALLS: readonly (readonly [name: string, raise: RaiseWall])[] = [
  ['permissions refused', permissions],
  ['requests filtered', filterRequests],
  ['content security policy', headers],
  ['downloads refused', downloads],
  ['spell checker off', spelling],
];
