import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { expect, type ElectronApplication, type Page } from '@playwright/test';

import type { KeyAlgorithm } from '../../shared/key-algorithm.ts';
import { projectRoot } from '../project-root.ts';
import { test } from './fixture.ts';
import {
  begin,
  keepBusy,
  passGuards,
  press,
  rebuild,
  seemToHave,
  seeScreen,
  SLOW_MS,
  TITLES,
  unlock,
  verifyGood,
} from './path.ts';
import { makeKey, makeSandboxWallet, put, putBucket, type SandboxWallet } from './sandbox-kits.ts';
import {
  filesBelow,
  pageHeap,
  recordMessages,
  secretsIn,
  secretsInPageMemory,
  type Secret,
} from './secrets-scan.ts';

/** The guarded way out: what it takes, what it writes, what it shows, and that nothing of it stays. */

const PASSWORD = 'a good long passphrase 7341';

test.describe.configure({ timeout: 120_000 });

interface Tools {
  readonly page: Page;
  readonly electronApp: ElectronApplication;
  readonly folder: string;
  readonly dropFiles: (target: ReturnType<Page['getByRole']>, files: readonly string[]) => Promise<void>;
  readonly stubDialog: (kind: 'showOpenDialog' | 'showSaveDialog', result: object) => Promise<unknown>;
}

/** A live recovery of a wallet, up to its addresses. */
async function toAddresses(
  { page, electronApp, folder, dropFiles, stubDialog }: Tools,
  wallet: SandboxWallet & { readonly registered?: string },
  privateDer: Uint8Array,
): Promise<void> {
  await seemToHave(electronApp, []);
  await begin(page, 'live');
  await dropFiles(page.getByRole('main'), putBucket(join(folder, 'user'), [wallet]));
  await verifyGood(page, wallet.keyId);
  await stubDialog('showOpenDialog', {
    canceled: false,
    filePaths: [put(join(folder, 'user', 'key'), 'recovery.der', privateDer)],
  });
  await unlock(page);
  await rebuild(page);
}

/** A live recovery of a new wallet, past the guards, up to the choice of a format. */
async function toFormats(tools: Tools, keyAlgorithm: KeyAlgorithm): Promise<SandboxWallet> {
  const key = makeKey();
  const wallet = makeSandboxWallet(key, keyAlgorithm);
  await toAddresses(tools, wallet, key.privateDer);
  await passGuards(tools.page, wallet.address);
  return wallet;
}

/** A folder on a medium of its own, and the path of a file that is not there yet. */
function medium(folder: string, name: string): string {
  mkdirSync(join(folder, 'user', 'usb'), { recursive: true });
  return join(folder, 'user', 'usb', name);
}

async function chooseDestination({ page, stubDialog }: Tools, file: string): Promise<void> {
  await stubDialog('showSaveDialog', { canceled: false, filePath: file });
  await press(page, 'Choose where to');
}

const secretsOf = (wallet: SandboxWallet): readonly Secret[] =>
  wallet.secrets.map((bytes, i) => ({
    name: ['master key', 'chain code', 'wallet key'][i] ?? 'wallet',
    bytes,
  }));

