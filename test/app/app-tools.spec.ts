import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';

import { expect } from '@playwright/test';

import { parseRegister } from '../../electron/record/register.ts';
import { signFile } from '../../electron/engine/signature/signing-key.ts';
import { sshPublicKeyLine } from '../../electron/engine/signature/ssh-public-key.ts';
import { publicKeyOf } from '../../electron/engine/signature/ed25519.ts';
import { SecretBytes } from '../../electron/engine/bytes/secret-bytes.ts';
import { headWords } from '../../electron/engine/words/head-words.ts';
import { fullRecorder } from '../fixtures/records.ts';
import { test } from './fixture.ts';
import { begin, press, seemToHave, seeScreen, TITLES, verifyGood } from './path.ts';
import { makeKey, makeSandboxWallet, put, putBucket } from './sandbox-kits.ts';
import { look } from './look.ts';

/** The tools of the first screen: a register edited, compared and written; a record checked and printed. */

test.describe.configure({ timeout: 240_000 });

test.beforeEach(async ({ electronApp, page, expectConsoleErrors }) => {
  // Axe asks whether it may use what the policy forbids.
  expectConsoleErrors(/Content Security Policy/);
  await seemToHave(electronApp, []);
  await seeScreen(page, TITLES.prepare);
});

test('a register is started, filled, refused where it is wrong, and written', async ({
  page,
  folder,
  stubDialog,
}) => {
  await look(page, '40-prepare-tools');
  await press(page, 'Edit a register of wallets');
  await seeScreen(page, 'Edit a register of wallets');
  await look(page, '41-register-none');
  await press(page, 'Start an empty one');
  await seeScreen(page, 'The register of wallets');
  await press(page, 'Add a wallet');
  await seeScreen(page, 'Add a wallet');
  const keyId = randomUUID();
  await page.getByLabel('Key id').fill(keyId);
  await page.getByLabel('Quorum id').fill('not an id');
  await press(page, 'Add the wallet');
  await expect(page.getByLabel('Quorum id')).toBeFocused();
  await expect(page.getByLabel('Quorum id')).toHaveAttribute('aria-invalid', 'true');
  await look(page, '42-register-row-refused');
  await page.getByLabel('Quorum id').fill(randomUUID());
  await page.getByLabel('Addresses').fill('0xabc\n0xdef');
  await page.getByRole('radio', { name: 'production' }).check();
  await press(page, 'Add the wallet');
  await seeScreen(page, 'The register of wallets');
  await expect(page.getByText('Not saved: your changes are in no file yet.')).toBeVisible();

  const asked = await stubDialog('showMessageBox', { response: 0, checkboxChecked: false });
  await press(page, 'Go back');
  await expect.poll(async () => (await asked()).length).toBe(1);
  await expect(page.getByText('Not saved: your changes are in no file yet.')).toBeVisible();
  await look(page, '43-register-unsaved', ['dark']);

  const file = join(folder, 'register.csv');
  await stubDialog('showSaveDialog', { canceled: false, filePath: file });
  await press(page, 'Save as CSV');
  // The file has its name only once it is whole.
  await expect.poll(() => existsSync(file)).toBe(true);
  await expect(page.getByText('Saved:')).toBeVisible();
  const [row] = parseRegister(readFileSync(file)).values();
  expect(row).toMatchObject({ keyId, addresses: ['0xabc', '0xdef'], environment: 'production' });

  await press(page, `Change ${keyId}`);
  await page.getByLabel('Note').fill('moved');
  await press(page, 'Change the row');
  await press(page, 'Save as CSV');
  await expect(page.getByRole('alert')).toContainText(/exists/);
  expect(readFileSync(file, 'utf8')).not.toContain('moved');

  await press(page, `Remove ${keyId}`);
  await expect(page.getByText('No wallet yet')).toBeVisible();
  await press(page, 'Put it back');
  await expect(page.getByText('moved')).toBeVisible();
  await stubDialog('showMessageBox', { response: 1, checkboxChecked: false });
  await press(page, 'Go back');
  await seeScreen(page, TITLES.prepare);
});

