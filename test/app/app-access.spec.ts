import { expect, type Page } from '@playwright/test';

import { sentenceFor } from '../../shared/export-sentences.ts';
import { AIR_GAP_OVERRIDE } from '../../shared/session-state.ts';
import { test } from './fixture.ts';
import { axeFindings, look } from './look.ts';
import { overflowing, takePicture, THEMES, useTheme } from './screens.ts';
import {
  begin,
  openKey,
  press,
  rebuild,
  seemToHave,
  seeScreen,
  TITLES,
  unlock,
  verifyGood,
  walletRow,
} from './path.ts';
import { makeKey, makeSandboxWallet, put, putBucket } from './sandbox-kits.ts';

/** Every screen in both themes: a picture, what axe says, and whether it fits small windows; and the keyboard alone. */

test.describe.configure({ timeout: 300_000 });

test('every screen of the path, in both themes', async ({
  page,
  electronApp,
  folder,
  dropFiles,
  stubDialog,
  expectConsoleErrors,
}) => {
  // Axe asks whether it may use what the policy forbids.
  expectConsoleErrors(/Content Security Policy/);
  const key = makeKey();
  const wallet = makeSandboxWallet(key, 'SECP256K1');
  const others = Array.from({ length: 7 }, (_, i) =>
    makeSandboxWallet(key, i % 2 === 0 ? 'ED25519' : 'SECP256K1'),
  );
  const up = [
    { name: 'eth0', up: true },
    { name: 'wlan0', up: false },
  ];
  await seemToHave(electronApp, up);
  await seeScreen(page, TITLES.prepare);
  await look(page, '01-prepare');
  await begin(page, 'live');
  await look(page, '02-load-empty');
  const half = put(folder, 'half/recovery_shard-0.txt', wallet.kit.slice(0, 2000));
  const rows = [wallet, { ...others[0]!, quorumId: others[1]!.quorumId }, ...others.slice(1)];
  await dropFiles(page.getByRole('main'), [...putBucket(folder, rows), half]);
  await seeScreen(page, TITLES.choose);
  await look(page, '03-load-wallets');
  await press(page, 'Verify all 8');
  await expect(page.locator('.wallet').getByText('not good', { exact: true })).toHaveCount(1, {
    timeout: 60_000,
  });
  await expect(page.locator('.wallet').getByText('good', { exact: true })).toHaveCount(7, {
    timeout: 60_000,
  });
  await walletRow(page, others[0]!.keyId).getByRole('radio').check();
  await look(page, '04-load-verified');
  await press(page, 'Change ids');
  await look(page, '05-load-ids');
  await press(page, 'Keep what was there');
  await press(page, 'Show the checks');
  await seeScreen(page, 'This backup was not accepted');
  await look(page, '06-verify-not-good');
  await press(page, 'Go back');
  await walletRow(page, wallet.keyId).getByRole('radio').check();
  await press(page, 'Show the checks');
  await seeScreen(page, TITLES.good);
  await look(page, '07-verify-good');
  await press(page, 'Continue to unlock');
  await seeScreen(page, TITLES.blocked);
  await page.getByText('It can’t be cut off, and the recovery must go on').click();
  await look(page, '08-unlock-blocked');
  await seemToHave(electronApp, []);
  await seeScreen(page, TITLES.unlock);
  await look(page, '09-unlock-empty');
  await stubDialog('showOpenDialog', {
    canceled: false,
    filePaths: [put(folder, 'recovery.pke1', Buffer.concat([Buffer.from('PKE1'), Buffer.alloc(400, 7)]))],
  });
  await press(page, 'Choose the key file');
  await expect(page.getByLabel('Password of the file')).toBeVisible();
  await look(page, '10-unlock-password');
  await press(page, 'Open the key');
  await expect(page.getByRole('alert')).toBeVisible({ timeout: 30_000 });
  await look(page, '11-unlock-fault');
  await stubDialog('showOpenDialog', {
    canceled: false,
    filePaths: [put(folder, 'recovery.der', key.privateDer)],
  });
  await press(page, 'Choose another file');
  await expect(page.getByText('recovery.der')).toBeVisible();
  await press(page, 'Open the key');
  await seeScreen(page, TITLES.rebuild);
  await look(page, '12-reconstruct');
  await rebuild(page);
  await look(page, '13-addresses');
  await press(page, 'Show QR code: Ethereum and EVM chains, EIP-55');
  await look(page, '14-addresses-qr');
  for (const theme of THEMES) {
    await useTheme(page, theme);
    await press(page, 'End and wipe');
    await takePicture(page, '15-end-dialog', theme);
    expect.soft(await axeFindings(page, theme), 'the dialog').toEqual([]);
    await press(page, 'Go on working');
  }
  await press(page, 'Finish and wipe');
  await seeScreen(page, TITLES.done);
  await look(page, '16-done');
});

