import { spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, type ElectronApplication, type Page } from '@playwright/test';

import {
  compileForwardingModule,
  makeNss,
  makeSoftHsm,
  PIN,
  withFault,
  type Fault,
  type TestToken,
} from '../fixtures/hsm/tokens.ts';
import { test } from './fixture.ts';
import { begin, press, rebuild, seemToHave, seeScreen, SLOW_MS, TITLES, verifyGood } from './path.ts';
import {
  makeKey,
  makeSandboxWallet,
  putBucket,
  type SandboxKey,
  type SandboxWallet,
} from './sandbox-kits.ts';
import { filesBelow, pageHeap, recordMessages, secretsIn } from './secrets-scan.ts';
import { takePicture, THEMES, useTheme } from './screens.ts';

/** A recovery key that stays in its token, through the app: what works, what goes wrong, and that the app lives on. */

test.describe.configure({ timeout: 120_000 });

const missing = whatIsMissing();
const key = makeKey();
let folder = '';
let softHsm: TestToken;
let nss: TestToken;
let forwarding = '';

function whatIsMissing(): string | undefined {
  const absent = ['softhsm2-util', 'certutil', 'cc'].filter(
    (tool) => spawnSync(tool, ['--version']).error !== undefined,
  );
  if (absent.length > 0) return `${absent.join(', ')} not found (Debian: softhsm2 libnss3-tools gcc)`;
  try {
    createRequire(import.meta.url)('pkcs11js');
    return undefined;
  } catch {
    return 'pkcs11js is not built (docs/hsm.md)';
  }
}

const keyObject = ({ privateDer }: SandboxKey) =>
  createPrivateKey({ key: Buffer.from(privateDer), format: 'der', type: 'pkcs1' });

test.beforeAll(() => {
  if (missing !== undefined) {
    // A skip would be green where nothing was tried.
    expect(process.env['CI'], missing).not.toBe('true');
    return;
  }
  folder = mkdtempSync(join(tmpdir(), 'breakglass-tokens-'));
  softHsm = makeSoftHsm(folder, 'vault', [
    { key: keyObject(key), label: 'recovery', idHex: 'a1' },
    { key: keyObject(makeKey()), label: 'recovery', idHex: 'a2' },
  ]);
  nss = makeNss(folder, [{ key: keyObject(key), label: 'recovery', idHex: 'b1' }]);
  forwarding = compileForwardingModule(folder);
  // The app's bridge is configured by the environment that the app was started with.
  Object.assign(process.env, softHsm.env);
});
test.afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});
test.beforeEach(() => {
  test.skip(missing !== undefined, missing ?? '');
});

interface Tools {
  readonly page: Page;
  readonly electronApp: ElectronApplication;
  readonly folder: string;
  readonly dropFiles: (target: ReturnType<Page['getByRole']>, files: readonly string[]) => Promise<void>;
  readonly stubDialog: (kind: 'showOpenDialog', result: object) => Promise<unknown>;
}

async function toTokenTab(tools: Tools, wallet: SandboxWallet): Promise<void> {
  const { page, electronApp, dropFiles } = tools;
  await seemToHave(electronApp, []);
  await begin(page, 'live');
  await dropFiles(page.getByRole('main'), putBucket(join(tools.folder, 'user'), [wallet]));
  await verifyGood(page, wallet.keyId);
  await press(page, 'Continue to unlock');
  await seeScreen(page, TITLES.unlock);
  await page.getByRole('tab', { name: 'HSM or token' }).click();
}

async function chooseModule({ page, stubDialog }: Tools, { module }: TestToken): Promise<void> {
  if (module.initArgs !== undefined) {
    await page.getByText('Initialisation parameters').click();
    await page.getByLabel('Parameters, before the module is chosen').fill(module.initArgs);
  }
  await stubDialog('showOpenDialog', { canceled: false, filePaths: [module.file] });
  await press(page, 'Choose a library…');
}

async function enterPin(page: Page, pin: string): Promise<void> {
  await page.getByLabel('PIN of the token').fill(pin);
  await press(page, 'Open the key');
}

