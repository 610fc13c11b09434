import type { CdpSession } from './cdp-connection.ts';
import type { GatedPage } from './gated-page.ts';

/** A WebSocket that a page or worker has announced, and that has not come to the proxy yet. */
export interface AnnouncedSocket {
  readonly url: string;
  readonly page: GatedPage | undefined;
}

const WAIT_STEPS = 50;
const WAIT_STEP_MS = 20;
const announced: AnnouncedSocket[] = [];

/** Notes every WebSocket that the target opens. */
export function watchSockets(session: CdpSession, page: GatedPage | undefined): void {
  session.on('Network.webSocketCreated', ({ url }) => announced.push({ url, page }));
}

/** Takes the socket that was announced for a host; the announcement and the connection come in any order. */
export async function takeSocket(host: string): Promise<AnnouncedSocket | undefined> {
  for (let step = 0; step < WAIT_STEPS; step++) {
    const index = announced.findIndex(({ url }) => new URL(url).host === host);
    if (index !== -1) return announced.splice(index, 1)[0];
    await new Promise((resolve) => setTimeout(resolve, WAIT_STEP_MS));
  }
  return undefined;
}