test('PKE1: written, read back, opened by the command line; nothing secret stays in the page or on disk', async ({
  page,
  electronApp,
  folder,
  dropFiles,
  stubDialog,
}) => {
  const tools = { page, electronApp, folder, dropFiles, stubDialog };
  const key = makeKey();
  const wallet = makeSandboxWallet(key, 'SECP256K1');
  const secrets = [...secretsOf(wallet), { name: 'password', bytes: Buffer.from(PASSWORD) }];
  const messages = await recordMessages(electronApp);
  await toAddresses(tools, wallet, key.privateDer);
  await passGuards(page, wallet.address);
  await press(page, 'Use this format');
  await seeScreen(page, 'Write a PKE1 file');
  const file = medium(folder, 'recovered.pke1');
  await chooseDestination(tools, file);

  await page.getByLabel('New password').fill('password1234');
  await expect(page.getByText('Guessed at once')).toBeVisible({ timeout: SLOW_MS });
  await page.getByLabel('The same again').fill('password1235');
  await press(page, 'Write the file');
  await expect(page.getByRole('alert')).toContainText('The two passwords differ');
  await page.getByLabel('New password').fill('short');
  await page.getByLabel('The same again').fill('short');
  await press(page, 'Write the file');
  await expect(page.getByRole('alert')).toContainText('too short');
  expect(existsSync(file)).toBe(false);

  await page.getByLabel('New password').fill(PASSWORD);
  await expect(page.getByText('Strong')).toBeVisible({ timeout: SLOW_MS });
  await page.getByLabel('The same again').fill(PASSWORD);
  await press(page, 'Write the file');
  await seeScreen(page, TITLES.after);
  await expect(page.getByText('recovered.pke1 was written, read back and compared')).toBeVisible();
  await expect(page.getByText('It is no longer a threshold key')).toBeVisible();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'user', 'usb'))).toEqual(['recovered.pke1']);

  put(folder, 'user/password.txt', PASSWORD);
  const cli = join(projectRoot, 'build/cli/breakglass.mjs');
  const args = ['decrypt', '--input-file', file, '--show-key', '--json'];
  const opened = execFileSync(process.execPath, [
    cli,
    ...args,
    '--password-file',
    join(folder, 'user/password.txt'),
  ]);
  expect((JSON.parse(opened.toString()) as { key: string }).key).toBe(
    Buffer.from(wallet.secrets[2]!).toString('hex'),
  );

  const sent = await messages();
  const kept = secrets.filter(({ name }) => name !== 'password');
  expect(secretsIn(Buffer.from(sent), secrets), 'messages').toEqual([]);
  expect(secretsIn(await pageHeap(page), secrets), 'the page’s heap').toEqual([]);
  expect(secretsInPageMemory(electronApp.process().pid ?? 0, kept) ?? [], 'page memory').toEqual([]);
  await press(page, 'Finish and wipe');
  await seeScreen(page, TITLES.done);
  const own = filesBelow(folder).filter(({ file: each }) => !each.startsWith(join(folder, 'user/')));
  expect(
    own.flatMap(({ file: each, bytes }) => secretsIn(bytes, secrets).map((what) => `${each}: ${what}`)),
  ).toEqual([]);
});

test('in the clear: the sentence first, then the very bytes', async ({
  page,
  electronApp,
  folder,
  dropFiles,
  stubDialog,
}) => {
  const tools = { page, electronApp, folder, dropFiles, stubDialog };
  const wallet = await toFormats(tools, 'ED25519');
  await expect(page.getByRole('radio', { name: /^Ethereum keystore/ })).toHaveCount(0);
  await page.getByRole('radio', { name: /^Ed25519 scalar/ }).check();
  await press(page, 'Use this format');
  await seeScreen(page, 'Write an Ed25519 scalar file');
  await expect(page.getByRole('button', { name: 'Choose where to' })).toBeDisabled();
  await page
    .getByLabel('The sentence, word for word')
    .fill('I accept that whoever has this file has the key');
  await press(page, 'Accept');
  const file = medium(folder, 'scalar.txt');
  await chooseDestination(tools, file);
  await press(page, 'Write the file');
  await seeScreen(page, TITLES.after);
  await expect(page.getByText('Why no ordinary wallet takes an Ed25519 key from here')).toBeVisible();
  expect(readFileSync(file, 'utf8')).toMatch(
    new RegExp(
      `^# ED-25519 private scalar[^]*not a seed[^]*\n${Buffer.from(wallet.secrets[0]!).toString('hex')}\n$`,
    ),
  );
});

test('a format is marked at once, though main is at work, and it is the one that is used', async ({
  page,
  electronApp,
  folder,
  dropFiles,
  stubDialog,
}) => {
  await toFormats({ page, electronApp, folder, dropFiles, stubDialog }, 'ED25519');
  const atWork = keepBusy(electronApp);
  await page.getByRole('radio', { name: /^Ed25519 scalar/ }).check();
  await press(page, 'Use this format');
  await atWork;
  await seeScreen(page, 'Write an Ed25519 scalar file');
});