test('SoftHSM, raw: to the addresses, with the mechanism told, and no PIN anywhere', async ({
  page,
  electronApp,
  folder: own,
  dropFiles,
  stubDialog,
}) => {
  const tools = { page, electronApp, folder: own, dropFiles, stubDialog };
  const wallet = makeSandboxWallet(key, 'SECP256K1');
  const messages = await recordMessages(electronApp);
  await toTokenTab(tools, wallet);
  await expect(page.getByRole('button', { name: /^SoftHSM/ })).toBeVisible();
  await chooseModule(tools, softHsm);
  await expect(page.getByText('vault', { exact: true })).toBeVisible({ timeout: SLOW_MS });
  for (const theme of THEMES) {
    await useTheme(page, theme);
    await takePicture(page, '19-unlock-token', theme);
  }
  await enterPin(page, '0000-wrong');
  await expect(page.getByRole('alert')).toContainText('PIN', { timeout: SLOW_MS });
  await enterPin(page, PIN);
  await seeScreen(page, TITLES.rebuild);
  await rebuild(page);
  await expect(page.locator('.address-registered').first().locator('.address-text')).toHaveText(
    wallet.address,
  );
  await expect(
    page.getByText('Recovery key in the token “vault”: it computed, and the padding was removed'),
  ).toBeVisible();
  const secrets = [
    { name: 'PIN', bytes: Buffer.from(PIN) },
    ...wallet.secrets.map((bytes, i) => ({ name: `wallet ${i}`, bytes })),
  ];
  expect(secretsIn(Buffer.from(await messages()), secrets), 'messages').toEqual([]);
  expect(secretsIn(await pageHeap(page), secrets), 'the page’s heap').toEqual([]);
  await press(page, 'Finish and wipe');
  await seeScreen(page, TITLES.done);
  const left = filesBelow(own).filter(({ file }) => !file.startsWith(join(own, 'user/')));
  expect(
    left.flatMap(({ file, bytes }) => secretsIn(bytes, secrets).map((what) => `${file}: ${what}`)),
  ).toEqual([]);
});

test('NSS: OAEP with the label inside the token', async ({
  page,
  electronApp,
  folder: own,
  dropFiles,
  stubDialog,
}) => {
  const tools = { page, electronApp, folder: own, dropFiles, stubDialog };
  const wallet = makeSandboxWallet(key, 'ED25519');
  await toTokenTab(tools, wallet);
  await chooseModule(tools, nss);
  await expect(page.getByText('hsm-test', { exact: true })).toBeVisible({ timeout: SLOW_MS });
  await page.getByRole('radio', { name: /^hsm-test/ }).check();
  await enterPin(page, PIN);
  await seeScreen(page, TITLES.rebuild);
  await rebuild(page);
  await expect(page.getByText('decrypted inside it')).toBeVisible();
});

test('a token without this key: told by both fingerprints, and a file still opens', async ({
  page,
  electronApp,
  folder: own,
  dropFiles,
  stubDialog,
}) => {
  const tools = { page, electronApp, folder: own, dropFiles, stubDialog };
  await toTokenTab(tools, makeSandboxWallet(makeKey(), 'SECP256K1'));
  await chooseModule(tools, softHsm);
  await enterPin(page, PIN);
  await expect(page.getByText('Which key is meant?')).toBeVisible({ timeout: SLOW_MS });
  await page.getByRole('radio', { name: /id a2/ }).check();
  await press(page, 'Use this key');
  await expect(page.getByRole('alert')).toContainText('This is not the recovery key of this backup');
});

for (const [fault, words] of [
  ['crash in dlopen', 'can’t be used'],
  ['locked pin', 'locked'],
  ['even modulus', 'number'],
  ['crash', 'crashed'],
  ['removed', 'token'],
  ['hang', 'gives no answer'],
] as const satisfies readonly (readonly [Fault, string])[]) {
  test(`a module that goes wrong (${fault}): told, and the app lives on to another`, async ({
    page,
    electronApp,
    folder: own,
    dropFiles,
    stubDialog,
  }) => {
    const tools = { page, electronApp, folder: own, dropFiles, stubDialog };
    const bad = withFault(softHsm, forwarding, fault);
    await electronApp.evaluate((_electron, env) => void Object.assign(process.env, env), bad.env);
    await toTokenTab(tools, makeSandboxWallet(key, 'SECP256K1'));
    await chooseModule(tools, bad);
    if (fault !== 'crash in dlopen') {
      await enterPin(page, PIN);
      if (fault === 'even modulus') {
        await page.getByRole('radio', { name: /id a1/ }).check({ timeout: SLOW_MS });
        await press(page, 'Use this key');
      }
      const rebuilds = fault === 'crash' || fault === 'removed' || fault === 'hang';
      if (rebuilds) {
        await seeScreen(page, TITLES.rebuild);
        await press(page, 'Rebuild the key');
      }
    }
    // A hang is waited for as long as the deadline says.
    await expect(page.getByRole('alert')).toContainText(words, { timeout: 2 * SLOW_MS });
    await seeScreen(page, TITLES.unlock);
    await chooseModule(tools, softHsm);
    await enterPin(page, PIN);
    await seeScreen(page, TITLES.rebuild);
    await rebuild(page);
  });
}
