import type { Session } from 'electron';

import { schemeOf, type Refusals } from './refusals.ts';
import { isOwnUrl } from './scheme.ts';

/** What is used of a session to filter requests and answers. */
export interface FilteredSession {
  readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest' | 'onHeadersReceived'>;
}

/** What a window's session may ask for. */
export interface Allowance {
  /** Whether the app's own pages may be asked for; the default session, which shows none, may not even that. */
  readonly ownPages: boolean;
  /** Whether the developer tools may load their own pages. */
  readonly devTools: boolean;
}

/**
 * Whether a request may go on.
 * @param url asked for
 */
export function mayRequest(url: string, allowance: Allowance): boolean {
  if (isOwnUrl(url)) return allowance.ownPages;
  return allowance.devTools && url.startsWith('devtools:');
}

/** Cancels and counts every request that is not of this app. */
export function filterRequests(session: FilteredSession, allowance: Allowance, refusals: Refusals): void {
  session.webRequest.onBeforeRequest(({ url }, callback) => {
    const cancel = !mayRequest(url, allowance);
    if (cancel) refusals.add('request', schemeOf(url));
    callback({ cancel });
  });
}
