import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';

import { projectRoot } from '../../project-root.ts';

/** The demo app, for the fixture's `appFolder`. */
export const demoFolder = join(projectRoot, 'test', 'host', 'demo');

/** What the page's console says of a request that the demo's `webRequest` has cancelled. */
export const BLOCKED = /ERR_BLOCKED_BY_CLIENT|WebSocket connection|Failed to load resource/;

/** Takes the demo's policy out of the way, so that what is behind it is seen. */
export async function withoutCsp(page: Page, electronApp: ElectronApplication): Promise<void> {
  await electronApp.evaluate(({ session }) => {
    session.defaultSession.webRequest.onHeadersReceived(null);
  });
  await page.reload();
}
