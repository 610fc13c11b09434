import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { expect, type ElectronApplication, type Page } from '@playwright/test';

import { test } from './fixture.ts';
import {
  acceptOpenAirGap,
  begin,
  openKey,
  press,
  rebuild,
  seemToHave,
  seeScreen,
  TITLES,
  unlock,
  verifyGood,
} from './path.ts';
import { makeKey, makeSandboxWallet, put, putBucket, sealedKey } from './sandbox-kits.ts';
import { secretsIn, type Secret } from './secrets-scan.ts';

/** What goes wrong on the way: each ends in the right words, and no secret in them. */

const PASSWORD = 'correct horse battery staple';

test.describe.configure({ timeout: 120_000 });

const key = makeKey();
const wallet = makeSandboxWallet(key, 'SECP256K1');
const SECRETS: readonly Secret[] = [
  ...wallet.secrets.map((bytes, i) => ({ name: `wallet secret ${i}`, bytes })),
  ...key.secrets.map((bytes, i) => ({ name: `recovery key ${i}`, bytes })),
  { name: 'password', bytes: Buffer.from(PASSWORD) },
];

test.afterEach(async ({ page }) => {
  // After an app that has ended by itself there is no page to look at.
  if (page.isClosed()) return;
  const seen = await page.content();
  expect(secretsIn(Buffer.from(seen), SECRETS)).toEqual([]);
});

async function chooses(electronApp: ElectronApplication, file: string): Promise<void> {
  await electronApp.evaluate(({ dialog }, path) => {
    Object.assign(dialog, {
      showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: [path] }),
    });
  }, file);
}

/** A fault on the screen: its title, some of its words, and its code. */
async function seesFault(page: Page, title: string, code: string): Promise<void> {
  const note = page.getByRole('alert').filter({ has: page.getByRole('heading', { name: title }) });
  await expect(note).toBeVisible({ timeout: 30_000 });
  await expect(note).toContainText(`Code ${code}`);
  await expect(note).toContainText('What to do:');
}

test('a wrong quorum id: both ids are shown, and the right one mends it', async ({
  page,
  electronApp,
  folder,
  dropFiles,
}) => {
  const wrong = randomUUID();
  await seemToHave(electronApp, []);
  await begin(page, 'drill');
  await dropFiles(page.getByRole('main'), putBucket(folder, [{ ...wallet, quorumId: wrong }]));
  await press(page, 'Verify this wallet');
  await seeScreen(page, 'This backup was not accepted');
  await seesFault(
    page,
    'The quorum id or the key id is not the one this backup was made for',
    'label.mismatch',
  );
  const ids = page.getByRole('region', { name: 'Ids in use' });
  await expect(ids.getByText('Quorum id')).toBeVisible();
  await expect(ids.locator('code').first()).toHaveText(wrong);
  await expect(ids.locator('code').nth(1)).toHaveText(wallet.keyId);
  await expect(page.getByText('A backup that fails can’t be unlocked.')).toBeVisible();

  await press(page, 'Change quorum id');
  await seeScreen(page, TITLES.choose);
  await page.getByRole('textbox', { name: 'Quorum id' }).fill(wallet.quorumId);
  await press(page, 'Use these ids');
  await press(page, 'Verify this wallet');
  await seeScreen(page, TITLES.good);
});

test('key files that do not open it: another key, a public key, half a file, a wrong password, and then the right one', async ({
  page,
  electronApp,
  folder,
  dropFiles,
}) => {
  await seemToHave(electronApp, []);
  await begin(page, 'live');
  await dropFiles(page.getByRole('main'), putBucket(folder, [wallet]));
  await verifyGood(page, wallet.keyId);
  await chooses(electronApp, put(folder, 'other.der', makeKey().privateDer));
  await press(page, 'Continue to unlock');
  await openKey(page);
  await seesFault(page, 'This is not the recovery key of this backup', 'rsa-key.mismatch');
  await expect(page.getByText('Nothing was decrypted.')).toBeVisible();

  await chooses(electronApp, put(folder, 'public.der', key.publicDer));
  await press(page, 'Choose another key file');
  await expect(page.getByText('public.der').first()).toBeVisible();
  await press(page, 'Open the key');
  await seesFault(page, 'This is a public key, and the private key is needed', 'rsa-key.public-given');

  await chooses(electronApp, put(folder, 'half.der', key.privateDer.slice(0, key.privateDer.length / 2)));
  await press(page, 'Choose another file');
  await seesFault(page, '“half.der” ends too early', 'rsa-key.truncated');

  // The public key is no longer chosen, so that "Open the key" can't mean it.
  await chooses(electronApp, put(folder, 'sealed.pke1', sealedKey(key, PASSWORD)));
  await press(page, 'Choose the key file');
  await page.getByLabel('Password of the file').fill(`${PASSWORD} `);
  await press(page, 'Open the key');
  await seesFault(page, 'The password does not open the file', 'password.wrong');
  await expect(page.getByLabel('Password of the file')).toHaveValue('');

  await page.getByLabel('Password of the file').fill(PASSWORD);
  await press(page, 'Open the key');
  await seeScreen(page, TITLES.rebuild);
});

