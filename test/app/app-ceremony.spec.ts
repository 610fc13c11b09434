import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, type Locator, type Page } from '@playwright/test';

import { verifyRecord } from '../../electron/record/verify-record.ts';
import { parseRecord } from '../../electron/record/parse-record.ts';
import { AIR_GAP_OVERRIDE } from '../../shared/session-state.ts';
import { projectRoot } from '../project-root.ts';
import { test } from './fixture.ts';
import { press, seemToHave, seeScreen, TITLES } from './path.ts';
import { look } from './look.ts';
import { THEMES, useTheme } from './screens.ts';
import {
  filesBelow,
  pageHeap,
  recordMessages,
  secretsIn,
  secretsInPageMemory,
  type Secret,
} from './secrets-scan.ts';

/** A key ceremony from the first screen to the record: with dice, shares of the password, and everybody's word. */

const PASSWORD = 'four witnesses hold one lamp 8823';
const ROLLS = '36251'.repeat(4) + '41526 33164 25513 64216 15432 '.repeat(3) + '12345';
/** Two primes of 2048 bits, on a machine under load. */
const MAKING_MS = 180_000;

const CEREMONY_TITLES = {
  people: 'Who is here?',
  randomness: 'What is the key made of?',
  make: 'Make the key',
  witness: 'Read the fingerprint aloud',
  files: 'Write the key’s files',
  work: 'The files work',
  split: 'Split among custodians',
  again: 'Split anew',
  print: 'Print the shares, and try them',
  tried: 'The shares work',
  agreed: 'Everybody agreed',
} as const;

test.describe.configure({ timeout: 420_000 });

/** Starts a ceremony, from the first screen. */
async function beginCeremony(page: Page): Promise<void> {
  await seeScreen(page, TITLES.prepare);
  const named = page.getByLabel('Your name, at the keyboard');
  await expect(named).toBeVisible();
  await named.fill('Nobody yet');
  await page.getByRole('radio', { name: /^Key ceremony/ }).check();
  await expect(named).toBeHidden();
  await press(page, 'Start the ceremony');
  await seeScreen(page, CEREMONY_TITLES.people);
}

/** Names an operator and witnesses. */
async function namePeople(page: Page, witnesses: readonly string[]): Promise<void> {
  await page.getByLabel('Operator, at the keyboard').fill('Ann Operator');
  for (const [i, name] of witnesses.entries()) {
    if (i > 0) await press(page, 'Add another witness');
    await page.getByLabel(`Witness ${i + 1}`).fill(name);
  }
  await press(page, 'Name these people');
}

/** Types the name of the person whose turn it is, and presses the main button. */
async function speak(page: Page, name: string, button: string): Promise<void> {
  await page.getByLabel('Your name, as it stands above').fill(name);
  await press(page, button);
}

/** Looks at a step in one theme, the other one at the next step: sixteen screens in both take minutes. */
async function lookAt(page: Page, name: string): Promise<void> {
  const theme = THEMES[looked++ % THEMES.length] ?? 'light';
  await useTheme(page, theme);
  await look(page, `40-ceremony-${name}`, [theme]);
}

let looked = 0;

/** The built command line. @returns what it printed as JSON */
function cli(args: readonly string[]): Record<string, unknown> {
  const program = join(projectRoot, 'build/cli/breakglass.mjs');
  const printed = execFileSync(process.execPath, [program, ...args, '--json']).toString();
  return JSON.parse(printed) as Record<string, unknown>;
}

