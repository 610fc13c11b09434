import { expect, type ElectronApplication, type Locator, type Page } from '@playwright/test';

import { AIR_GAP_OVERRIDE, type Mode } from '../../shared/session-state.ts';

/** The longest that the proofs, a password of PKE1 or the shares take on a machine under load. */
export const SLOW_MS = 30_000;

/** The heading of each screen on the way. */
export const TITLES = {
  prepare: 'What are you here to do?',
  load: 'Load the backup',
  choose: 'Choose the wallet',
  good: 'This backup is good',
  unlock: 'Open the recovery key',
  blocked: 'Cut the machine off first',
  rebuild: 'Rebuild the wallet’s key',
  addresses: 'The wallet’s addresses',
  address: 'Confirm the address',
  people: 'Who is here?',
  format: 'Choose how the key goes out',
  after: 'What to do now',
  done: 'The session has ended',
} as const;

/** One network interface, as the machine is to seem to have it. */
export interface SeemingInterface {
  readonly name: string;
  readonly up: boolean;
}

/** Waits for a screen by its heading. */
export async function seeScreen(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible({
    timeout: SLOW_MS,
  });
}

/** Presses a button by its words. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

/**
 * Makes the main process read other interfaces than the machine's, in the place where the app reads them: Node's `os`,
 * and Linux's `/sys/class/net`. May be called again.
 */
export async function seemToHave(
  electronApp: ElectronApplication,
  interfaces: readonly SeemingInterface[],
): Promise<void> {
  await electronApp.evaluate((_electron, list) => {
    const os = process.getBuiltinModule('node:os');
    const fs = process.getBuiltinModule('node:fs');
    const kept = globalThis as {
      breakglassRead?: typeof fs.readFileSync;
      breakglassList?: typeof fs.readdirSync;
    };
    const readFile = (kept.breakglassRead ??= fs.readFileSync);
    const readFolder = (kept.breakglassList ??= fs.readdirSync);
    const all = [{ name: 'lo', up: true }, ...list];
    const isLoopback = (name: string): boolean => name === 'lo';
    Object.assign(os, {
      networkInterfaces: () =>
        Object.fromEntries(
          all.filter(({ up }) => up).map(({ name }) => [name, [{ internal: isLoopback(name) }]]),
        ),
    });
    Object.assign(fs, {
      readdirSync: (path: string, ...rest: unknown[]): unknown =>
        path === '/sys/class/net'
          ? all.map(({ name }) => ({ name, isSymbolicLink: () => true, isDirectory: () => false }))
          : Reflect.apply(readFolder, fs, [path, ...rest]),
      readFileSync: (path: unknown, ...rest: unknown[]): unknown => {
        const [, name, field] = /^\/sys\/class\/net\/([^/]+)\/(flags|operstate)$/.exec(String(path)) ?? [];
        const found = all.find((each) => each.name === name);
        if (found === undefined) return Reflect.apply(readFile, fs, [path, ...rest]);
        if (field === 'operstate') return isLoopback(found.name) ? 'unknown' : found.up ? 'up' : 'down';
        return isLoopback(found.name) ? '0x9' : found.up ? '0x1003' : '0x1002';
      },
    });
  }, interfaces);
}

/** Chooses the mode, from the first screen. */
export async function begin(page: Page, mode: Mode): Promise<void> {
  await seeScreen(page, TITLES.prepare);
  await page.getByRole('radio', { name: mode === 'live' ? /^Live recovery/ : /^Drill/ }).check();
  await press(page, mode === 'live' ? 'Start live recovery' : 'Start the drill');
  await seeScreen(page, TITLES.load);
}

/** The row of a wallet in the list. */
export function walletRow(page: Page, keyId: string): Locator {
  return page
    .locator('.wallet')
    .filter({ has: page.getByText(keyId, { exact: true }) })
    .first();
}

/** Marks a wallet in the list and verifies it, up to the verdict that it is good. */
export async function verifyGood(page: Page, keyId: string): Promise<void> {
  await walletRow(page, keyId).getByRole('radio', { name: keyId }).check();
  await page.getByRole('button', { name: /^(?:Verify this wallet|Show the checks)$/ }).click();
  await seeScreen(page, TITLES.good);
}

/** Types the sentence that accepts an open air gap. */
export async function acceptOpenAirGap(page: Page): Promise<void> {
  await seeScreen(page, TITLES.blocked);
  await page.getByText('It can’t be cut off, and the recovery must go on').click();
  await page.getByLabel('The sentence, word for word').fill(AIR_GAP_OVERRIDE);
  await press(page, 'Accept and go on');
  await seeScreen(page, TITLES.unlock);
}

/** Opens the key file that the dialog gives, from the verdict on. */
export async function unlock(page: Page, password?: string): Promise<void> {
  await press(page, 'Continue to unlock');
  await openKey(page, password);
  await seeScreen(page, TITLES.rebuild);
}

/** Chooses and opens the key file, on its screen. */
export async function openKey(page: Page, password?: string): Promise<void> {
  await press(page, 'Choose the key file');
  if (password !== undefined) await page.getByLabel('Password of the file').fill(password);
  await press(page, 'Open the key');
}

/** Keeps main at work for three seconds, in which it answers nothing. */
export async function keepBusy(electronApp: ElectronApplication): Promise<void> {
  await electronApp.evaluate((_electron, milliseconds) => {
    const until = Date.now() + milliseconds;
    while (Date.now() < until);
  }, 3000);
}

/** Rebuilds the key, up to the addresses. */
export async function rebuild(page: Page): Promise<void> {
  await press(page, 'Rebuild the key');
  await seeScreen(page, TITLES.addresses);
}

/** From the addresses to the choice of a format: the address typed, two people named, the second one agreed. */
export async function passGuards(page: Page, address: string): Promise<void> {
  await press(page, 'Export the key');
  await seeScreen(page, TITLES.address);
  await page.getByLabel('Last six characters of the address').fill(address.slice(-6));
  await press(page, 'Confirm the address');
  await seeScreen(page, TITLES.people);
  await page.getByLabel('Your name, at the keyboard').fill('Ann Operator');
  await page.getByLabel('Name of the second person').fill('Bob Witness');
  await press(page, 'Name both people');
  await seeScreen(page, 'Bob Witness: do you agree?');
  await page.getByLabel('Your name, as it stands above').fill('Bob Witness');
  await press(page, 'I agree');
  await seeScreen(page, TITLES.format);
}

/** The addresses on the screen, by chain and format. */
export async function shownAddresses(page: Page): Promise<Readonly<Record<string, string>>> {
  const rows = await page.locator('.address').all();
  const entries = await Promise.all(
    rows.map(async (row): Promise<[string, string]> => {
      const name = await row.locator('.address-chain').locator('b, span.muted').allTextContents();
      return [name.join(' '), (await row.locator('.address-text').textContent()) ?? ''];
    }),
  );
  return Object.fromEntries(entries);
}