test('refused: where a file is, beside the backup, in the app’s own folder; the file stays as it was', async ({
  page,
  electronApp,
  folder,
  dropFiles,
  stubDialog,
}) => {
  const tools = { page, electronApp, folder, dropFiles, stubDialog };
  const wallet = await toFormats(tools, 'SECP256K1');
  await press(page, 'Use this format');
  const existing = medium(folder, 'mine.txt');
  writeFileSync(existing, 'mine');
  for (const [file, words] of [
    [existing, 'exists already'],
    [join(folder, 'user/bucket', wallet.keyId, 'key.pke1'), 'would be in one place'],
    [join(folder, 'user/key/key.pke1'), 'would be in one place'],
    [join(folder, 'user-data/key.pke1'), 'the app’s own folder'],
    [join(folder, 'no/such/folder/key.pke1'), 'was not written'],
  ] as const) {
    await chooseDestination(tools, file);
    await expect(page.getByRole('alert'), file).toContainText(words);
  }
  expect(readFileSync(existing, 'utf8')).toBe('mine');
});

test('the guards: a wrong end of the address, one person, the wrong name, and a network in between', async ({
  page,
  electronApp,
  folder,
  dropFiles,
  stubDialog,
}) => {
  const tools = { page, electronApp, folder, dropFiles, stubDialog };
  const key = makeKey();
  const wallet = makeSandboxWallet(key, 'SECP256K1');
  await toAddresses(tools, wallet, key.privateDer);
  await press(page, 'Export the key');
  await seeScreen(page, TITLES.address);
  await page.getByLabel('Last six characters of the address').fill('zzzzzz');
  await press(page, 'Confirm the address');
  await expect(page.getByRole('alert')).toContainText('No address of this wallet ends like that');
  await page.getByLabel('Last six characters of the address').fill(wallet.address.slice(-6).toLowerCase());
  await press(page, 'Confirm the address');
  await seeScreen(page, TITLES.people);
  await page.getByLabel('Your name, at the keyboard').fill('Ann');
  await page.getByLabel('Name of the second person').fill(' ann ');
  await expect(page.getByRole('button', { name: 'Name both people' })).toBeDisabled();
  await page.getByLabel('Name of the second person').fill('Bob');
  await press(page, 'Name both people');
  await seeScreen(page, 'Bob: do you agree?');
  await expect(page.getByRole('button', { name: 'I agree' })).toBeDisabled();
  await page.getByLabel('Your name, as it stands above').fill('Bob');
  await press(page, 'I agree');
  await press(page, 'Use this format');
  await chooseDestination(tools, medium(folder, 'key.pke1'));
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByLabel('The same again').fill(PASSWORD);
  await seemToHave(electronApp, [{ name: 'wlan0', up: true }]);
  await seeScreen(page, TITLES.blocked);
  expect(existsSync(medium(folder, 'key.pke1'))).toBe(false);
  await page.getByText('It can’t be cut off, and the recovery must go on').click();
  await page
    .getByLabel('The sentence, word for word')
    .fill('I accept that this machine is connected to a network');
  await press(page, 'Accept and go on');
  await seeScreen(page, 'Write a PKE1 file');
});

test('a mismatch gives nothing out, whatever the page asks for', async ({
  page,
  electronApp,
  folder,
  dropFiles,
  stubDialog,
}) => {
  const tools = { page, electronApp, folder, dropFiles, stubDialog };
  const key = makeKey();
  const wallet = makeSandboxWallet(key, 'SECP256K1');
  const registered = '0x52908400098527886E0F7030069857D2E4169EE7';
  await toAddresses(tools, { ...wallet, registered }, key.privateDer);
  await expect(page.getByRole('button', { name: 'Export the key' })).toBeDisabled();
  const answer = await page.evaluate<{ ok: boolean; value: { stage: { kind: string } } }>(
    `window.recovery['export.begin'](null)`,
  );
  expect(answer.ok && answer.value.stage.kind).toBe('export');
  await seeScreen(page, 'This key is not given out');
  for (const call of [
    `['export.acknowledge']({ what: 'no-expected-address' })`,
    `['export.write']({ password: new Uint8Array(20), again: new Uint8Array(20) })`,
    `['export.reveal'](null)`,
  ]) {
    const { ok, fault } = await page.evaluate<{ ok: boolean; fault?: { code: string } }>(
      `window.recovery${call}`,
    );
    expect(ok ? '' : fault?.code, call).toBe(call.includes('acknowledge') ? '' : 'guard.export-refused');
  }
});

/** The reveal window, once its page is there. */
async function revealWindow(electronApp: ElectronApplication): Promise<Page> {
  const window = await electronApp.waitForEvent('window');
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible({ timeout: SLOW_MS });
  return window;
}

