import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from '@playwright/test';

import { hostName, test } from './fixture.ts';
import { begin, passGuards, press, rebuild, seemToHave, SLOW_MS, unlock, verifyGood } from './path.ts';
import { makeKey, makeSandboxWallet, put, putBucket } from './sandbox-kits.ts';

/** The locks of the window that shows a secret, seen from inside of the running app. */

test.describe.configure({ timeout: 120_000 });

/** What Electron has and its types don't. */
interface WithPreferences {
  readonly getLastWebPreferences: () => Readonly<Record<string, unknown>>;
}

test('the window that shows a secret has locks of its own', async ({
  page,
  electronApp,
  folder,
  dropFiles,
  stubDialog,
  hostLog,
}) => {
  const key = makeKey();
  const wallet = makeSandboxWallet(key, 'SECP256K1');
  await seemToHave(electronApp, []);
  await begin(page, 'live');
  await dropFiles(page.getByRole('main'), putBucket(join(folder, 'user'), [wallet]));
  await verifyGood(page, wallet.keyId);
  const keyFile = put(join(folder, 'user', 'key'), 'recovery.der', key.privateDer);
  await stubDialog('showOpenDialog', { canceled: false, filePaths: [keyFile] });
  await unlock(page);
  await rebuild(page);
  await passGuards(page, wallet.address);
  await press(page, 'Use this format');
  mkdirSync(join(folder, 'user', 'usb'), { recursive: true });
  await stubDialog('showSaveDialog', { canceled: false, filePath: join(folder, 'user', 'usb', 'key.pke1') });
  await press(page, 'Choose where to');
  const [window] = await Promise.all([
    electronApp.waitForEvent('window'),
    press(page, 'Make a phrase for me'),
  ]);
  await expect(window.locator('.words li')).toHaveCount(7, { timeout: SLOW_MS });

  const seen = await electronApp.evaluate(({ BrowserWindow, session }) => {
    const [newest] = BrowserWindow.getAllWindows().toSorted((a, b) => b.webContents.id - a.webContents.id);
    const contents = newest!.webContents;
    const preferences = (contents as unknown as WithPreferences).getLastWebPreferences();
    const plain = Object.entries(preferences).filter(([, value]) => typeof value !== 'object');
    return {
      preferences: Object.fromEntries(plain),
      own:
        contents.session === session.fromPartition('reveal') &&
        contents.session !== session.fromPartition('recovery') &&
        contents.session !== session.defaultSession,
    };
  });
  expect(seen.own).toBe(true);
  expect(seen.preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    disableDialogs: true,
  });
  expect(await window.evaluate(`[typeof window.reveal, typeof window.recovery, typeof require]`)).toEqual([
    'function',
    'undefined',
    'undefined',
  ]);
  if (hostName === 'stand-in') {
    const calls = hostLog()
      .of('call')
      .map(({ name, args }) => `${name} ${JSON.stringify(args)}`);
    const countOf = (call: string): number => calls.filter((each) => each === call).length;
    expect(countOf('BrowserWindow.setContentProtection [true]'), 'windows kept from screenshots').toBe(2);
    expect(countOf('session.setSpellCheckerEnabled [false]'), 'sessions with walls').toBe(4);
  }

  const closed = window.waitForEvent('close');
  await electronApp.evaluate(({ BrowserWindow }) => {
    const [newest] = BrowserWindow.getAllWindows().toSorted((a, b) => b.webContents.id - a.webContents.id);
    newest?.emit('blur');
  });
  await closed;
  expect(electronApp.windows()).toHaveLength(1);
});