test('every screen of the export, in both themes', async ({
  page,
  electronApp,
  folder,
  dropFiles,
  stubDialog,
  expectConsoleErrors,
}) => {
  expectConsoleErrors(/Content Security Policy/);
  const key = makeKey();
  const wallet = makeSandboxWallet(key, 'SECP256K1');
  await seemToHave(electronApp, []);
  await begin(page, 'live');
  await dropFiles(page.getByRole('main'), putBucket(folder, [wallet]));
  await verifyGood(page, wallet.keyId);
  await stubDialog('showOpenDialog', {
    canceled: false,
    filePaths: [put(folder, 'key/recovery.der', key.privateDer)],
  });
  await unlock(page);
  await rebuild(page);
  await press(page, 'Export the key');
  await seeScreen(page, TITLES.address);
  await look(page, '20-export-address');
  await page.getByLabel('Last six characters of the address').fill(wallet.address.slice(-6));
  await press(page, 'Confirm the address');
  await seeScreen(page, TITLES.people);
  await look(page, '21-export-people');
  await page.getByLabel('Your name, at the keyboard').fill('Ann Operator');
  await page.getByLabel('Name of the second person').fill('Bob Witness');
  await press(page, 'Name both people');
  await seeScreen(page, 'Bob Witness: do you agree?');
  await look(page, '22-export-agree');
  await page.getByLabel('Your name, as it stands above').fill('Bob Witness');
  await press(page, 'I agree');
  await seeScreen(page, TITLES.format);
  await look(page, '23-export-format');
  await page.getByRole('radio', { name: /^xprv/ }).check();
  await press(page, 'Use this format');
  await look(page, '24-export-clear');
  await press(page, 'Choose another format');
  await page.getByRole('radio', { name: /^PKE1/ }).check();
  await press(page, 'Use this format');
  const file = put(folder, 'usb/note.txt', 'a medium').replace('note.txt', 'recovered.pke1');
  await stubDialog('showSaveDialog', { canceled: false, filePath: file });
  await press(page, 'Choose where to');
  await page.getByLabel('New password').fill('password1234');
  await expect(page.getByText('Guessed at once')).toBeVisible({ timeout: 30_000 });
  await look(page, '25-export-write');
  const [phrase] = await Promise.all([
    electronApp.waitForEvent('window'),
    press(page, 'Make a phrase for me'),
  ]);
  await expect(phrase.locator('.words li')).toHaveCount(7, { timeout: 30_000 });
  const words = await phrase.locator('.words li').allTextContents();
  await lookAtSecret(phrase, '28-reveal-phrase');
  await phrase
    .getByRole('button', { name: 'Close now' })
    .click()
    .catch(() => undefined);
  await page.getByLabel('New password').fill(words.join(' '));
  await page.getByLabel('The same again').fill(words.join(' '));
  await press(page, 'Write the file');
  await seeScreen(page, TITLES.after);
  await look(page, '26-export-after');
  await press(page, 'Give it out in another form');
  await press(page, 'Show the key instead');
  await look(page, '27-export-show');
  await page.getByLabel('The sentence, word for word').fill(sentenceFor('reveal'));
  await press(page, 'Accept');
  const [shown] = await Promise.all([
    electronApp.waitForEvent('window'),
    press(page, 'Show the key for 60 seconds'),
  ]);
  await expect(shown.locator('.reveal-secret')).toContainText(/[0-9a-f]{64}/, { timeout: 30_000 });
  await press(shown, 'Show QR code');
  await lookAtSecret(shown, '29-reveal-key');
});

/** Looks at the window of a secret, which follows the system's theme and has one size. */
async function lookAtSecret(window: Page, name: string): Promise<void> {
  const findings: string[] = [];
  for (const theme of THEMES) {
    await window.emulateMedia({ colorScheme: theme });
    await window.setViewportSize({ width: 700, height: 760 });
    await takePicture(window, name, theme);
    findings.push(...(await axeFindings(window, theme)), ...(await overflowing(window)));
  }
  expect.soft(findings, name).toEqual([]);
}

