import { chromium } from './chromium.ts';
import type { CdpSession } from './cdp-connection.ts';
import type { CdpEvents, HeaderEntry, PausedRequest } from './cdp-protocol.ts';
import { firstPage, type GatedPage } from './gated-page.ts';
import { record, recordFault } from './host-log.ts';
import { nextRequestId } from './request-id.ts';
import { toChromium, toChromiumCsp, toElectron } from './schemes.ts';
import { defaultSession, type Session } from './session.ts';
import { watchSockets } from './socket-watch.ts';
import type { RequestDetails } from './web-request.ts';

/** CDP's names of what a request is for -> Electron's. */
const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  Stylesheet: 'stylesheet',
  Image: 'image',
  Media: 'media',
  Font: 'font',
  Script: 'script',
  XHR: 'xhr',
  Fetch: 'xhr',
  EventSource: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
};

/** What CDP says of a request whose page has moved on meanwhile: nothing is wrong. */
const REQUEST_IS_GONE = /Invalid InterceptionId|Session with given id not found|Chromium is gone/;

/** A held request and where it comes from. */
interface Held {
  readonly cdp: CdpSession;
  readonly page: GatedPage | undefined;
  readonly session: Session;
  readonly paused: PausedRequest;
  readonly url: string;
  readonly via: string;
}

/**
 * Holds every request of a target, and of the workers it starts, until the app's own handlers have spoken.
 * @param via what kind of target: `page`, `worker` and so on
 */