test('on the screen: a window of its own, which goes when it is left, and takes the clipboard with it', async ({
  page,
  electronApp,
  folder,
  dropFiles,
  stubDialog,
  hostLog,
}) => {
  const key = makeKey();
  const wallet = makeSandboxWallet(key, 'SECP256K1');
  const secrets = secretsOf(wallet);
  const walletKey = Buffer.from(wallet.secrets[2]!).toString('hex');
  await toAddresses({ page, electronApp, folder, dropFiles, stubDialog }, wallet, key.privateDer);
  await passGuards(page, wallet.address);
  await press(page, 'Show the key instead');
  await seeScreen(page, 'Show the key on the screen');
  await expect(page.getByRole('button', { name: 'Show the key for 60 seconds' })).toBeDisabled();
  await page
    .getByLabel('The sentence, word for word')
    .fill('I accept that whoever sees this screen has the key');
  await press(page, 'Accept');
  const [window] = await Promise.all([revealWindow(electronApp), press(page, 'Show the key for 60 seconds')]);
  await expect(window.getByText('A PRIVATE KEY IS ON THE SCREEN')).toBeVisible();
  await expect(window.locator('.reveal-secret')).toHaveText(walletKey);
  await expect(window.getByRole('timer')).toContainText(/closes in [1-5]?\d s/);
  await window.getByRole('radio', { name: 'WIF, mainnet' }).check();
  await expect(window.locator('.reveal-secret')).toHaveText(/^[KL][1-9A-HJ-NP-Za-km-z]{51}$/);
  await window.getByRole('radio', { name: 'Hex' }).check();
  await expect(window.locator('.reveal-secret')).toHaveText(walletKey);
  await press(window, 'Show QR code');
  await expect(window.getByRole('img', { name: 'QR code of the secret, Hex' })).toBeVisible();

  // The two pages know nothing of each other's calls, and neither of the other's page.
  expect(
    await window.evaluate(
      `[typeof window.recovery, Object.keys(window).filter((name) => name === 'reveal')]`,
    ),
  ).toEqual(['undefined', ['reveal']]);
  expect(await page.evaluate(`typeof window.reveal`)).toBe('undefined');

  await press(window, 'Copy');
  await expect(window.getByText(/The clipboard is cleared after 30 seconds/)).toBeVisible();
  const clipboardText = (): Promise<string> => electronApp.evaluate(({ clipboard }) => clipboard.readText());
  expect(await clipboardText()).toBe(walletKey);
  expect(secretsIn(await pageHeap(page), secrets), 'the heap of the app’s own page').toEqual([]);

  const closed = window.waitForEvent('close');
  await electronApp.evaluate(({ BrowserWindow }) => {
    const [newest] = BrowserWindow.getAllWindows().toSorted((a, b) => b.webContents.id - a.webContents.id);
    newest?.emit('blur');
  });
  await closed;
  await expect(page.getByText('was shown on the screen')).toBeVisible();
  const quit = electronApp.waitForEvent('close');
  await electronApp
    .evaluate(({ app }) => {
      app.quit();
    })
    .catch(() => undefined);
  await quit;
  const calls = hostLog()
    .of('call')
    .map(({ name }) => name);
  expect(calls).toEqual(expect.arrayContaining(['clipboard.writeText', 'clipboard.clear']));
  expect(JSON.stringify(hostLog().of('call'))).not.toContain(walletKey);
});

test('a passphrase is shown once, and typed like any other', async ({
  page,
  electronApp,
  folder,
  dropFiles,
  stubDialog,
}) => {
  const tools = { page, electronApp, folder, dropFiles, stubDialog };
  await toFormats(tools, 'SECP256K1');
  await press(page, 'Use this format');
  await chooseDestination(tools, medium(folder, 'key.pke1'));
  const [window] = await Promise.all([revealWindow(electronApp), press(page, 'Make a phrase for me')]);
  const words = await window.locator('.words li').allTextContents();
  expect(words).toHaveLength(7);
  const closed = window.waitForEvent('close');
  await window.keyboard.press('Escape').catch(() => undefined);
  await closed;
  await page.getByLabel('New password').fill(words.join(' '));
  await expect(page.getByText('Strong')).toBeVisible({ timeout: SLOW_MS });
  await page.getByLabel('The same again').fill(words.join(' '));
  await press(page, 'Write the file');
  await seeScreen(page, TITLES.after);
});