test('a drill and a live recovery never look alike', async ({ page, expectConsoleErrors }) => {
  expectConsoleErrors(/Content Security Policy/);
  const colours: string[] = [];
  for (const mode of ['drill', 'live'] as const) {
    await begin(page, mode);
    await look(page, mode === 'drill' ? '17-drill' : '18-live');
    await expect(page.locator('.mode-band')).toContainText(mode === 'drill' ? 'DRILL' : 'LIVE RECOVERY');
    colours.push(
      String(await page.evaluate(`getComputedStyle(document.querySelector('.frame')).background`)),
    );
    await press(page, 'Go back');
  }
  expect(new Set(colours).size).toBe(2);
});

test('the whole path by keyboard alone', async ({ page, electronApp, folder, stubDialog }) => {
  const key = makeKey();
  const wallet = makeSandboxWallet(key, 'SECP256K1');
  await seemToHave(electronApp, [{ name: 'eth0', up: true }]);
  const dialog = (files: readonly string[]): Promise<unknown> =>
    stubDialog('showOpenDialog', { canceled: false, filePaths: files });
  await seeScreen(page, TITLES.prepare);
  // The heading has the focus; Tab leads to the two modes, arrows from one to the other.
  await tabTo(page, 'radio');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /^Live recovery/ })).toBeChecked();
  await activate(page, 'Start live recovery');
  await seeScreen(page, TITLES.load);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await dialog(putBucket(folder, [wallet]));
  await activate(page, 'Add files');
  await seeScreen(page, TITLES.choose);
  await activate(page, 'Verify this wallet');
  await seeScreen(page, TITLES.good);
  await activate(page, 'Continue to unlock');
  await seeScreen(page, TITLES.blocked);
  await tabTo(page, 'SUMMARY');
  await page.keyboard.press('Enter');
  await tabTo(page, 'The sentence, word for word');
  await page.keyboard.type(AIR_GAP_OVERRIDE);
  await page.keyboard.press('Enter');
  await seeScreen(page, TITLES.unlock);
  await dialog([put(folder, 'recovery.der', key.privateDer)]);
  await activate(page, 'Choose the key file');
  await activate(page, 'Open the key');
  await seeScreen(page, TITLES.rebuild);
  await activate(page, 'Rebuild the key', 'Space');
  await seeScreen(page, TITLES.addresses);
  await activate(page, 'Show QR code: Ethereum and EVM chains, EIP-55', 'Space');
  await expect(page.getByRole('img', { name: /^QR code of/ })).toBeVisible();
  await activate(page, 'End and wipe');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await activate(page, 'Finish and wipe');
  await seeScreen(page, TITLES.done);
});

test('a fault is said aloud, and its button is in reach', async ({
  page,
  electronApp,
  folder,
  dropFiles,
}) => {
  const key = makeKey();
  await seemToHave(electronApp, []);
  await begin(page, 'drill');
  await dropFiles(page.getByRole('main'), putBucket(folder, [makeSandboxWallet(key, 'ED25519')]));
  await press(page, 'Verify this wallet');
  await seeScreen(page, TITLES.good);
  await electronApp.evaluate(
    ({ dialog }, file) => {
      Object.assign(dialog, {
        showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: [file] }),
      });
    },
    put(folder, 'other.der', makeKey().privateDer),
  );
  await press(page, 'Continue to unlock');
  await openKey(page);
  await expect(page.getByRole('alert')).toContainText('This is not the recovery key of this backup');
  await activate(page, 'Choose another key file');
});

/** Runs in the page: every name by which what has the focus may be known. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  if (element === null) return [];
  const { type = '', tagName, textContent, labels } = element;
  const label = labels?.[0]?.textContent ?? '';
  return [element.getAttribute('aria-label') ?? '', textContent, label, type, tagName].map((text) => text.trim());
})()`;

/** Presses Tab until what has the focus is of this name, text, role or tag. */
async function tabTo(page: Page, name: string): Promise<void> {
  const seen: string[] = [];
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate<readonly string[]>(FOCUSED);
    if (found.includes(name)) return;
    seen.push(found.find((text) => text !== '') ?? '?');
  }
  throw new Error(`Tab never came to ${name}: ${seen.join(' | ')}`);
}

/** Goes to a button by Tab, and presses it by a key. */
async function activate(page: Page, name: string, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await expect(page.getByRole('button', { name, exact: true })).toBeEnabled();
  await tabTo(page, name);
  await page.keyboard.press(key);
}
