import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { headWords } from '../../electron/engine/words/head-words.ts';
import { Recorder } from '../../electron/record/recorder.ts';
import { Workspace, type CliRun } from '../fixtures/cli.ts';
import { ALL_BODIES, fullRecorder, SHA } from '../fixtures/records.ts';
import { describeSigning } from '../fixtures/signing.ts';

const RECORDER = fullRecorder();
const FILE = RECORDER.file();
const HEAD = RECORDER.head ?? '';
const WORDS = headWords(HEAD);

let workspace: Workspace;
let file: string;

beforeAll(() => {
  workspace = new Workspace();
  file = workspace.write('r.json', FILE);
});
afterAll(() => {
  workspace.remove();
});

const verify = (...args: readonly string[]): Promise<CliRun> =>
  workspace.run(['record', 'verify', ...args, '--json']);
const outcomes = ({ lines: [line] }: CliRun): readonly string[] =>
  (line?.checks ?? []).map(({ check, outcome }) => `${check}:${outcome}`);

describe('record verify', () => {
  it('of a record that nobody changed', async () => {
    const run = await verify(file);
    expect(run.code).toBe(0);
    expect(run.lines[0]).toMatchObject({
      command: 'record verify',
      sound: true,
      code: null,
      mode: 'live',
      entries: ALL_BODIES.length,
      headHex: HEAD,
      headWords: WORDS,
    });
    expect(outcomes(run)).toEqual([
      'form:passed',
      'chain:passed',
      'times:passed',
      'head:not-checked',
      'app:not-checked',
      'signature:not-checked',
    ]);
  });

  it('says it in words, with the head to compare', async () => {
    const { code, stdout } = await workspace.run(['record', 'verify', file]);
    expect(code).toBe(0);
    expect(stdout).toContain(`${file}: nothing was found changed`);
    expect(stdout).toContain('record of    a live recovery');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(WORDS.slice(8, 16).join(' '));
    expect(stdout).not.toMatch(/undefined|null/);
  });

  it.each<[string, readonly string[], number, string]>([
    ['the noted words', ['--head-words', WORDS.join(' ').toUpperCase()], 0, 'head:passed'],
    ['the noted hex', ['--head-hex', HEAD], 0, 'head:passed'],
    ['words of another record', ['--head-words', headWords(SHA).join(' ')], 4, 'head:failed'],
    ['the hash of the app', ['--app-hash', SHA.toUpperCase()], 0, 'app:passed'],
    ['the hash of another app', ['--app-hash', HEAD], 4, 'app:failed'],
  ])('against %s', async (_what, args, code, outcome) => {
    const run = await verify(file, ...args);
    expect([run.code, outcomes(run).includes(outcome)]).toEqual([code, true]);
  });

  it('names the entry that was changed', async () => {
    const text = new TextDecoder().decode(FILE);
    const changed = workspace.write('changed.json', text.replace('"sizeBytes":210', '"sizeBytes":211'));
    const run = await verify(changed);
    expect(run.code).toBe(4);
    expect(run.lines[0]).toMatchObject({ sound: false, code: 'record.chain-broken' });
    const { stdout } = await workspace.run(['record', 'verify', changed]);
    expect(stdout).toContain('Entry 4 of the record was changed');
  });

  it.each<[string, (text: string) => string, number, string]>([
    ['a blank', (text) => text.replace(',', ', '), 4, 'record.not-canonical'],
    ['a line break at the end', (text) => `${text}\n`, 4, 'record.not-canonical'],
    [
      'a field too many',
      (text) => text.replace('"kind":"closed"', '"kind":"closed","kinds":1'),
      3,
      'record.malformed',
    ],
    ['a kit', () => 'eyJwYXJ0', 3, 'record.malformed'],
  ])('refuses %s', async (what, change, code, errorCode) => {
    const changed = workspace.write(`${what}.json`, change(new TextDecoder().decode(FILE)));
    const run = await verify(changed);
    expect([run.code, run.lines[0]?.code]).toEqual([code, errorCode]);
  });

  it('warns where the clock went back, and names the entry', async () => {
    const times = [5000, 1000, 6000];
    const recorder = new Recorder({ nowMs: () => times.shift() ?? 0 });
    for (const body of ALL_BODIES.slice(0, 3)) recorder.add(body);
    const run = await verify(workspace.write('clock.json', recorder.file()));
    expect(run.code).toBe(0);
    expect(run.lines[0]?.checks?.[2]).toMatchObject({ check: 'times', outcome: 'warning', entries: [1] });
  });

  it.each<[string, readonly string[], string]>([
    ['no file', [], 'usage.invalid'],
    ['two files', ['a', 'b'], 'usage.invalid'],
    ['a word that is none', ['r.json', '--head-words', 'aardvarg'], 'words.malformed'],
    ['too few words', ['r.json', '--head-words', WORDS.slice(1).join(' ')], 'words.malformed'],
    ['words and hex', ['r.json', '--head-words', WORDS.join(' '), '--head-hex', HEAD], 'usage.invalid'],
    ['a short hash', ['r.json', '--app-hash', 'ab'], 'usage.invalid'],
    ['a key and no signature', ['r.json', '--public-key', 'r.json'], 'usage.invalid'],
  ])('refuses %s', async (_what, args, errorCode) => {
    const run = await verify(...args);
    expect([run.code, run.lines[0]?.code]).toEqual([2, errorCode]);
  });
});