test('a whole ceremony: dice, files that the command line opens, 2 of 3 shares, a record that verifies', async ({
  page,
  electronApp,
  folder,
  stubDialog,
  expectConsoleErrors,
}) => {
  expectConsoleErrors(/Content Security Policy/);
  const messages = await recordMessages(electronApp);
  await seemToHave(electronApp, []);
  await seeScreen(page, TITLES.prepare);
  await lookAt(page, '00-prepare');
  await beginCeremony(page);
  await lookAt(page, '01-people');
  await page.getByLabel('Custodian 1').fill('Cid Keeper');
  await page.getByLabel('Lead of the ceremony').fill('Lea Lead');
  await namePeople(page, ['Bob Witness', 'Wil Witness']);

  await seeScreen(page, CEREMONY_TITLES.randomness);
  await lookAt(page, '02-randomness');
  await page.getByRole('radio', { name: /^The system’s and a die/ }).check();
  const rolls = page.getByLabel('Rolls, one digit from 1 to 6 each');
  await rolls.fill('1237');
  await expect(page.getByRole('alert')).toContainText('Roll 4 is not a digit from 1 to 6');
  await rolls.fill('1'.repeat(60));
  await expect(page.getByRole('heading', { name: 'These rolls are uneven' })).toBeVisible();
  await lookAt(page, '03-dice-uneven');
  await rolls.fill(ROLLS);
  await expect(page.getByText('100 rolls, 258 bits')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'These rolls are uneven' })).toBeHidden();
  await press(page, 'Use these rolls');

  await seeScreen(page, CEREMONY_TITLES.make);
  await lookAt(page, '04-make');
  await press(page, 'Make the key');
  await expect(page.getByRole('heading', { level: 1, name: CEREMONY_TITLES.witness })).toBeVisible({
    timeout: MAKING_MS,
  });
  await lookAt(page, '05-fingerprint');
  const words = await page.getByLabel('The fingerprint in words').getByRole('listitem').allTextContents();
  expect(words).toHaveLength(32);
  await speak(page, 'Wil Witness', 'The words agree');
  await expect(page.getByText('This is another name than the one above.')).toBeVisible();
  await speak(page, 'Bob Witness', 'The words agree');
  await expect(page.getByText('Confirmed by 1 of 2')).toBeVisible();
  await speak(page, 'wil witness', 'The words agree');

  await seeScreen(page, CEREMONY_TITLES.files);
  await lookAt(page, '06-files');
  const medium = join(folder, 'user', 'medium');
  mkdirSync(join(medium, 'full', 'x'), { recursive: true });
  const chooseFolder = async (path: string): Promise<void> => {
    await stubDialog('showOpenDialog', { canceled: false, filePaths: [path] });
    await press(page, 'Choose where to');
  };
  await chooseFolder(join(medium, 'full'));
  await expect(page.getByRole('alert')).toContainText('“full” is not empty');
  await chooseFolder(join(medium, 'key'));
  await page.getByLabel('New password').fill(PASSWORD);
  await expect(page.getByText('Strong')).toBeVisible({ timeout: 30_000 });
  await page.getByLabel('The same again').fill(`${PASSWORD}!`);
  await press(page, 'Write and try the files');
  await expect(page.getByRole('alert')).toContainText('The two passwords differ');
  await lookAt(page, '07-password');
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByLabel('The same again').fill(PASSWORD);
  await press(page, 'Write and try the files');
  await expect(page.getByRole('heading', { level: 1, name: CEREMONY_TITLES.work })).toBeVisible({
    timeout: MAKING_MS,
  });
  await lookAt(page, '08-files-work');
  await expect(
    page.getByRole('row', { name: /recovery-public-key\.der.*550 bytes.*Palisade/ }),
  ).toBeVisible();
  expect(readdirSync(join(medium, 'key')).sort()).toEqual([
    'recovery-private-key.pke1',
    'recovery-public-key.b64',
    'recovery-public-key.der',
    'recovery-public-key.hex',
  ]);
  const privateKeyFile = join(medium, 'key', 'recovery-private-key.pke1');
  expect(statSync(privateKeyFile).mode & 0o777).toBe(0o600);

  await press(page, 'Split among custodians');
  await seeScreen(page, CEREMONY_TITLES.split);
  await expect(page.getByLabel('Custodian 1')).toHaveValue('Cid Keeper');
  await page.getByLabel('Custodian 2').fill('Dan Keeper');
  await page.getByLabel('Custodian 3').fill('dan keeper');
  await expect(page.getByText(/“dan keeper” stands here twice/)).toBeVisible();
  await page.getByLabel('Custodian 3').fill('Eve Keeper');
  await lookAt(page, '09-split');
  await chooseFolder(join(medium, 'key'));
  await expect(page.getByRole('alert')).toContainText('“key” is not empty');
  await chooseFolder(join(medium, 'pages'));
  await press(page, 'Make the shares');
  await seeScreen(page, CEREMONY_TITLES.print);
  await lookAt(page, '10-print');
  const pagesIn = (name: string): readonly string[] =>
    readdirSync(join(medium, name))
      .sort()
      .map((file) => join(medium, name, file));
  const givenUp = pagesIn('pages');
  expect(givenUp).toHaveLength(3);
  const combine = async (button: string, files: readonly string[]): Promise<void> => {
    await stubDialog('showOpenDialog', { canceled: false, filePaths: files });
    await press(page, button);
  };
  await combine('Combine shares', [givenUp[0]!]);
  await expect(page.getByRole('alert')).toContainText('More shares are needed');
  // A page that can't be read: the set is given up for another, in another folder, and stays where it is.
  const torn = join(folder, 'user', 'torn.txt');
  writeFileSync(torn, readFileSync(givenUp[1]!, 'utf8').replaceAll(/^.*02: .*$/gm, ''));
  await expect(page.getByRole('button', { name: 'Split anew' })).toBeHidden();
  await combine('Combine shares', [givenUp[0]!, torn]);
  await expect(page.getByRole('heading', { name: 'Shares of this set could not be combined' })).toBeVisible();
  await lookAt(page, '10-failed');
  await press(page, 'Split anew');
  await seeScreen(page, CEREMONY_TITLES.again);
  await expect(page.getByLabel('Custodian 3')).toHaveValue('Eve Keeper');
  await lookAt(page, '10-split-anew');
  await press(page, 'Back to the set');
  await press(page, 'Split anew');
  await chooseFolder(join(medium, 'pages'));
  await expect(page.getByRole('alert')).toContainText('“pages” is not empty');
  await chooseFolder(join(medium, 'pages-2'));
  await press(page, 'Make the shares');
  await seeScreen(page, CEREMONY_TITLES.print);
  await expect(page.getByRole('heading', { name: 'Destroy the earlier set' })).toBeVisible();
  await lookAt(page, '10-print-anew');
  expect(pagesIn('pages')).toEqual(givenUp);
  const pages = pagesIn('pages-2');
  await combine('Combine shares', [pages[0]!, givenUp[2]!]);
  await expect(page.getByRole('alert')).toContainText('The shares are not of one set');
  await combine('Combine shares', [pages[0]!, pages[2]!]);
  await seeScreen(page, CEREMONY_TITLES.tried);
  await lookAt(page, '11-shares-work');
  await press(page, 'Wipe and go on');

  for (const name of ['Lea Lead', 'Ann Operator', 'Bob Witness', 'Wil Witness', 'Cid Keeper']) {
    await seeScreen(page, `${name}: do you agree?`);
    if (name === 'Lea Lead') await lookAt(page, '12-agree');
    await speak(page, name, 'I agree');
  }
  await seeScreen(page, CEREMONY_TITLES.agreed);
  await lookAt(page, '13-agreed');

  const passwordFile = join(folder, 'user', 'password.txt');
  const combined = cli(['shares', 'combine', pages[1]!, pages[2]!, '--output-file', passwordFile]);
  expect(combined).toMatchObject({ what: 'password', shares: [2, 3] });
  expect(readFileSync(passwordFile, 'utf8')).toBe(PASSWORD);
  const opened = cli([
    ...['validate-private-key', '--private-key-file', privateKeyFile, '--password-file', passwordFile],
    ...['--public-key-file', join(medium, 'key', 'recovery-public-key.b64')],
  ]);
  expect(opened).toMatchObject({ modulusBits: 4096 });

  const secrets: readonly Secret[] = [
    { name: 'password', bytes: Buffer.from(PASSWORD) },
    { name: 'rolls', bytes: Buffer.from(ROLLS.replaceAll(' ', '').slice(0, 40)) },
    ...[...givenUp, ...pages].map((file, i) => ({
      name: `share ${i + 1}`,
      bytes: Buffer.from(shareLine(file)),
    })),
  ];
  const sent = await messages();
  expect(sent).toContain('Cid Keeper');
  expect(secretsIn(Buffer.from(sent), secrets), 'messages').toEqual([]);
  expect(secretsIn(Buffer.from(await page.content()), secrets), 'the page').toEqual([]);
  expect(secretsIn(await pageHeap(page), secrets), 'the page’s heap').toEqual([]);
  // What was typed was in the page, whose freed memory nobody wipes; what main keeps never was.
  const kept = secrets.filter(({ name }) => name.startsWith('share'));
  expect(secretsInPageMemory(electronApp.process().pid ?? 0, kept) ?? [], 'page memory').toEqual([]);

  await press(page, 'Finish and wipe');
  await seeScreen(page, TITLES.done);
  await expect(page.getByRole('region', { name: 'What this session left' })).toContainText(
    'recovery-private-key.pke1',
  );
  await expect(page.getByText('Shares given up, 3 pages')).toBeVisible();
  await expect(page.getByText('Your files are as they were')).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Steps' }).getByText('(done)')).toHaveCount(7);
  await lookAt(page, '14-done');
  const recordFile = join(folder, 'user', 'record.json');
  await stubDialog('showSaveDialog', { canceled: false, filePath: recordFile });
  await press(page, 'Save: Record');
  await expect(page.getByText(recordFile)).toBeVisible();
  const bytes = readFileSync(recordFile);
  expect(verifyRecord(bytes)).toMatchObject({ sound: true });
  const { entries } = parseRecord(bytes);
  expect(
    entries.map(({ kind }) => kind).filter((kind) => !['air-gap', 'stage', 'fault'].includes(kind)),
  ).toEqual([
    ...['opened', 'people', 'randomness', 'key-made', 'public-key-read', 'public-key-read'],
    ...['written', 'written', 'written', 'written', 'test-decryption', 'original-wiped'],
    ...['shares-made', 'written', 'written', 'written'],
    ...['note', 'shares-made', 'written', 'written', 'written', 'shares-combined', 'original-wiped'],
    ...['agreed', 'agreed', 'agreed', 'agreed', 'agreed', 'wiped', 'closed'],
  ]);
  expect(entries.find(({ kind }) => kind === 'opened')).toMatchObject({ mode: 'ceremony' });
  expect(entries.find(({ kind }) => kind === 'randomness')).toMatchObject({ diceRolls: 100 });
  expect(entries.find(({ kind }) => kind === 'wiped')).toMatchObject({ secretsWiped: true });
  expect(entries.find(({ kind }) => kind === 'shares-combined')).toMatchObject({
    indexes: [1, 3],
    passed: true,
  });
  const own = filesBelow(folder).filter(({ file }) => !file.startsWith(join(folder, 'user/')));
  expect(
    own.flatMap(({ file, bytes: each }) => secretsIn(each, secrets).map((what) => `${file}: ${what}`)),
  ).toEqual([]);
});

