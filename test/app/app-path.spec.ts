import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, type Page } from '@playwright/test';

import { projectRoot } from '../project-root.ts';
import { hostName, test } from './fixture.ts';
import {
  acceptOpenAirGap,
  begin,
  press,
  rebuild,
  seemToHave,
  seeScreen,
  shownAddresses,
  SLOW_MS,
  TITLES,
  unlock,
  verifyGood,
  walletRow,
} from './path.ts';
import { makeKey, makeSandboxWallet, put, putBucket, sealedKey } from './sandbox-kits.ts';

/** From a dropped bucket to the addresses, as a user goes. */

const VECTORS = join(projectRoot, '..', 'shared', 'vectors', 'palisade');
const PASSWORD = 'correct horse battery staple';
const MINUTES_MS = 4 * 60_000;

/** What a wallet of the vectors must give. */
interface Expected {
  readonly keyId: string;
  readonly keyAlgorithm: string;
  readonly palisadeCli: { readonly addresses: Readonly<Record<string, string | null>> };
}

/** The vectors' names of addresses, as they stand on the screen. */
const NAMES: Readonly<Record<string, string>> = {
  ethereum: 'Ethereum and EVM chains EIP-55',
  bitcoinMainnet: 'Bitcoin mainnet P2WPKH',
  bitcoinTestnet: 'Bitcoin testnet P2WPKH',
  solana: 'Solana base58',
  xrp: 'XRP Ledger classic',
};

test.describe.configure({ timeout: MINUTES_MS });

test.describe('the project’s own wallets', () => {
  test('a drill: SECP256K1 by a plain DER key, then ED25519 by PKE1', async ({
    page,
    electronApp,
    folder,
    dropFiles,
    stubDialog,
  }) => {
    const key = makeKey();
    const spender = makeSandboxWallet(key, 'SECP256K1');
    const saver = makeSandboxWallet(key, 'ED25519');
    const other = makeSandboxWallet(key, 'SECP256K1', 2);
    const dropped = putBucket(folder, [spender, saver, other]);
    await seemToHave(electronApp, [{ name: 'eth0', up: true }]);
    await begin(page, 'drill');
    await expect(page.getByText('A rehearsal. Nothing leaves this session.')).toBeVisible();
    await expect(page.getByText('Air gap open: eth0 up')).toBeVisible();

    await dropFiles(page.getByRole('main'), dropped);
    await seeScreen(page, TITLES.choose);
    await expect(page.getByRole('heading', { name: '3 wallets' })).toBeVisible();
    await expect(page.getByText('3 kit files, register.csv')).toBeVisible();
    await expect(walletRow(page, saver.keyId)).toContainText(
      'ED25519 · 2 of 3 players · address in register',
    );
    await expect(walletRow(page, other.keyId)).toContainText('SECP256K1 · 2 of 2 players');
    await expect(page.getByText('not verified yet')).toHaveCount(3);

    await press(page, 'Verify all 3');
    await expect(page.locator('.wallet').getByText('good', { exact: true })).toHaveCount(3, {
      timeout: SLOW_MS,
    });

    await verifyGood(page, spender.keyId);
    await expect(page.getByRole('region', { name: 'Checks' }).getByText('passed')).not.toHaveCount(0);
    await stubDialog('showOpenDialog', {
      canceled: false,
      filePaths: [put(folder, 'keys/recovery.der', key.privateDer)],
    });
    await unlock(page);
    await rebuild(page);
    await seesRegistered(page, spender.address);
    expect((await shownAddresses(page))[NAMES['ethereum']!]).toBe(spender.address);

    await press(page, `Show QR code: Ethereum and EVM chains, EIP-55`);
    await expect(
      page.getByRole('img', { name: `QR code of the Ethereum and EVM chains address ${spender.address}` }),
    ).toBeVisible();
    await page.getByRole('textbox', { name: 'Path' }).fill('m/0/1');
    await press(page, 'Show addresses');
    await expect(page.getByRole('heading', { name: 'Addresses at m/0/1' })).toBeVisible();
    expect((await shownAddresses(page))[NAMES['ethereum']!]).not.toBe(spender.address);

    await goBackTo(page, TITLES.choose);
    await verifyGood(page, saver.keyId);
    await stubDialog('showOpenDialog', {
      canceled: false,
      filePaths: [put(folder, 'keys/recovery.pke1', sealedKey(key, PASSWORD))],
    });
    await unlock(page, PASSWORD);
    await rebuild(page);
    await seesRegistered(page, saver.address);
    expect((await shownAddresses(page))[NAMES['solana']!]).toBe(saver.address);
    await finish(page);
  });

  test('live: the grid fills, the air gap holds, and the end starts the app anew', async ({
    page,
    electronApp,
    folder,
    dropFiles,
    stubDialog,
    hostLog,
  }) => {
    const key = makeKey();
    const wallet = makeSandboxWallet(key, 'SECP256K1');
    const [bucket, register] = putBucket(folder, [wallet]);
    await seemToHave(electronApp, [{ name: 'eth0', up: false }]);
    await expect(page.getByRole('heading', { name: 'The air gap holds' })).toBeVisible();
    await begin(page, 'live');
    await expect(page.getByText('Whoever holds it can spend everything in the wallet.')).toBeVisible();

    await dropFiles(page.getByRole('main'), [bucket!]);
    await expect(page.getByText('For a full check and for the recovery: quorum id needed.')).toBeVisible();
    await dropFiles(page.getByRole('main'), [register!]);
    await expect(page.getByText('1 kit file, register.csv')).toBeVisible();

    const states = watchGrid(page);
    await press(page, 'Verify this wallet');
    await seeScreen(page, TITLES.good);
    expect((await states).length, 'states of the grid while it fills').toBeGreaterThan(1);
    await stubDialog('showOpenDialog', {
      canceled: false,
      filePaths: [put(folder, 'recovery.der', key.privateDer)],
    });
    await unlock(page);
    await rebuild(page);
    await expect(page.getByRole('button', { name: 'Export the key' })).toBeEnabled();
    await seesRegistered(page, wallet.address);
    await finish(page);

    const closed = electronApp.waitForEvent('close');
    await press(page, 'Start again').catch(() => undefined);
    await closed;
    const calls = hostLog()
      .of('call')
      .map(({ name }) => name);
    if (hostName === 'stand-in') expect(calls).toEqual(expect.arrayContaining(['app.relaunch', 'app.exit']));
  });

  test('live with an open air gap: the typed sentence', async ({
    page,
    electronApp,
    folder,
    dropFiles,
    stubDialog,
  }) => {
    const key = makeKey();
    const wallet = makeSandboxWallet(key, 'ED25519');
    await seemToHave(electronApp, [
      { name: 'eth0', up: true },
      { name: 'wlan0', up: true },
    ]);
    await begin(page, 'live');
    await dropFiles(page.getByRole('main'), putBucket(folder, [wallet]));
    await verifyGood(page, wallet.keyId);
    await press(page, 'Continue to unlock');
    await seeScreen(page, TITLES.blocked);
    await expect(page.getByRole('button', { name: 'Open the key' })).toBeDisabled();
    await acceptOpenAirGap(page);
    await expect(page.getByText('Air gap open: eth0, wlan0 up · accepted, on record')).toBeVisible();
    await stubDialog('showOpenDialog', {
      canceled: false,
      filePaths: [put(folder, 'recovery.der', key.privateDer)],
    });
    await press(page, 'Choose the key file');
    await press(page, 'Open the key');
    await seeScreen(page, TITLES.rebuild);
    await rebuild(page);
    await seesRegistered(page, wallet.address);
    await finish(page);
  });
});

