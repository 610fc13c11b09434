import { expect, type ElectronApplication, type Page } from '@playwright/test';

import { BLOCKED, demoFolder, withoutCsp } from '../host/demo/demo-app.ts';
import { hostName, test } from './fixture.ts';

test.use({ appFolder: demoFolder });

// Each says that it will fail once everything else in it is done: only what comes after can make it fail.
test.describe('a spec fails where the app', () => {
  test.skip(hostName !== 'stand-in', 'Electron itself keeps no log');

  test('lets a request out', async ({ page, electronApp, hostLog }) => {
    await withoutLocks(page, electronApp);
    const text = await page.evaluate(`fetch('https://example.com/leak').then((r) => r.text())`);
    expect(text).toBe('the internet, as the stand-in plays it');
    expect(hostLog().of('leak')).toMatchObject([{ url: 'https://example.com/leak' }]);
    test.fail();
  });

  test('lets a WebSocket out', async ({ page, electronApp, hostLog, expectConsoleErrors }) => {
    expectConsoleErrors(BLOCKED);
    await withoutLocks(page, electronApp);
    await page.evaluate(
      `new Promise((resolve) => { new WebSocket('wss://example.com/leak').onerror = () => resolve(); })`,
    );
    expect(hostLog().of('leak')).toMatchObject([{ url: 'wss://example.com/leak' }]);
    test.fail();
  });

  test('calls what nobody may call, and catches it', async ({ page, electronApp, hostLog }) => {
    expect(page.isClosed()).toBe(false);
    const message = await electronApp.evaluate(({ shell }) => {
      try {
        void shell.openExternal('https://example.com/');
        return '';
      } catch (error) {
        return String(error);
      }
    });
    expect(message).toBe('Error: unsupported: shell.openExternal');
    expect(hostLog().of('unsupported')).toEqual([{ kind: 'unsupported', name: 'shell.openExternal' }]);
    test.fail();
  });

  for (const [what, code, name] of [
    ['an unknown event', "app.on('browser-window-focus', () => {})", "app.on('browser-window-focus')"],
    [
      'a weak window',
      'new BrowserWindow({ webPreferences: { sandbox: false } })',
      'webPreferences.sandbox = false',
    ],
    ['an unknown option', 'new BrowserWindow({ kiosk: true })', 'new BrowserWindow({ kiosk })'],
    ['an unknown module', 'electron.screen', 'electron.screen'],
    ['a dialog nobody answers', 'dialog.showOpenDialog({})', 'dialog.showOpenDialog that no spec answers'],
  ] as const) {
    test(`asks for ${what}`, async ({ page, electronApp, hostLog }) => {
      expect(page.isClosed()).toBe(false);
      await electronApp.evaluate((electron, body) => {
        const { app, BrowserWindow, dialog } = electron;
        // eslint-disable-next-line @typescript-eslint/no-implied-eval -- a row of the table
        const run = new Function('electron', 'app', 'BrowserWindow', 'dialog', body) as (
          ...args: unknown[]
        ) => void;
        try {
          run(electron, app, BrowserWindow, dialog);
        } catch {
          // The log has it all the same.
        }
      }, code);
      expect(hostLog().of('unsupported')).toEqual([{ kind: 'unsupported', name }]);
      test.fail();
    });
  }

  test('calls from the preload what nobody may call', async ({ page, hostLog }) => {
    expect(
      await page.evaluate('(() => { try { demo.sendSync(); } catch (e) { return e.message; } })()'),
    ).toBe('unsupported: ipcRenderer.sendSync');
    await expect.poll(() => hostLog().of('unsupported')).toHaveLength(1);
    test.fail();
  });

  test('lets a rejection go unhandled', async ({ page, electronApp, hostLog }) => {
    expect(page.isClosed()).toBe(false);
    await electronApp.evaluate(() => {
      void Promise.reject(new Error('nobody handles it'));
    });
    await expect.poll(() => hostLog().of('fault')).toHaveLength(1);
    test.fail();
  });

  test('throws in the page', async ({ page }) => {
    const thrown = page.waitForEvent('pageerror');
    await page.evaluate(`void setTimeout(() => { throw new Error('nobody catches it'); })`);
    await thrown;
    test.fail();
  });

  test('prints an error in the page', async ({ page }) => {
    await page.evaluate(`console.error('something is wrong')`);
    test.fail();
  });
});

/** Takes policy and `webRequest` out of the way. */
async function withoutLocks(page: Page, electronApp: ElectronApplication): Promise<void> {
  await withoutCsp(page, electronApp);
  await electronApp.evaluate(({ session }) => {
    session.defaultSession.webRequest.onBeforeRequest(null);
  });
}
