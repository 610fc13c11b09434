import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, type Page } from '@playwright/test';

import { damageKit } from '../../electron/engine/kit/damage-kit.ts';
import { parseRecord } from '../../electron/record/parse-record.ts';
import { verifyRecord } from '../../electron/record/verify-record.ts';
import type { RecordEntry, RecordKind } from '../../shared/record.ts';
import { projectRoot } from '../project-root.ts';
import { test } from './fixture.ts';
import { axeFindings, ORDINARY } from './look.ts';
import { begin, keepBusy, openKey, press, seemToHave, seeScreen, SLOW_MS, TITLES } from './path.ts';
import { takePicture, useTheme } from './screens.ts';
import { makeKey, makeSandboxWallet, put, putBucket } from './sandbox-kits.ts';

/** Whole buckets in the app: a drill over all sample wallets to its printed record, and checks that go wrong. */

const VECTORS = join(projectRoot, '..', 'shared', 'vectors', 'palisade');
const CLI = join(projectRoot, 'dist', 'cli', 'main.js');
const SAMPLE_WALLETS = 10;
/** One of the samples is backed up to the second recovery key alone, one to both. */
const BY_KEY = [9, 2] as const;

test.describe.configure({ timeout: 300_000 });

test.beforeEach(async ({ page }) => {
  await page.setViewportSize(ORDINARY);
});

async function save(page: Page, what: string, file: string, stub: StubSave): Promise<string> {
  await stub('showSaveDialog', { canceled: false, filePath: file });
  await press(page, `Save: ${what}`);
  await expect(page.getByText(file, { exact: true })).toBeVisible({ timeout: SLOW_MS });
  return file;
}

type StubSave = (kind: 'showSaveDialog', result: object) => Promise<unknown>;

const ofKind = <Kind extends RecordKind>(
  entries: readonly RecordEntry[],
  kind: Kind,
): readonly Extract<RecordEntry, { readonly kind: Kind }>[] =>
  entries.filter((entry): entry is Extract<RecordEntry, { readonly kind: Kind }> => entry.kind === kind);

test.describe('the vectors’ bucket', () => {
  test.skip(!existsSync(VECTORS), 'needs the vectors at ../shared/vectors, which are absent');

  test('a drill over all ten wallets by both keys, its record saved, printed, signed and verified', async ({
    page,
    electronApp,
    folder,
    dropFiles,
    stubDialog,
  }) => {
    await seemToHave(electronApp, []);
    await page.getByLabel('Your name, at the keyboard').fill('Ann Operator');
    await page.getByLabel('Witnesses', { exact: true }).fill('Bob Witness, Cid Auditor');
    await takePicture(page, 'prepare', 'light');
    await begin(page, 'drill');
    await dropFiles(page.getByRole('main'), [join(VECTORS, 'bucket'), join(VECTORS, 'register.csv')]);
    await expect(page.getByRole('heading', { name: `${SAMPLE_WALLETS} wallets` })).toBeVisible({
      timeout: SLOW_MS,
    });
    await press(page, `Drill all ${SAMPLE_WALLETS}`);
    await seeScreen(page, 'Recover and compare all');
    for (const [i, matched] of BY_KEY.entries()) {
      if (i === 0) await press(page, 'Recover and compare all');
      else await press(page, 'Use another recovery key');
      await seeScreen(page, TITLES.unlock);
      await stubDialog('showOpenDialog', {
        canceled: false,
        filePaths: [join(VECTORS, `recovery-${i}.private.der`)],
      });
      await openKey(page);
      await seeScreen(page, 'Recover and compare all');
      await press(page, 'Recover and compare all');
      await expect(page.getByRole('heading', { name: /must be looked at$/ })).toBeVisible({
        timeout: SLOW_MS * 3,
      });
      await expect(page.getByText(`${matched} at the registered address`)).toBeVisible();
      await expect(page.locator('.bucket-row')).toHaveCount(SAMPLE_WALLETS);
    }
    await takePicture(page, 'bucket-recovered', 'light');
    await press(page, 'Finish and wipe');
    await seeScreen(page, TITLES.done);
    await takePicture(page, 'record', 'light');

    const saved = await save(page, 'Record', join(folder, 'record.json'), stubDialog);
    const bytes = readFileSync(saved);
    const { entries } = parseRecord(bytes);
    expect(ofKind(entries, 'people')[0]?.people.map(({ name, role }) => `${name}, ${role}`)).toEqual([
      'Ann Operator, operator',
      'Bob Witness, witness',
      'Cid Auditor, witness',
    ]);
    expect(ofKind(entries, 'bucket').map(({ total, done }) => [total, done])).toEqual([
      [SAMPLE_WALLETS, SAMPLE_WALLETS],
      [SAMPLE_WALLETS, SAMPLE_WALLETS],
    ]);
    const matched = ofKind(entries, 'bucket-wallet').filter(({ comparison }) => comparison === 'matched');
    expect(new Set(matched.map(({ keyId }) => keyId)).size).toBe(SAMPLE_WALLETS);
    expect(ofKind(entries, 'unlocked')).toHaveLength(2);

    const pdf = readFileSync(await save(page, 'Page as PDF', join(folder, 'record.pdf'), stubDialog));
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(20_000);
    const html = readFileSync(
      await save(page, 'Page as HTML', join(folder, 'record.html'), stubDialog),
      'utf8',
    );
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/i);
    await press(page, 'Sign with a new key');
    await expect(page.getByText(`${saved}.sig`, { exact: true })).toBeVisible({ timeout: SLOW_MS });
    expect(
      verifyRecord(bytes, {
        signatures: [{ file: 'sig', content: readFileSync(`${saved}.sig`) }],
        publicKeys: [{ file: 'pub', content: readFileSync(`${saved}.pub`) }],
      }).sound,
    ).toBe(true);
    // The command line finds the same, and ssh-keygen takes the signature.
    const args = [
      CLI,
      'record',
      'verify',
      saved,
      '--signature',
      `${saved}.sig`,
      '--public-key',
      `${saved}.pub`,
    ];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toContain(
      (await page.locator('.head-words li').first().textContent()) ?? 'no word',
    );
    const signers = join(folder, 'signers');
    writeFileSync(signers, `drill ${readFileSync(`${saved}.pub`, 'utf8')}`);
    const verify = [
      '-Y',
      'verify',
      '-f',
      signers,
      '-I',
      'drill',
      '-n',
      'breakglass-record@v1',
      '-s',
      `${saved}.sig`,
    ];
    expect(execFileSync('ssh-keygen', verify, { input: bytes, encoding: 'utf8' })).toContain('Good');
  });
});

