import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, type Page } from '@playwright/test';

import type { RehearsalFault } from '../../shared/rehearsal.ts';

import { test } from './fixture.ts';
import {
  begin,
  openKey,
  press,
  rebuild,
  seemToHave,
  seeScreen,
  SLOW_MS,
  TITLES,
  unlock,
  verifyGood,
} from './path.ts';

/** Drills on files that the app makes itself, good ones and with each fault. */

/** How each fault is called on the screen. */
const FAULT_TITLES: Readonly<Record<RehearsalFault, string>> = {
  none: 'None: everything fits',
  'wrong-quorum-id': 'Wrong quorum id',
  'damaged-shard': 'One shard file damaged',
  'wrong-key': 'Wrong key',
};

const MINUTES_MS = 4 * 60_000;

test.describe.configure({ timeout: MINUTES_MS });

test.beforeEach(async ({ electronApp, page }) => {
  await seemToHave(electronApp, []);
  await begin(page, 'drill');
});

/** Plans and makes the files of a drill, up to the list of its wallets. @returns their folder */
async function makeFiles(
  page: Page,
  stubDialog: (kind: 'showSaveDialog', result: object) => Promise<unknown>,
  folder: string,
  plan: { readonly fault: RehearsalFault; readonly players?: number },
): Promise<string> {
  const made = join(folder, 'rehearsal');
  await stubDialog('showSaveDialog', { canceled: false, filePath: made });
  await press(page, 'Make files to rehearse on');
  await seeScreen(page, 'Make files to rehearse on');
  if (plan.players !== undefined) {
    await page.getByRole('textbox', { name: 'Players' }).fill(String(plan.players));
    await page.keyboard.press('Tab');
  }
  await page.getByRole('radio', { name: FAULT_TITLES[plan.fault] }).check();
  await press(page, 'Make the files');
  await seeScreen(page, TITLES.choose);
  await expect(
    page.getByRole('heading', { name: 'You rehearse on files that Breakglass made' }),
  ).toBeVisible();
  return made;
}

/** The key id of the first wallet. */
function firstWallet(made: string): string {
  return readdirSync(join(made, 'bucket')).sort()[0]!;
}

test('good files: five players, all the way to the registered address', async ({
  page,
  folder,
  stubDialog,
}) => {
  const made = await makeFiles(page, stubDialog, folder, { fault: 'none', players: 5 });
  await expect(page.getByRole('heading', { name: '2 wallets' })).toBeVisible();
  await verifyGood(page, firstWallet(made));
  await expect(page.getByText('2 of 5')).toBeVisible();
  await stubDialogOpen(stubDialog, join(made, 'recovery-0.private.der'));
  await unlock(page);
  await rebuild(page);
  await expect(
    page.getByRole('heading', { name: 'The address in the register is one of this wallet’s' }),
  ).toBeVisible();
});

test('a wrong quorum id is told as that', async ({ page, folder, stubDialog }) => {
  const made = await makeFiles(page, stubDialog, folder, { fault: 'wrong-quorum-id' });
  await verifyBad(page, firstWallet(made));
  await expect(page.getByText(/quorum id/i).first()).toBeVisible();
});

test('a damaged file is told by player', async ({ page, folder, stubDialog }) => {
  const made = await makeFiles(page, stubDialog, folder, { fault: 'damaged-shard' });
  await verifyBad(page, firstWallet(made));
  await expect(page.getByText(/player 0/i).first()).toBeVisible();
});

test('a wrong key is told by both fingerprints, before anything is decrypted', async ({
  page,
  folder,
  stubDialog,
}) => {
  const made = await makeFiles(page, stubDialog, folder, { fault: 'wrong-key' });
  await verifyGood(page, firstWallet(made));
  await stubDialogOpen(stubDialog, join(made, 'recovery-0.private.der'));
  await press(page, 'Continue to unlock');
  await openKey(page);
  await expect(page.getByRole('heading', { name: /not the recovery key/ }).first()).toBeVisible({
    timeout: SLOW_MS,
  });
});

test('a folder that is there is not written into', async ({ page, folder, stubDialog }) => {
  await stubDialog('showSaveDialog', { canceled: false, filePath: folder });
  await press(page, 'Make files to rehearse on');
  await press(page, 'Make the files');
  await expect(page.getByRole('heading', { name: /exists already|is there already/i })).toBeVisible();
  expect(existsSync(join(folder, 'bucket'))).toBe(false);
});

async function stubDialogOpen(
  stubDialog: (kind: 'showOpenDialog', result: object) => Promise<unknown>,
  file: string,
): Promise<void> {
  await stubDialog('showOpenDialog', { canceled: false, filePaths: [file] });
}

async function verifyBad(page: Page, keyId: string): Promise<void> {
  await page.getByRole('radio', { name: keyId }).check();
  await press(page, 'Verify this wallet');
  await seeScreen(page, 'This backup was not accepted');
}
