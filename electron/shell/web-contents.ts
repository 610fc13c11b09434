import type { DownloadItem, Event, Input, WebContents } from 'electron';

import { schemeOf, type Refusals } from './refusals.ts';

/** Keys that open developer tools, load the page again, print or save it. */
export function isForbiddenKey(input: Pick<Input, 'key' | 'control' | 'meta' | 'shift' | 'alt'>): boolean {
  const key = input.key.toLowerCase();
  if (key === 'f12' || key === 'f5') return true;
  const command = input.control || input.meta;
  if (!command) return false;
  if ((input.shift || input.alt) && ['i', 'j', 'c', 'k'].includes(key)) return true;
  return ['r', 'p', 's', 'u', 'o'].includes(key);
}

/**
 * Refuses what could take a page elsewhere: new windows, navigation, redirects, webviews. Loading the page itself is
 * none of these: Electron does not report what the main process asks for.
 * @param contents of any window
 */
export function refuseLeaving(contents: WebContents, refusals: Refusals): void {
  contents.setWindowOpenHandler(({ url }) => {
    refusals.add('window', schemeOf(url));
    return { action: 'deny' };
  });
  contents.on('will-frame-navigate', (event) => {
    refusals.add('navigation', schemeOf(event.url));
    event.preventDefault();
  });
  contents.on('will-navigate', (event) => {
    event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    refusals.add('navigation', schemeOf(event.url));
    event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    refusals.add('webview', 'webview');
    event.preventDefault();
  });
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** Refuses developer tools by key and by call, and the keys that reload, print or save. */
export function refuseDevTools(contents: WebContents): void {
  contents.on('before-input-event', (event, input) => {
    if (isForbiddenKey(input)) event.preventDefault();
  });
  contents.on('devtools-opened', () => {
    contents.closeDevTools();
  });
}

/** What is used of a session to refuse downloads. */
export interface DownloadingSession {
  on(event: 'will-download', listener: (event: Event, item: DownloadItem) => void): unknown;
}

/** Refuses every download: files are written by the main process alone. */
export function refuseDownloads(session: DownloadingSession, refusals: Refusals): void {
  session.on('will-download', (event, item) => {
    refusals.add('download', schemeOf(item.getURL()));
    event.preventDefault();
  });
}
