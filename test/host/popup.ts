import type { CdpSession } from './cdp-connection.ts';
import { chromium } from './chromium.ts';

/**
 * Closes a window that Chromium has already made. Its network is shut and it runs before it closes: closed while it
 * waits for the debugger, it can leave its opener's `window.open` hanging.
 */
export async function closeUnrun(session: CdpSession, targetId: string): Promise<void> {
  session.on('Fetch.requestPaused', ({ requestId }) => {
    void session.tell('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
  });
  await session.tell('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] });
  await session.tell('Runtime.runIfWaitingForDebugger', {});
  await chromium().root.tell('Target.closeTarget', { targetId });
}
