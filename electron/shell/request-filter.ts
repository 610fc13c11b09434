import type { Session } from 'electron';

import { schemeOf, type Refusals } from './refusals.ts';
import { isOwnUrl, type PageHost } from './scheme.ts';

/** What is used of a session to filter requests and answers. */
export interface FilteredSession {
  readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest' | 'onHeadersReceived'>;
}

/** What a window's session may ask for. */
export interface Allowance {
  /** The one page of the app's own that may be asked for; null for the default session, which shows none. */
  readonly ownPage: PageHost | null;
  /** Whether the developer tools may load their own pages. */
  readonly devTools: boolean;
}

/**
 * Whether a request may go on.
 * @param url asked for
 */
export function mayRequest(url: string, allowance: Allowance): boolean {
  const { ownPage } = allowance;
  if (ownPage !== null && isOwnUrl(url, ownPage)) return true;
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
