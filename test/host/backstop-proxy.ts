import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

import { record } from './host-log.ts';
import { nextRequestId } from './request-id.ts';
import { defaultSession } from './session.ts';
import { takeSocket } from './socket-watch.ts';

/**
 * Chromium's proxy, behind everything that CDP can't hold (WebSockets, above all). It lets nothing out. What a page
 * announced is asked of the app's `webRequest`; the rest is Chromium's own, of which Electron has none.
 * @returns its port
 */
export async function startBackstopProxy(): Promise<number> {
  const server = createServer((request, response) => {
    void judge(request.url ?? '').then(() => {
      response.writeHead(403).end();
    });
  });
  const refuse = (url: string, socket: Duplex): void => {
    socket.on('error', () => undefined);
    void judge(url).then(() => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
  };
  server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    refuse(`wss://${(request.url ?? '').replace(/:443$/, '')}/`, socket);
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    refuse((request.url ?? '').replace(/^http/, 'ws'), socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return (server.address() as AddressInfo).port;
}

async function judge(requestedUrl: string): Promise<void> {
  const socket = URL.canParse(requestedUrl) ? await takeSocket(new URL(requestedUrl).host) : undefined;
  if (socket === undefined) {
    record({ kind: 'background', url: requestedUrl });
    return;
  }
  const { url, page } = socket;
  const verdict = await (page?.session ?? defaultSession).webRequest.beforeRequest.ask({
    id: nextRequestId(),
    url,
    method: 'GET',
    resourceType: 'webSocket',
    referrer: '',
    timestamp: Date.now(),
    ...(page === undefined ? {} : { webContentsId: page.id, webContents: page.facade }),
  });
  if (verdict?.cancel === true) record({ kind: 'blocked', url, by: 'webRequest', via: 'proxy' });
  else record({ kind: 'leak', url, via: 'proxy' });
}