describe('record page', () => {
  const page = (...args: readonly string[]): Promise<CliRun> =>
    workspace.run(['record', 'page', ...args, '--json'], {
      outputs: args.includes('page.html') ? ['page.html'] : [],
    });

  it('writes a page of a record that nobody changed', async () => {
    const run = await page('r.json', '--output-file', 'page.html');
    expect(run.code).toBe(0);
    expect(run.lines[0]).toMatchObject({ outputFile: 'page.html', headHex: HEAD });
    const text = readFileSync(workspace.path('page.html'), 'utf8');
    expect(text).toContain('<h1>Record of a live recovery</h1>');
    for (const word of WORDS) expect(text).toContain(word);
  });

  it('makes none of a record that was changed', async () => {
    workspace.write('bad.json', FILE.with(FILE.length - 20, 0x30));
    const run = await page('bad.json', '--output-file', 'none.html');
    expect(run.code).not.toBe(0);
    expect(run.lines[0]?.code).toMatch(/^record\./);
  });

  it('never overwrites', async () => {
    const run = await page('r.json', '--output-file', 'r.json');
    expect([run.code, run.lines[0]?.code]).toEqual([7, 'guard.output-exists']);
  });
});

describeSigning('record sign', (room) => {
  const PASSWORD = 'open sesame, please';

  beforeAll(() => {
    room.sshKey('id', PASSWORD, '-t', 'ed25519', '-a', '4');
    room.minisignKey('m', null);
    for (const name of ['id', 'id.pub', 'm.key', 'm.pub']) workspace.write(name, room.read(name));
    workspace.write('pw', `${PASSWORD}\n`);
    workspace.write('wrong', 'open says me\n');
    workspace.keepSecret('other', PASSWORD);
  });

  const sign = (args: readonly string[], outputs: readonly string[] = []): Promise<CliRun> =>
    workspace.run(['record', 'sign', 'r.json', ...args, '--json'], { outputs });

  it('by an OpenSSH key with a password; ssh-keygen and record verify accept it', async () => {
    const made = await sign(['--key', 'id', '--password-file', 'pw'], ['r.json.sig']);
    expect(made.code).toBe(0);
    expect(made.lines[0]).toMatchObject({ signatureFile: 'r.json.sig', kind: 'ssh', headHex: HEAD });
    const options = ['-Y', 'check-novalidate', '-n', 'breakglass-record@v1', '-s', 'r.json.sig'];
    expect(execFileSync('ssh-keygen', options, { cwd: workspace.folder, input: FILE }).toString()).toContain(
      'Good "breakglass-record@v1" signature',
    );
    const run = await verify('r.json', '--signature', 'r.json.sig', '--public-key', 'id.pub');
    expect(run.code).toBe(0);
    expect(run.lines[0]?.checks?.at(-1)).toMatchObject({
      check: 'signature',
      outcome: 'passed',
      key: made.lines[0]?.['key'],
      principal: 'id@example.org',
    });
    const other = await verify('r.json', '--signature', 'r.json.sig', '--public-key', 'm.pub');
    expect([other.code, other.lines[0]?.code]).toEqual([4, 'record.signature-rejected']);
    const again = await sign(['--key', 'id', '--password-file', 'pw']);
    expect([again.code, again.lines[0]?.code]).toEqual([7, 'guard.output-exists']);
  });

  it('by a minisign key, to a file of another name', async () => {
    const made = await sign(['--key', 'm.key', '--output-file', 'seen.minisig'], ['seen.minisig']);
    expect(made.code).toBe(0);
    const run = await verify('r.json', '--signature', 'seen.minisig', '--public-key', 'm.pub');
    expect([run.code, outcomes(run).at(-1)]).toEqual([0, 'signature:passed']);
    expect(
      execFileSync('minisign', ['-V', '-m', 'r.json', '-x', 'seen.minisig', '-p', 'm.pub'], {
        cwd: workspace.folder,
      }).toString(),
    ).toContain('Signature and comment signature verified');
  });

  it.each<[string, readonly string[], number, string]>([
    ['a wrong password', ['--key', 'id', '--password-file', 'wrong'], 5, 'password.wrong'],
    ['no password', ['--key', 'id'], 5, 'password.required'],
    ['a public key', ['--key', 'id.pub'], 3, 'signing-key.not-understood'],
    ['no key', [], 2, 'usage.invalid'],
    ['a key that is not there', ['--key', 'nowhere'], 3, 'file.not-found'],
  ])('refuses %s', async (_what, args, code, errorCode) => {
    const run = await sign(args);
    expect([run.code, run.lines[0]?.code]).toEqual([code, errorCode]);
  });

  it('signs no record that would not verify', async () => {
    workspace.write('bad.json', FILE.with(FILE.length - 20, 0x30));
    const run = await workspace.run(['record', 'sign', 'bad.json', '--key', 'm.key', '--json']);
    expect(run.code).not.toBe(0);
    expect(run.lines[0]?.code).toMatch(/^record\./);
  });

  it('by a key that record new-key made, which ssh-keygen reads', async () => {
    const make = (...args: readonly string[]) =>
      workspace.run(['record', 'new-key', '--key', 'new', ...args, '--json'], {
        outputs: args.includes('pw') ? ['new', 'new.pub'] : [],
      });
    workspace.write('short', 'short\n');
    expect((await make('--password-file', 'short')).lines[0]?.code).toBe('password.too-short');
    const made = await make('--password-file', 'pw', '--comment', 'ada@example.org');
    expect(made.code).toBe(0);
    const shown = execFileSync('ssh-keygen', ['-y', '-P', PASSWORD, '-f', 'new'], {
      cwd: workspace.folder,
    });
    expect(shown.toString().trim()).toBe(readFileSync(workspace.path('new.pub'), 'utf8').trim());
    expect(
      execFileSync('ssh-keygen', ['-l', '-f', 'new.pub'], { cwd: workspace.folder }).toString(),
    ).toContain(made.lines[0]?.['key']);
    const signed = await sign(['--key', 'new', '--password-file', 'pw', '--output-file', 'n.sig'], ['n.sig']);
    expect(signed.code).toBe(0);
    const run = await verify('r.json', '--signature', 'n.sig', '--public-key', 'new.pub');
    expect(run.lines[0]?.checks?.at(-1)).toMatchObject({ outcome: 'passed', principal: 'ada@example.org' });
    expect((await make('--password-file', 'short')).lines[0]?.code).toBe('guard.output-exists');
  });
});