/** The first line of a share's page, as it is printed. */
function shareLine(file: string): string {
  return /02: ([A-Z0-9 ]+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
}

test('a connected machine makes no key until the sentence is typed; going back throws the key away', async ({
  page,
  electronApp,
  expectConsoleErrors,
}) => {
  expectConsoleErrors(/Content Security Policy/);
  await seemToHave(electronApp, [{ name: 'eth0', up: true }]);
  await beginCeremony(page);
  await namePeople(page, ['Bob Witness']);
  await seeScreen(page, TITLES.blocked);
  await lookAt(page, '20-blocked');
  const refused = await page.evaluate<{ ok: boolean; fault?: { code: string } }>(
    `window.recovery['ceremony.choose-randomness']({ dice: null }).then(() => window.recovery['ceremony.make-key'](null))`,
  );
  expect(refused.ok ? '' : refused.fault?.code).toBe('air-gap.open');
  await page.getByText('It can’t be cut off, and the ceremony must go on').click();
  await page.getByLabel('The sentence, word for word').fill(AIR_GAP_OVERRIDE);
  await press(page, 'Accept and go on');
  await seeScreen(page, CEREMONY_TITLES.make);
  await press(page, 'Make the key');
  await expect(fingerprint(page)).toBeVisible({ timeout: MAKING_MS });
  const first = await fingerprint(page).textContent();
  await press(page, 'Go back');
  await seeScreen(page, CEREMONY_TITLES.randomness);
  await press(page, 'Use the system’s randomness');
  await press(page, 'Make the key');
  await expect(fingerprint(page)).toBeVisible({ timeout: MAKING_MS });
  expect(await fingerprint(page).textContent()).not.toBe(first);
});

function fingerprint(page: Page): Locator {
  return page.getByLabel('The fingerprint in words');
}
