import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from '@playwright/test';

import { test } from './fixture.ts';
import {
  begin,
  press,
  rebuild,
  seemToHave,
  seeScreen,
  shownAddresses,
  TITLES,
  unlock,
  verifyGood,
} from './path.ts';
import { makeKey, makeSandboxWallet, put, putBucket, sealedKey } from './sandbox-kits.ts';
import {
  filesBelow,
  pageHeap,
  recordMessages,
  secretsIn,
  secretsInPageMemory,
  type Secret,
} from './secrets-scan.ts';

/** After a whole recovery, none of its secrets is anywhere but in the files that the user brought. */

const PASSWORD = 'correct horse battery staple 1f0e';

test('the scans of the page see a key that is there', async ({ page, electronApp }) => {
  test.setTimeout(60_000);
  await seeScreen(page, TITLES.prepare);
  const planted = [{ name: 'planted', bytes: new Uint8Array(randomBytes(32)) }];
  // As numbers, since the command itself passes through the page.
  const numbers = [...planted[0]!.bytes].join();
  await page.evaluate(`void (window.planted = Uint8Array.of(${numbers}), window.written = planted.toHex())`);
  expect(secretsIn(await pageHeap(page), planted)).toContain('planted (hex)');
  const found = secretsInPageMemory(electronApp.process().pid ?? 0, planted);
  test.skip(found === undefined, 'the memory of a process can be read on Linux only');
  expect(found).toEqual(expect.arrayContaining(['planted (raw)', 'planted (hex)']));
});

test('a whole run leaves no secret in the page, the messages, the data folder or temporary files', async ({
  page,
  electronApp,
  folder,
  dropFiles,
  stubDialog,
}) => {
  test.setTimeout(180_000);
  const key = makeKey();
  const wallet = makeSandboxWallet(key, 'SECP256K1');
  const names = ['master key', 'chain code', 'wallet key'];
  const secrets: readonly Secret[] = [
    ...wallet.secrets.map((bytes, i) => ({ name: names[i] ?? 'wallet', bytes })),
    ...key.secrets.map((bytes, i) => ({ name: ['d', 'p', 'q'][i] ?? 'key', bytes })),
    { name: 'start of the key file', bytes: key.privateDer.slice(300, 348) },
    { name: 'password', bytes: Buffer.from(PASSWORD) },
  ];
  const messages = await recordMessages(electronApp);
  const stdout: Buffer[] = [];
  const child = electronApp.process();
  child.stdout?.on('data', (data: Buffer) => stdout.push(data));
  child.stderr?.on('data', (data: Buffer) => stdout.push(data));
  await seemToHave(electronApp, []);
  await begin(page, 'live');
  await dropFiles(page.getByRole('main'), putBucket(join(folder, 'user'), [wallet]));
  await verifyGood(page, wallet.keyId);
  await stubDialog('showOpenDialog', {
    canceled: false,
    filePaths: [put(join(folder, 'user'), 'recovery.pke1', sealedKey(key, PASSWORD))],
  });
  await press(page, 'Continue to unlock');
  await press(page, 'Choose the key file');

  await page.getByLabel('Password of the file').fill('not yet');
  await press(page, 'Go back');

  await unlock(page, PASSWORD);
  await rebuild(page);
  expect(Object.values(await shownAddresses(page))).toContain(wallet.address);

  const sent = await messages();
  expect(sent).toContain(wallet.address);
  expect(secretsIn(Buffer.from(sent), secrets), 'messages').toEqual([]);
  const html = await page.content();
  expect(secretsIn(Buffer.from(html), secrets), 'the page').toEqual([]);
  expect(secretsIn(await pageHeap(page), secrets), 'the page’s heap').toEqual([]);
  // What was typed was in the page, whose freed memory nobody wipes; what main keeps never was.
  const kept = secrets.filter(({ name }) => name !== 'password');
  const inMemory = secretsInPageMemory(child.pid ?? 0, kept) ?? [];
  expect(inMemory, 'the memory of the page’s processes').toEqual([]);
  scanFolder(folder, secrets);

  await press(page, 'Finish and wipe');
  await seeScreen(page, TITLES.done);
  expect(secretsIn(await pageHeap(page), secrets), 'the page’s heap afterwards').toEqual([]);
  expect(secretsIn(Buffer.concat(stdout), secrets), 'standard output').toEqual([]);
  expect(
    secretsIn(Buffer.from((await messages()).split('\n').slice(-1).join('')), secrets),
    'the last message',
  ).toEqual([]);
  const closed = electronApp.waitForEvent('close');
  await press(page, 'Start again').catch(() => undefined);
  await closed;
  scanFolder(folder, secrets);
});

/** Data folder, temporary files and log of the host: all but the files that the user brought. */
function scanFolder(folder: string, secrets: readonly Secret[]): void {
  const own = filesBelow(folder).filter(({ file }) => !file.startsWith(join(folder, 'user/')));
  expect(existsSync(join(folder, 'user-data'))).toBe(true);
  expect(own.length).toBeGreaterThan(0);
  const found = own.flatMap(({ file, bytes }) => secretsIn(bytes, secrets).map((what) => `${file}: ${what}`));
  expect(found).toEqual([]);
}
