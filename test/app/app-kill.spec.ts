import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, type Locator, type Page } from '@playwright/test';

import { partFilesIn } from '../../electron/files/part-file.ts';
import { verifyRecord } from '../../electron/record/verify-record.ts';
import { Dice } from '../soak/dice.ts';
import { test } from './fixture.ts';
import {
  begin,
  passGuards,
  press,
  rebuild,
  seemToHave,
  seeScreen,
  shownAddresses,
  SLOW_MS,
  TITLES,
  unlock,
  verifyGood,
} from './path.ts';
import { makeKey, makeSandboxWallet, put, putBucket, type SandboxWallet } from './sandbox-kits.ts';
import { filesBelow, runsIn, secretsIn, type Secret } from './secrets-scan.ts';

/**
 * Sessions that are killed at a random moment, from the first screen to the written key and its record: no secret is
 * left on the disk, and no half file under a chosen name. `BREAKGLASS_APP_KILLS=200` makes it a soak.
 */

const PASSWORD = 'a good long passphrase 9135';
const KILLS = Number(process.env['BREAKGLASS_APP_KILLS'] ?? 3);
/** A seed of the day finds over the weeks what one seed would not. */
const SEED = Number(process.env['BREAKGLASS_APP_KILLS_SEED'] ?? Math.floor(Date.now() / 86_400_000) * 1000);
/** Longer than a session takes on two cores that do nothing else: its end is where files get their names. */
const SESSION_MS = 14_000;
/** What PKE1 makes of a key: its header, a salt, a nonce, 32 bytes and a tag. */
const SEALED_BYTES = 4 + 16 + 12 + 32 + 16;

test.describe.configure({ timeout: 120_000 });

interface Tools {
  readonly page: Page;
  readonly folder: string;
  readonly dropFiles: (target: Locator, files: readonly string[]) => Promise<void>;
  readonly stubDialog: (kind: 'showOpenDialog' | 'showSaveDialog', result: object) => Promise<unknown>;
}

/** A live recovery, an export and the saving of the record; tells the screens that it has come to. */
async function session(
  { page, folder, dropFiles, stubDialog }: Tools,
  wallet: SandboxWallet,
  keyFile: string,
  tell: (screen: string) => void,
): Promise<void> {
  const usb = join(folder, 'user', 'usb');
  await begin(page, 'live');
  tell('load');
  await dropFiles(page.getByRole('main'), putBucket(join(folder, 'user'), [wallet]));
  await verifyGood(page, wallet.keyId);
  tell('verified');
  await stubDialog('showOpenDialog', { canceled: false, filePaths: [keyFile] });
  await unlock(page);
  tell('unlocked');
  await rebuild(page);
  await shownAddresses(page);
  tell('rebuilt');
  await passGuards(page, wallet.address);
  await press(page, 'Use this format');
  await stubDialog('showSaveDialog', { canceled: false, filePath: join(usb, 'recovered.pke1') });
  await press(page, 'Choose where to');
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByLabel('The same again').fill(PASSWORD);
  tell('password typed');
  await press(page, 'Write the file');
  await seeScreen(page, TITLES.after);
  tell('written');
  await press(page, 'Finish and wipe');
  await seeScreen(page, TITLES.done);
  tell('ended');
  await stubDialog('showSaveDialog', { canceled: false, filePath: join(usb, 'session.record.json') });
  await press(page, 'Save: Record');
  await expect(page.getByText('session.record.json')).toBeVisible({ timeout: SLOW_MS });
  tell('record saved');
}

const dice = new Dice(SEED);
for (let i = 0; i < KILLS; i++) {
  const atMs = dice.below(SESSION_MS);
  test(`killed after ${atMs} ms (${i + 1} of ${KILLS}, seed ${SEED}): no secret and no half file is left`, async ({
    page,
    electronApp,
    folder,
    dropFiles,
    stubDialog,
  }, { annotations }) => {
    const key = makeKey();
    const wallet = makeSandboxWallet(key, 'SECP256K1');
    const secrets: readonly Secret[] = [
      ...wallet.secrets.map((bytes, n) => ({ name: `wallet ${n}`, bytes })),
      ...key.secrets.map((bytes, n) => ({ name: `key ${n}`, bytes })),
      { name: 'password', bytes: Buffer.from(PASSWORD) },
    ];
    mkdirSync(join(folder, 'user', 'usb'), { recursive: true });
    const keyFile = put(join(folder, 'user', 'key'), 'recovery.der', key.privateDer);
    await seemToHave(electronApp, []);
    const child = electronApp.process();
    const closed = once(child, 'exit');
    let screen = 'start';
    const killer = setTimeout(() => child.kill('SIGKILL'), atMs);
    try {
      await session({ page, folder, dropFiles, stubDialog }, wallet, keyFile, (next) => (screen = next));
    } catch (error) {
      // Whatever it waited for is gone with the app; anything before that is a fault of its own.
      if (!child.killed) throw error;
    } finally {
      clearTimeout(killer);
    }
    child.kill('SIGKILL');
    await closed;
    // Chromium ends when its pipe does; what it writes until then counts.
    await expect.poll(() => runsIn(folder), { timeout: SLOW_MS }).toBe(false);
    annotations.push({ type: 'killed', description: screen });

    const usb = join(folder, 'user', 'usb');
    const parts = partFilesIn(usb);
    for (const name of readdirSync(usb).filter((each) => !parts.includes(join(usb, each)))) {
      expect(isWhole(name, readFileSync(join(usb, name))), name).toBe(true);
    }
    // The next start has to find a part, which may be a key's.
    const noted =
      parts.length > 0 ? readFileSync(join(folder, 'user-data', 'unfinished.json'), 'utf8') : '[]';
    expect(JSON.parse(noted)).toEqual(expect.arrayContaining([...parts]));
    const brought = [keyFile, ...parts];
    const left = filesBelow(folder).filter(({ file }) => !brought.includes(file));
    expect(left.length).toBeGreaterThan(0);
    expect(
      left.flatMap(({ file, bytes }) => secretsIn(bytes, secrets).map((what) => `${file}: ${what}`)),
    ).toEqual([]);
  });
}

function isWhole(name: string, content: Uint8Array): boolean {
  return name === 'recovered.pke1'
    ? content.length === SEALED_BYTES
    : name === 'session.record.json' && verifyRecord(content).sound;
}