test('a bucket with a damaged wallet: filtered, told why, gone on with from the results file', async ({
  page,
  electronApp,
  folder,
  stubDialog,
  expectConsoleErrors,
}) => {
  expectConsoleErrors(/Content Security Policy/);
  const key = makeKey();
  const wallets = Array.from({ length: 6 }, (_, i) =>
    makeSandboxWallet(key, i % 2 === 0 ? 'SECP256K1' : 'ED25519', 2),
  );
  const [damaged] = wallets;
  const [bucket, register] = putBucket(folder, [
    { ...damaged!, kit: damageKit(damaged!.kit) },
    ...wallets.slice(1),
  ]);
  await seemToHave(electronApp, [{ name: 'eth0', up: true }]);
  await seeScreen(page, TITLES.prepare);
  await page.getByRole('radio', { name: /^Check a whole bucket/ }).check();
  await press(page, 'Start the bucket check');
  await seeScreen(page, 'Check a whole bucket');
  await expect(page.getByRole('button', { name: 'Check every backup' })).toBeDisabled();
  expect.soft(await axeFindings(page, 'light')).toEqual([]);
  await stubDialog('showOpenDialog', { canceled: false, filePaths: [bucket!] });
  await press(page, 'Add a folder');
  await stubDialog('showOpenDialog', { canceled: false, filePaths: [register!] });
  await press(page, 'Choose');
  await expect(page.getByText('6 wallets')).toBeVisible();
  await stubDialog('showSaveDialog', { canceled: false, filePath: join(folder, 'results') });
  await press(page, 'Keep results');
  await takePicture(page, 'bucket-inputs', 'light');
  await press(page, 'Check every backup');
  await seeScreen(page, '1 wallet must be looked at');
  await expect(page.getByText('5 good', { exact: true })).toBeVisible();
  await takePicture(page, 'bucket-checked', 'light');
  await useTheme(page, 'dark');
  await takePicture(page, 'bucket-checked', 'dark');
  const atWork = keepBusy(electronApp);
  await page.getByLabel('Show').selectOption('bad');
  expect(await page.getByLabel('Show').inputValue()).toBe('bad');
  await atWork;
  await expect(page.locator('.bucket-row')).toHaveCount(1);
  await expect(page.locator('.bucket-row')).toContainText(damaged!.keyId);
  await expect(page.locator('.bucket-row')).toContainText('The proof of player 0 does not match');
  expect.soft(await axeFindings(page, 'light')).toEqual([]);
  expect(readFileSync(join(folder, 'results.verify'), 'utf8').trim().split('\n')).toHaveLength(7);

  // The same again takes nothing but the results.
  await press(page, 'Go back');
  await seeScreen(page, TITLES.prepare);
  await page.getByRole('radio', { name: /^Check a whole bucket/ }).check();
  await press(page, 'Start the bucket check');
  await stubDialog('showOpenDialog', { canceled: false, filePaths: [bucket!, register!] });
  await press(page, 'Add a folder');
  await press(page, 'Keep results');
  await press(page, 'Check every backup');
  await seeScreen(page, '1 wallet must be looked at');
  await expect(page.getByText('6 done by an earlier run')).toBeVisible();

  // To recover, the machine has to be cut off.
  await press(page, 'Recover and compare all');
  await seeScreen(page, TITLES.blocked);
  await seemToHave(electronApp, []);
  await seeScreen(page, TITLES.unlock);
  await stubDialog('showOpenDialog', { canceled: false, filePaths: [put(folder, 'r.der', key.privateDer)] });
  await openKey(page);
  await press(page, 'Recover and compare all');
  await seeScreen(page, '1 wallet must be looked at');
  await expect(page.getByText('5 at the registered address')).toBeVisible({ timeout: SLOW_MS });
  expect.soft(await axeFindings(page, 'light')).toEqual([]);
  await press(page, 'Finish and wipe');
  await seeScreen(page, TITLES.done);
  expect.soft(await axeFindings(page, 'light')).toEqual([]);
});