test('half a kit, a damaged kit, and a file that is none', async ({ page, folder, dropFiles }) => {
  await begin(page, 'drill');
  const half = put(
    folder,
    join('half', wallet.keyId, 'recovery_shard-0.txt'),
    wallet.kit.slice(0, wallet.kit.length / 2),
  );
  await dropFiles(page.getByRole('main'), [half]);
  await expect(page.getByText('1 file can’t be used: see why')).toBeVisible();
  await expect(page.locator('.file-faults')).toContainText('This file is only a part of a kit.');
  await expect(page.locator('.file-faults')).toContainText('compare its size with the size in the bucket');
  await expect(page.getByText('Add the backup files to go on.')).toBeVisible();

  await dropFiles(page.getByRole('main'), [put(folder, 'recovery.der', key.privateDer)]);
  await expect(page.getByText('2 files can’t be used: see why')).toBeVisible();
  await expect(page.locator('.file-faults')).toContainText('keep it at hand');
});

test('an address in the register that is none of the wallet’s', async ({
  page,
  electronApp,
  folder,
  dropFiles,
}) => {
  const stranger = makeSandboxWallet(makeKey(), 'SECP256K1').address;
  await seemToHave(electronApp, []);
  await begin(page, 'live');
  await dropFiles(page.getByRole('main'), putBucket(folder, [{ ...wallet, registered: stranger }]));
  await verifyGood(page, wallet.keyId);
  await chooses(electronApp, put(folder, 'recovery.der', key.privateDer));
  await unlock(page);
  await rebuild(page);
  const note = page.getByRole('alert').filter({ hasText: 'The address in the register is none of these' });
  await expect(note).toBeVisible();
  await expect(note.locator('.grouped')).toHaveText(stranger);
  await expect(note).toContainText('Export will be refused');
  await expect(page.locator('.address-registered')).toHaveCount(0);
});

test('an interface that comes up in mid-session stops a live recovery, until it goes down or is accepted', async ({
  page,
  electronApp,
  folder,
  dropFiles,
}) => {
  const down = [{ name: 'wlan0', up: false }];
  const up = [{ name: 'wlan0', up: true }];
  await seemToHave(electronApp, down);
  await begin(page, 'live');
  await expect(page.getByText('Air gap holds')).toBeVisible();
  await dropFiles(page.getByRole('main'), putBucket(folder, [wallet]));
  await verifyGood(page, wallet.keyId);
  await chooses(electronApp, put(folder, 'recovery.der', key.privateDer));
  await press(page, 'Continue to unlock');
  await press(page, 'Choose the key file');
  await expect(page.getByRole('button', { name: 'Open the key' })).toBeEnabled();

  await seemToHave(electronApp, up);
  await seeScreen(page, TITLES.blocked);
  await expect(page.getByText('Air gap open: wlan0 up')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Open the key' })).toBeDisabled();
  await seemToHave(electronApp, down);
  await seeScreen(page, TITLES.unlock);
  await press(page, 'Open the key');
  await seeScreen(page, TITLES.rebuild);

  await seemToHave(electronApp, up);
  await expect(page.getByText('Air gap open: wlan0 up')).toBeVisible();
  await press(page, 'Rebuild the key');
  await seesFault(page, 'The air gap is open', 'air-gap.open');

  // The page asks in vain as well: the refusal is main's.
  const answer = await page.evaluate(`recovery['key.reconstruct'](null)`);
  expect(answer).toMatchObject({ ok: false, fault: { code: 'air-gap.open' } });

  await press(page, 'Go back');
  await seeScreen(page, TITLES.good);
  await press(page, 'Continue to unlock');
  await acceptOpenAirGap(page);
  await openKey(page);
  await seeScreen(page, TITLES.rebuild);
  await rebuild(page);
});

test('a session that nobody minds ends with the screen lock', async ({
  page,
  electronApp,
  folder,
  dropFiles,
}) => {
  await begin(page, 'drill');
  await dropFiles(page.getByRole('main'), putBucket(folder, [wallet]));
  await verifyGood(page, wallet.keyId);
  const closed = electronApp.waitForEvent('close');
  await electronApp.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen')).catch(() => undefined);
  await closed;
});