test('two thousand rows are filtered, and compared with a bucket that lacks most of them', async ({
  page,
  folder,
  stubDialog,
}) => {
  const key = makeKey();
  const wallets = [makeSandboxWallet(key, 'SECP256K1'), makeSandboxWallet(key, 'ED25519')];
  const [bucket] = putBucket(folder, wallets);
  const [listed] = wallets;
  const rows = Array.from(
    { length: 1999 },
    (_, i) => `${randomUUID()},${randomUUID()},ED25519,,sandbox,owner-${i}.`,
  );
  const register = put(
    folder,
    'big.csv',
    [
      'key_id,quorum_id,key_algorithm,address,environment,owner',
      ...rows,
      `${listed!.keyId},${listed!.quorumId},SECP256K1,${listed!.address},production,mine.`,
      '',
    ].join('\n'),
  );
  await stubDialog('showOpenDialog', { canceled: false, filePaths: [register] });
  await press(page, 'Edit a register of wallets');
  await press(page, 'Open a register');
  await expect(page.getByRole('heading', { name: '2000 wallets' })).toBeVisible();
  await expect(page.getByText('wallets of both worlds')).toBeVisible();
  await look(page, '44-register-many');
  await press(page, 'Next: wallets');
  await expect(page.getByText('51 to 100 of 2000 wallets')).toBeVisible();
  await page.getByLabel('Filter wallets by anything in their rows').fill('owner-1234.');
  await expect(page.getByText('1 wallet of 2000 fits the filter')).toBeVisible();
  await expect(page.locator('.register-row')).toHaveCount(1);
  await page.getByLabel('Filter wallets by anything in their rows').fill('');

  await stubDialog('showOpenDialog', { canceled: false, filePaths: [bucket] });
  await press(page, 'Check against a bucket');
  await expect(page.getByRole('heading', { name: '2000 things do not agree' })).toBeVisible({
    timeout: 30_000,
  });
  await look(page, '45-register-compared');
  await press(page, `Add its row: ${wallets[1]!.keyId}`);
  await seeScreen(page, 'Add a wallet');
  await expect(page.getByLabel('Key id')).toHaveValue(wallets[1]!.keyId);
  await page.getByLabel('Quorum id').fill(wallets[1]!.quorumId);
  await page.getByRole('radio', { name: 'ED25519' }).check();
  await page.getByLabel('Addresses').fill(wallets[1]!.address);
  await press(page, 'Add the wallet');
  await expect(page.getByRole('heading', { name: '1999 things do not agree' })).toBeVisible();
  // The app is closed with the row in no file.
  await stubDialog('showMessageBox', { response: 1, checkboxChecked: false });
});

test('a record is checked, held against words and a signature, and printed', async ({
  page,
  folder,
  stubDialog,
}) => {
  const recorder = fullRecorder('drill');
  const seed = new SecretBytes(new Uint8Array(32).fill(9));
  const record = put(folder, 'record.json', recorder.file());
  const signature = put(
    folder,
    'record.json.sig',
    signFile(recorder.file(), { kind: 'ssh', seed }, 'record.json'),
  );
  const signer = put(folder, 'signer.pub', `${sshPublicKeyLine(publicKeyOf(seed), 'ada')}\n`);
  const choose = (file: string): Promise<unknown> =>
    stubDialog('showOpenDialog', { canceled: false, filePaths: [file] });

  await press(page, 'Check a record');
  await seeScreen(page, 'Check a record');
  await look(page, '46-record-none');
  await choose(record);
  await press(page, 'Choose the record');
  await seeScreen(page, 'Nothing in this record contradicts itself');
  await expect(page.getByText('1 backup was verified and found valid.')).toBeVisible();
  await expect(page.getByText('It was made by another build than this one')).toBeVisible();
  await look(page, '47-record-alone');

  const words = page.getByLabel('The words of the head, as they were noted');
  await words.fill('cowbell and more');
  await press(page, 'Compare the words');
  await expect(words).toHaveAttribute('aria-invalid', 'true');
  await look(page, '48-record-words');
  await words.fill(headWords(recorder.head!).join(' '));
  await press(page, 'Compare the words');
  await seeScreen(page, 'This record is as it was');
  await choose(signature);
  await press(page, 'Add signatures');
  await choose(signer);
  await press(page, 'Add public keys');
  await expect(page.getByText(/Signed by .*record\.json\.sig/)).toBeVisible();
  await look(page, '49-record-signed');

  const pdf = join(folder, 'record.pdf');
  await stubDialog('showSaveDialog', { canceled: false, filePath: pdf });
  await press(page, 'Save the page as PDF');
  await expect(page.getByText(`Page written to ${pdf}`)).toBeVisible({ timeout: 30_000 });
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');

  const changed = Buffer.from(recorder.file()).toString().replace('Ada', 'Eve');
  await choose(put(folder, 'changed.json', changed));
  await press(page, 'Choose another record');
  await seeScreen(page, 'This record did not pass');
  await look(page, '50-record-bad');
  await press(page, 'Go back');
  await seeScreen(page, TITLES.prepare);
  expect(existsSync(pdf)).toBe(true);
});

test('a production wallet is verified in a drill, and not unlocked', async ({ page, folder, dropFiles }) => {
  const key = makeKey();
  const wallets = [makeSandboxWallet(key, 'ED25519'), makeSandboxWallet(key, 'ED25519')];
  const [bucket] = putBucket(folder, wallets);
  const register = put(
    folder,
    'both.csv',
    [
      'key_id,quorum_id,key_algorithm,address,environment',
      ...wallets.map(
        ({ keyId, quorumId }, i) => `${keyId},${quorumId},ED25519,,${i === 0 ? 'production' : 'sandbox'}`,
      ),
      '',
    ].join('\n'),
  );
  await begin(page, 'drill');
  await dropFiles(page.getByRole('main'), [bucket!, register]);
  await seeScreen(page, TITLES.choose);
  await expect(page.getByText('wallets of both worlds')).toBeVisible();
  await look(page, '51-load-mixed');
  await verifyGood(page, wallets[0]!.keyId);
  await press(page, 'Continue to unlock');
  await expect(page.getByRole('alert').filter({ hasText: 'This is a production wallet' })).toBeVisible();
  await look(page, '52-verify-production');
  await press(page, 'Go back');
  await verifyGood(page, wallets[1]!.keyId);
  await press(page, 'Continue to unlock');
  await seeScreen(page, TITLES.unlock);
});