export async function gateNetwork(cdp: CdpSession, page: GatedPage | undefined, via: string): Promise<void> {
  cdp.on('Fetch.requestPaused', (paused) => {
    decide(cdp, page, paused, via).catch((error: unknown) => {
      if (REQUEST_IS_GONE.test(String(error))) return;
      recordFault(`request of ${paused.request.url}`, error);
      void cdp.tell('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Failed' });
    });
  });
  watchSockets(cdp, page);
  cdp.on('Target.attachedToTarget', (params) => void gateWorker(params, page));
  // Sent in order and not awaited one by one: a paused service worker answers Fetch.enable after it was resumed.
  const sent = [
    cdp.tell('Network.enable', {}),
    cdp.tell('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] }),
    cdp.tell('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
  ];
  if (via !== 'page') sent.push(cdp.tell('Runtime.runIfWaitingForDebugger', {}));
  await Promise.all(sent);
}

/** Gates a worker that was attached, or a frame in a process of its own. */
export async function gateWorker(
  { sessionId, targetInfo }: CdpEvents['Target.attachedToTarget'],
  page: GatedPage | undefined,
): Promise<void> {
  const cdp = chromium().session(sessionId);
  if (cdp !== undefined) await gateNetwork(cdp, page ?? firstPage(), targetInfo.type);
}

async function decide(
  cdp: CdpSession,
  page: GatedPage | undefined,
  paused: PausedRequest,
  via: string,
): Promise<void> {
  const { requestId, request } = paused;
  const url = toElectron(request.url);
  const fail = (errorReason: string) => cdp.send('Fetch.failRequest', { requestId, errorReason });
  // Chromium's own icon for the tab; Electron has no such request.
  if (paused.resourceType === 'Other' && url.endsWith('/favicon.ico')) {
    await fail('Aborted');
    return;
  }
  const held: Held = { cdp, page, session: page?.session ?? defaultSession, paused, url, via };
  if (!(await mayNavigate(held))) {
    record({ kind: 'blocked', url, by: 'will-navigate', via });
    await fail('Aborted');
    return;
  }
  const details = detailsOf(held);
  record({ kind: 'request', url, type: details.resourceType, via });
  const verdict = await held.session.webRequest.beforeRequest.ask(details);
  if (verdict?.cancel === true) {
    record({ kind: 'blocked', url, by: 'webRequest', via });
    await fail('BlockedByClient');
  } else if (verdict?.redirectURL !== undefined) {
    await redirect(held, verdict.redirectURL);
  } else {
    await answer(held, details);
  }
}

/** Asks `will-navigate` and its kin, of a document that main did not ask for itself. */
async function mayNavigate({ page, paused, url, via }: Held): Promise<boolean> {
  if (paused.resourceType !== 'Document' || page === undefined || via === 'worker') return true;
  const isRedirect = paused.redirectedRequestId !== undefined;
  if (page.isMainFrame(paused.frameId) && !isRedirect) {
    if (await page.isNavigationFromOutside(paused.request.url)) return true;
  }
  return page.mayNavigate(url, paused.frameId, isRedirect);
}

function detailsOf({ page, paused, url }: Held): RequestDetails {
  const { request, resourceType, frameId } = paused;
  const isDocument = resourceType === 'Document';
  const isMainFrame = isDocument && page?.isMainFrame(frameId) === true;
  return {
    id: nextRequestId(),
    url,
    method: request.method,
    resourceType: isMainFrame
      ? 'mainFrame'
      : isDocument
        ? 'subFrame'
        : (RESOURCE_TYPES[resourceType] ?? 'other'),
    referrer: toElectron(request.headers['Referer'] ?? ''),
    timestamp: Date.now(),
    ...(page === undefined
      ? {}
      : { webContentsId: page.id, webContents: page.facade, frame: page.frame(frameId) }),
  };
}

async function redirect({ cdp, paused }: Held, url: string): Promise<void> {
  await cdp.send('Fetch.fulfillRequest', {
    requestId: paused.requestId,
    responseCode: 307,
    responseHeaders: [
      { name: 'location', value: toChromium(url) },
      { name: 'access-control-allow-origin', value: '*' },
    ],
  });
}

/** Answers with what the app's protocol handler says; what the app let out, in the internet's stead. */
async function answer(held: Held, details: RequestDetails): Promise<void> {
  const { cdp, session, paused, url, via } = held;
  const scheme = new URL(url).protocol.slice(0, -1);
  const handler = session.protocol.handlerOf(scheme);
  let response: Response;
  if (handler !== undefined) {
    response = await handler(await requestFor(held));
  } else if (scheme === 'http' || scheme === 'https') {
    record({ kind: 'leak', url, via });
    response = new Response('the internet, as the stand-in plays it', {
      headers: { 'content-type': 'text/plain', 'access-control-allow-origin': '*' },
    });
  } else {
    // data:, blob: and about: never leave the browser.
    await cdp.send('Fetch.continueRequest', { requestId: paused.requestId });
    return;
  }
  if (response.type === 'error') {
    await cdp.send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Failed' });
    return;
  }
  const sent: Record<string, string[]> = {};
  for (const [name, value] of response.headers) (sent[name] ??= []).push(value);
  const verdict = await session.webRequest.headersReceived.ask({
    ...details,
    statusCode: response.status,
    statusLine: `HTTP/1.1 ${response.status}`,
    responseHeaders: sent,
  });
  if (verdict?.cancel === true) {
    record({ kind: 'blocked', url, by: 'webRequest.onHeadersReceived', via });
    await cdp.send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'BlockedByResponse' });
    return;
  }
  await cdp.send('Fetch.fulfillRequest', {
    requestId: paused.requestId,
    responseCode: response.status,
    responseHeaders: headersFor(verdict?.responseHeaders ?? sent),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  });
}

/** The request as the app's protocol handler gets it. */
async function requestFor({ cdp, paused, url }: Held): Promise<Request> {
  const { method, hasPostData = false, postData = '' } = paused.request;
  const headers = Object.entries(paused.request.headers).map(([name, value]): [string, string] =>
    /^(origin|referer)$/i.test(name) ? [name, toElectron(`${value}/`).replace(/\/$/, '')] : [name, value],
  );
  if (!hasPostData || method === 'GET' || method === 'HEAD') return new Request(url, { method, headers });
  const body = await cdp.send('Fetch.getRequestPostData', { requestId: paused.requestId }).then(
    (got) => Buffer.from(got.postData, 'base64'),
    () => Buffer.from(postData),
  );
  return new Request(url, { method, headers, body });
}

function headersFor(headers: Readonly<Record<string, string | string[]>>): HeaderEntry[] {
  return Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value) => ({
      name,
      value: /^content-security-policy/i.test(name) ? toChromiumCsp(value) : value,
    })),
  );
}
