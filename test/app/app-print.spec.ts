import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from '@playwright/test';

import { fullRecorder } from '../fixtures/records.ts';
import { hostName, test } from './fixture.ts';
import { press, seeScreen } from './path.ts';
import { put } from './sandbox-kits.ts';

/** The locks of the window that prints, which is never shown, seen from inside of the running app. */

test.describe.configure({ timeout: 120_000 });

/** What Electron has and its types don't. */
interface WithPreferences {
  readonly getLastWebPreferences: () => Readonly<Record<string, unknown>>;
}

/** What the app's main process notes of the window, on its global object: it is gone before anyone could ask. */
interface Noted {
  printing?: {
    readonly own: boolean;
    readonly visible: boolean | undefined;
    readonly url: string;
    readonly preferences: Readonly<Record<string, unknown>>;
  };
}

test('the window that prints has locks of its own', async ({
  page,
  electronApp,
  folder,
  stubDialog,
  hostLog,
}) => {
  await electronApp.evaluate(({ app, BrowserWindow, session }) => {
    app.on('web-contents-created', (_event, contents) => {
      const printToPDF = contents.printToPDF.bind(contents);
      contents.printToPDF = (options) => {
        const preferences = Object.entries(
          (contents as unknown as WithPreferences).getLastWebPreferences(),
        ).filter(([, value]) => typeof value !== 'object');
        (globalThis as Noted).printing = {
          own: contents.session === session.fromPartition('print'),
          visible: BrowserWindow.fromWebContents(contents)?.isVisible(),
          url: contents.getURL(),
          preferences: Object.fromEntries(preferences),
        };
        return printToPDF(options);
      };
    });
  });
  const record = put(folder, 'record.json', fullRecorder('drill').file());
  await press(page, 'Check a record');
  await seeScreen(page, 'Check a record');
  await stubDialog('showOpenDialog', { canceled: false, filePaths: [record] });
  await press(page, 'Choose the record');
  await seeScreen(page, 'Nothing in this record contradicts itself');
  const pdf = join(folder, 'record.pdf');
  await stubDialog('showSaveDialog', { canceled: false, filePath: pdf });
  await press(page, 'Save the page as PDF');
  await expect(page.getByText(`Page written to ${pdf}`)).toBeVisible({ timeout: 30_000 });
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');

  const seen = await electronApp.evaluate(() => (globalThis as Noted).printing);
  expect(seen).toMatchObject({
    own: true,
    visible: false,
    url: 'app://print/index.html',
    preferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      disableDialogs: true,
      devTools: false,
    },
  });
  expect(seen?.preferences).not.toHaveProperty('preload');
  expect(electronApp.windows()).toHaveLength(1);
  if (hostName === 'stand-in') {
    const walls = hostLog()
      .of('call')
      .filter(({ name, args }) => name === 'session.setSpellCheckerEnabled' && args[0] === false);
    expect(walls, 'sessions with walls').toHaveLength(4);
  }
});
