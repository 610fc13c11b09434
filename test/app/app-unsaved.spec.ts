import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { expect, type ElectronApplication, type Page } from '@playwright/test';

import { test } from './fixture.ts';
import { press, seemToHave, seeScreen, TITLES } from './path.ts';

/** A register that is in no file: whoever leaves it is asked, and an end that can't wait asks nobody. */

const STAY = { response: 0, checkboxChecked: false };
const LEAVE = { response: 1, checkboxChecked: false };
const EDITOR = 'The register of wallets';

test.describe.configure({ timeout: 60_000 });

test.beforeEach(async ({ electronApp, page }) => {
  await seemToHave(electronApp, []);
  await seeScreen(page, TITLES.prepare);
  await press(page, 'Edit a register of wallets');
  await press(page, 'Start an empty one');
  await press(page, 'Add a wallet');
  await page.getByLabel('Key id').fill(randomUUID());
  await page.getByLabel('Quorum id').fill(randomUUID());
  await press(page, 'Add the wallet');
  await expectUnsaved(page);
});

async function expectUnsaved(page: Page): Promise<void> {
  await seeScreen(page, EDITOR);
  await expect(page.getByText('Not saved: your changes are in no file yet.')).toBeVisible();
}

/** As the button of the window does, and the keys that the system has for it. */
function closeWindow(electronApp: ElectronApplication): Promise<void> {
  return electronApp.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });
}

function quit(electronApp: ElectronApplication): Promise<void> {
  return electronApp.evaluate(({ app }) => {
    app.quit();
  });
}

test('is kept by whoever stays: going back, opening another, closing the window, quitting', async ({
  page,
  electronApp,
  stubDialog,
}) => {
  const asked = await stubDialog('showMessageBox', STAY);
  const times = async (): Promise<number> => (await asked()).length;
  await page.getByRole('button', { name: 'Go back' }).press('Enter');
  await expect.poll(times).toBe(1);
  await expectUnsaved(page);
  await press(page, 'Open another register');
  await expect.poll(times).toBe(2);
  await closeWindow(electronApp);
  await expect.poll(times).toBe(3);
  await quit(electronApp);
  await expect.poll(times).toBe(4);
  await expectUnsaved(page);
  expect(new Set((await asked()).map((options) => JSON.stringify(options))).size).toBe(1);
  expect((await asked())[0]).toMatchObject({
    ...{ buttons: ['Go on working', 'Leave without saving'], defaultId: 0, cancelId: 0 },
  });
  await stubDialog('showMessageBox', LEAVE);
  await press(page, 'Go back');
  await seeScreen(page, TITLES.prepare);
});

test('is a row, too, that is typed and not sent; whoever goes back from the form has thrown it away', async ({
  page,
  electronApp,
  folder,
  stubDialog,
}) => {
  await stubDialog('showSaveDialog', { canceled: false, filePath: join(folder, 'register.csv') });
  await press(page, 'Save as CSV');
  await expect(page.getByText('Saved: nothing was changed')).toBeVisible();
  const asked = await stubDialog('showMessageBox', STAY);
  await press(page, 'Add a wallet');
  await page.getByLabel('Note').fill('typed, and not sent');
  await closeWindow(electronApp);
  await expect.poll(async () => (await asked()).length).toBe(1);
  await expect(page.getByLabel('Note')).toHaveValue('typed, and not sent');
  await press(page, 'Go back');
  await expect(page.getByText('Saved: nothing was changed')).toBeVisible();
  const closed = electronApp.waitForEvent('close');
  await closeWindow(electronApp).catch(() => undefined);
  await closed;
});

for (const [way, end] of [
  ['closes the window', closeWindow],
  ['quits', quit],
] as const) {
  test(`is lost by whoever says so and ${way}, after one question`, async ({
    electronApp,
    stubDialog,
    hostLog,
  }) => {
    await stubDialog('showMessageBox', LEAVE);
    const closed = electronApp.waitForEvent('close');
    await end(electronApp).catch(() => undefined);
    await closed;
    expect(hostLog().of('unsupported')).toEqual([]);
  });
}

test('holds up no end that can’t wait: nobody has to answer the question that is open', async ({
  page,
  electronApp,
}) => {
  await electronApp.evaluate(({ dialog }) => {
    Object.assign(dialog, { showMessageBox: () => new Promise(() => undefined) });
  });
  await quit(electronApp);
  await closeWindow(electronApp);
  // There is no secret here: what was typed outlives the lock.
  await electronApp.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'));
  await expectUnsaved(page);
  const child = electronApp.process();
  const closed = electronApp.waitForEvent('close');
  await electronApp
    .evaluate(({ app }) => app.emit('render-process-gone', {}, {}, { reason: 'crashed', exitCode: 1 }))
    .catch(() => undefined);
  await closed;
  await expect.poll(() => child.exitCode).toBe(1);
});
