import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { _electron, expect, test } from '@playwright/test';

import { projectRoot } from '../project-root.ts';
import { whatIsMissing } from '../host/which-host.ts';
import { hostName } from './fixture.ts';
import { begin, press, seeScreen, TITLES } from './path.ts';

/** `npm run app:host`, but for the window, which a build machine has no place for. */

test('the app on the stand-in is for drills only, and says so on every screen', async () => {
  test.skip(hostName !== 'stand-in', 'of the stand-in');
  test.skip(whatIsMissing() !== undefined, whatIsMissing() ?? '');
  test.setTimeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'breakglass-app-host-'));
  const app = await _electron.launch({
    args: [
      ...['-r', join(projectRoot, 'build', 'host', 'drill-only.mjs')],
      ...[`--user-data-dir=${folder}`, projectRoot],
    ],
  });
  try {
    const page = await app.firstWindow();
    await seeScreen(page, TITLES.prepare);
    const banner = page.getByText('Drills only: this is not Electron');
    await expect(banner).toBeVisible();
    await page.getByRole('radio', { name: /^Live recovery/ }).check();
    await press(page, 'Start live recovery');
    await expect(page.getByText('the stand-in is for drills only')).toBeVisible();
    await begin(page, 'drill');
    await expect(banner).toBeVisible();
    await page.screenshot({ path: join(projectRoot, 'dist', 'test-results', 'app-host.png') });
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
