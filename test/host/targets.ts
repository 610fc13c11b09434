import type { CdpConnection, CdpSession } from './cdp-connection.ts';
import type { CdpEvents } from './cdp-protocol.ts';
import { firstPage, openPages } from './gated-page.ts';
import { record } from './host-log.ts';
import { preventable } from './listed-events.ts';
import { gateWorker } from './network-gate.ts';
import { toElectron } from './schemes.ts';
import { sealed } from './sealed.ts';
import { defaultSession } from './session.ts';

/** A target's conversation, awaited by the window that made the target. */
interface Claim {
  readonly session: Promise<CdpSession>;
  readonly resolve: (session: CdpSession) => void;
}
const claims = new Map<string, Claim>();

/** The conversation with a page; the target and its attachment come in any order. */
export function claimTarget(targetId: string): Promise<CdpSession> {
  return claimOf(targetId).session;
}

function claimOf(targetId: string): Claim {
  const known = claims.get(targetId);
  if (known !== undefined) return known;
  let resolve: (session: CdpSession) => void = () => undefined;
  const session = new Promise<CdpSession>((settle) => {
    resolve = settle;
  });
  const claim = { session, resolve };
  claims.set(targetId, claim);
  return claim;
}

/** Has Chromium hold every new target until the stand-in has looked at it. */
export async function attachTargets(connection: CdpConnection): Promise<void> {
  const { root } = connection;
  root.on('Target.attachedToTarget', (params) => {
    attach(connection, params);
  });
  root.on('Browser.downloadWillBegin', (download) => {
    decideDownload(download);
    void root.tell('Browser.cancelDownload', { guid: download.guid });
  });
  await root.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [...['browser', 'browser_ui', 'tab'].map((type) => ({ type, exclude: true })), {}],
  });
  await root.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true });
}

function attach(connection: CdpConnection, params: CdpEvents['Target.attachedToTarget']): void {
  const { sessionId, targetInfo } = params;
  const session = connection.session(sessionId);
  if (session === undefined) return;
  const opener = targetInfo.openerId === undefined ? undefined : openPages.get(targetInfo.openerId);
  if (targetInfo.type !== 'page') void gateWorker(params, undefined);
  else if (opener === undefined) claimOf(targetInfo.targetId).resolve(session);
  else void opener.onPopup(session, targetInfo);
}

/** Asks the app. Whatever it says, nothing is downloaded: no spec needs a download to succeed. */
function decideDownload({ frameId, url, suggestedFilename }: CdpEvents['Browser.downloadWillBegin']): void {
  const page = openPages.get(frameId) ?? firstPage();
  let isCancelled = false;
  const item = sealed('downloadItem', {
    getURL: () => toElectron(url),
    getFilename: () => suggestedFilename,
    cancel: () => {
      isCancelled = true;
    },
  });
  const event = preventable({});
  (page?.session ?? defaultSession).emit('will-download', event, item, page?.facade);
  record({ kind: 'download', url: toElectron(url), isPrevented: event.defaultPrevented || isCancelled });
}