test.describe('the vectors’ wallets', () => {
  test.skip(!existsSync(VECTORS), 'needs the vectors at ../shared/vectors, which are absent');

  for (const keyAlgorithm of ['SECP256K1', 'ED25519']) {
    test(`${keyAlgorithm}: every expected address`, async ({ page, electronApp, dropFiles, stubDialog }) => {
      const all = JSON.parse(readFileSync(join(VECTORS, 'expected.json'), 'utf8')) as readonly Expected[];
      const wallet = all.find((each) => each.keyAlgorithm === keyAlgorithm)!;
      await seemToHave(electronApp, []);
      await begin(page, keyAlgorithm === 'ED25519' ? 'live' : 'drill');
      await dropFiles(page.getByRole('main'), [join(VECTORS, 'bucket'), join(VECTORS, 'register.csv')]);
      await expect(page.getByRole('heading', { name: `${all.length} wallets` })).toBeVisible({
        timeout: SLOW_MS,
      });
      await verifyGood(page, wallet.keyId);
      await stubDialog('showOpenDialog', {
        canceled: false,
        filePaths: [join(VECTORS, 'recovery-0.private.der')],
      });
      await unlock(page);
      await rebuild(page);
      const shown = await shownAddresses(page);
      const expected = Object.entries(wallet.palisadeCli.addresses).filter(([, address]) => address !== null);
      expect(expected.length).toBeGreaterThan(0);
      for (const [name, address] of expected) expect(shown[NAMES[name]!], name).toBe(address);
      await finish(page);
    });
  }
});

async function seesRegistered(page: Page, address: string): Promise<void> {
  const note = page.getByRole('heading', { name: 'The address in the register is one of this wallet’s' });
  await expect(note).toBeVisible();
  await expect(page.locator('.address-registered').first().locator('.address-text')).toHaveText(address);
  // In groups of four, whose gaps are drawn and not written.
  await expect(page.locator('.address-registered .group').nth(1)).toHaveText(/^.{4}$/);
}

async function goBackTo(page: Page, title: string): Promise<void> {
  const heading = page.getByRole('heading', { level: 1 });
  while ((await heading.textContent()) !== title) {
    const before = await heading.textContent();
    await press(page, 'Go back');
    await expect(heading).not.toHaveText(before ?? '');
  }
}

async function finish(page: Page): Promise<void> {
  await press(page, 'Finish and wipe');
  await seeScreen(page, TITLES.done);
  await expect(page.getByRole('heading', { name: 'Everything secret was wiped' })).toBeVisible();
}

/** What the cells of the grid said, each time that it was drawn anew, until the verdict. */
function watchGrid(page: Page): Promise<readonly string[]> {
  return page.evaluate(`new Promise((resolve) => {
    const seen = new Set();
    const look = () => {
      const cells = [...document.querySelectorAll('.check-grid td')].map((cell) => cell.textContent);
      if (cells.length > 0) seen.add(cells.join());
      if (document.querySelector('h1')?.textContent === ${JSON.stringify(TITLES.good)}) resolve([...seen]);
      else requestAnimationFrame(look);
    };
    look();
  })`);
}
