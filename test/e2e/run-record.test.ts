import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { addressesOf } from '../../electron/engine/address/addresses.ts';
import { headWords } from '../../electron/engine/words/head-words.ts';
import { appHashOfFolder } from '../../electron/files/app-hash.ts';
import { curveOfAlgorithm } from '../../shared/key-algorithm.ts';
import type { SessionRecord } from '../../shared/record.ts';
import { BUNDLE, Workspace, type CliLine, type CliOptions } from '../fixtures/cli.ts';
import {
  addRecoveryKey,
  addWallet,
  changePart,
  flipByte,
  makeRecoveryKey,
  makeWallet,
  registerOf,
  type TestWallet,
} from '../fixtures/wallets.ts';
import { describeTokens } from '../fixtures/hsm/describe-tokens.ts';
import { HsmRoom, keyArgs, PIN_FILE } from '../fixtures/hsm/hsm-room.ts';

type Entry = SessionRecord['entries'][number];

/** A recorded run: how it ended, what it printed before its record's line, and the record. */
interface RecordedRun {
  readonly code: number | null;
  readonly lines: readonly CliLine[];
  readonly entries: readonly Entry[];
  /** All that the record says, as text. */
  readonly text: string;
}

const PASSWORD = 'a long passphrase';
/** Primes are a matter of luck, and a busy machine makes it worse. */
const PATIENCE = 120_000;

const workspace = new Workspace();
const key = makeRecoveryKey();
let appHash: string;
let wallet: TestWallet & { readonly address: string };
let damaged: TestWallet;
let count = 0;

beforeAll(async () => {
  appHash = await appHashOfFolder(dirname(BUNDLE));
  const made = makeWallet({ key, players: 2 });
  const publicKey = new Uint8Array(Buffer.from(made.walletPublicKeyHex, 'hex'));
  wallet = {
    ...made,
    address: addressesOf(curveOfAlgorithm(made.keyAlgorithm), publicKey)[0]?.address ?? '',
  };
  damaged = makeWallet({ key, players: 2 });
  damaged = {
    ...damaged,
    file: changePart(damaged.file, 1, ({ es }) => ({
      es: es.map((each, i) => (i === 3 ? flipByte(each) : each)),
    })),
  };
  addWallet(workspace, wallet);
  addWallet(workspace, damaged);
  addRecoveryKey(workspace, key);
  // Of the kind that may be shown where it was asked for, as `shares combine` does.
  workspace.keepSecret('wallet', PASSWORD);
  workspace.write('password.txt', PASSWORD);
  workspace.write('register.csv', registerOf([wallet, damaged]));
  workspace.write('ceremony/readme.txt', 'a folder');
});
afterAll(() => {
  workspace.remove();
});

/** Runs with `--record`, and shows that `record verify` accepts what it wrote: by its head, of this very program. */
async function recorded(
  args: readonly string[],
  { outputs = [], ...options }: CliOptions = {},
  room = workspace,
): Promise<RecordedRun> {
  const name = `record-${++count}.json`;
  const run = await room.run([...args, '--record', name, '--json'], {
    ...options,
    outputs: [...outputs, name],
  });
  expect(run.stderr).toBe('');
  const last = run.lines.at(-1);
  const { entries, head } = JSON.parse(readFileSync(room.path(name), 'utf8')) as SessionRecord;
  expect(last).toMatchObject({
    kind: 'record',
    recordFile: name,
    headHex: head,
    headWords: headWords(head),
    entries: entries.length,
  });
  expect(statSync(room.path(name)).mode & 0o777).toBe(0o600);
  const verified = await room.run([
    ...['record', 'verify', name, '--head-hex', head, '--app-hash', appHash, '--json'],
  ]);
  expect(verified.lines[0]).toMatchObject({ sound: true, code: null });
  expect(entries.slice(-2).map(({ kind }) => kind)).toEqual(['wiped', 'closed']);
  return { code: run.code, lines: run.lines.slice(0, -1), entries, text: JSON.stringify(entries) };
}

function kinds({ entries }: RecordedRun): readonly string[] {
  return entries.map(({ kind }) => kind);
}

function entryOf<Kind extends Entry['kind']>(
  { entries }: RecordedRun,
  kind: Kind,
): Extract<Entry, { readonly kind: Kind }> {
  const found = entries.find((entry) => entry.kind === kind);
  if (found === undefined) throw new Error(`no entry of the kind ${kind}`);
  return found as Extract<Entry, { readonly kind: Kind }>;
}

const recoverArgs = (of: TestWallet, ...more: readonly string[]): readonly string[] => [
  ...['recover', '--recovery-kit-file', 'bucket', '--private-key-file', 'recovery.der'],
  ...['--register', 'register.csv', '--key-id', of.keyId, ...more],
];

describe('recover --record', () => {
  it('says what was read, checked, opened, recovered and given out, and who was there', async () => {
    const run = await recorded(
      recoverArgs(
        wallet,
        ...['--output-file', 'key.pke1', '--password-file', 'password.txt'],
        ...['--person', 'Ada Lovelace, Countess, operator', '--person', 'Grace Hopper,WITNESS'],
      ),
      { outputs: ['key.pke1'] },
    );
    expect(run.code).toBe(0);
    expect(kinds(run)).toEqual([
      ...['opened', 'air-gap', 'people', 'note', 'file', 'file', 'wallet', 'file', 'unlocked'],
      ...['verified', 'recovered', 'exported', 'wiped', 'closed'],
    ]);
    expect(entryOf(run, 'opened')).toMatchObject({ mode: 'live', app: { name: 'cli', hash: appHash } });
    expect(entryOf(run, 'people').people).toEqual([
      { name: 'Ada Lovelace, Countess', role: 'operator' },
      { name: 'Grace Hopper', role: 'witness' },
    ]);
    expect(run.entries.filter(({ kind }) => kind === 'file')).toMatchObject([
      { what: 'register', name: 'register.csv', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      { what: 'kit', name: `${wallet.keyId}/recovery_shard-0.txt`, sizeBytes: wallet.file.length },
      { what: 'recovery-key', name: 'recovery.der', sha256: null },
    ]);
    expect(entryOf(run, 'verified')).toMatchObject({ keyId: wallet.keyId, verdict: 'valid', code: null });
    expect(entryOf(run, 'recovered')).toMatchObject({
      comparison: 'matched',
      expectedAddress: wallet.address,
      publicKeyHex: wallet.walletPublicKeyHex,
    });
    expect(entryOf(run, 'exported').output).toMatchObject({ kind: 'file', name: 'key.pke1', format: 'pke1' });
    expect(entryOf(run, 'wiped')).toMatchObject({ reason: 'finished', secretsWiped: true, hsmClosed: null });
  });

  it('says that a key was shown, and never the key', async () => {
    const run = await recorded(recoverArgs(wallet, '--show-key'), { reveals: true });
    expect(entryOf(run, 'exported').output).toEqual({ kind: 'shown', path: 'm/0' });
    for (const secret of [wallet.masterPrivateKey, wallet.walletPrivateKey, wallet.masterChainCode])
      expect(run.text).not.toContain(Buffer.from(secret).toString('hex'));
  });

  it('of a key in the clear keeps no hash', async () => {
    const run = await recorded(recoverArgs(wallet, '--output-file', 'clear', '--encrypt-output=false'), {
      outputs: ['clear'],
      reveals: true,
    });
    expect(entryOf(run, 'exported').output).toMatchObject({ format: 'hex', sha256: null });
  });

  it('of a backup that is refused', async () => {
    const run = await recorded(recoverArgs(damaged));
    expect(run.code).toBe(4);
    expect(entryOf(run, 'verified')).toMatchObject({ verdict: 'invalid', keyId: damaged.keyId });
    expect(entryOf(run, 'fault').code).toBe(entryOf(run, 'verified').code);
    expect(entryOf(run, 'wiped').reason).toBe('failed');
    expect(kinds(run)).not.toContain('recovered');
  });

  it.each<[string, readonly string[], number, string]>([
    ['a key file that is not there', ['--private-key-file', 'gone.der'], 3, 'file.not-found'],
    [
      'a guard',
      ['--private-key-file', 'recovery.der', '--output-file', 'register.csv'],
      7,
      'guard.output-exists',
    ],
    ['a wrong call', ['--private-key-file', 'recovery.der', '--path', 'x'], 2, 'path.malformed'],
  ])('of a run that %s ended', async (_what, more, code, fault) => {
    const run = await recorded([
      ...['recover', '--recovery-kit-file', 'bucket', '--register', 'register.csv', '--key-id', wallet.keyId],
      ...more,
    ]);
    expect([run.code, run.lines.at(-1)?.code]).toEqual([code, fault]);
    expect(entryOf(run, 'fault').code).toBe(fault);
    expect(entryOf(run, 'wiped').reason).toBe('failed');
  });

  it('tells people the head, in hex and in words', async () => {
    const run = await workspace.run([...recoverArgs(wallet), '--record', 'people.json'], {
      outputs: ['people.json'],
    });
    const { head } = JSON.parse(readFileSync(workspace.path('people.json'), 'utf8')) as SessionRecord;
    expect(run.stdout).not.toContain(head);
    expect(run.stderr).toContain('Record of this run written to people.json.');
    expect(run.stderr).toContain(head);
    expect(run.stderr).toContain(headWords(head).slice(8, 16).join(' '));
  });

  it.each<[string, readonly string[], string]>([
    ['a file that is there', ['--record', 'register.csv'], 'guard.output-exists'],
    ['a folder that is not there', ['--record', 'nowhere/r.json'], 'file.write-failed'],
    ['a person and no record', ['--person', 'Ada, operator'], 'usage.invalid'],
    ['a role that is none', ['--record', 'no.json', '--person', 'Ada, boss'], 'usage.invalid'],
    ['no name', ['--record', 'no.json', '--person', ', witness'], 'usage.invalid'],
    ['no role', ['--record', 'no.json', '--person', 'witness'], 'usage.invalid'],
  ])('refuses %s before anything is read', async (_what, more, code) => {
    const { lines } = await workspace.run([...recoverArgs(wallet), ...more, '--json']);
    expect(lines.map((line) => line.code)).toEqual([code]);
  });
});

describe('bucket --record', () => {
  it.each<[string, readonly string[]]>([
    ['verify', []],
    ['recover-check', ['--private-key-file', 'recovery.der']],
  ])('%s: a line a wallet, and the whole', async (mode, more) => {
    const run = await recorded(['bucket', mode, 'bucket', '--register', 'register.csv', ...more]);
    expect(run.code).toBe(4);
    const rows = run.entries.flatMap((entry) => (entry.kind === 'bucket-wallet' ? [entry] : []));
    expect(rows.map(({ keyId, verdict }) => [keyId, verdict]).sort()).toEqual(
      [
        [wallet.keyId, 'valid'],
        [damaged.keyId, 'invalid'],
      ].sort(),
    );
    expect(rows.find(({ keyId }) => keyId === wallet.keyId)?.comparison).toBe('matched');
    expect(entryOf(run, 'bucket')).toMatchObject({
      name: 'bucket',
      total: 2,
      done: 2,
      recoverCheck: mode === 'recover-check',
      counts: { valid: 1, invalid: 1, unverifiable: 0, unsupported: 0, error: 0 },
    });
    expect(entryOf(run, 'opened').mode).toBe('bucket');
  });
});

describe('drill --record', { timeout: 2 * PATIENCE }, () => {
  const plan = ['drill', '--players', '2', '--key-type', 'ED25519'];

  it.each<[string, readonly string[], string | null]>([
    ['a good one', [], null],
    ['a fault that was found', ['--fault', 'damaged-shard'], 'damaged-shard'],
  ])('%s ends as expected', async (_what, more, fault) => {
    const run = await recorded([...plan, ...more], { milliseconds: PATIENCE });
    expect(run.code).toBe(0);
    expect(entryOf(run, 'drill')).toMatchObject({
      source: 'synthetic',
      players: 2,
      threshold: 1,
      algorithms: ['ED25519'],
      recoveryKeys: 1,
      fault,
      outcome: 'as-expected',
    });
    expect(entryOf(run, 'opened').mode).toBe('drill');
    expect(kinds(run)).toContain(fault === null ? 'recovered' : 'fault');
  });

  it('an interrupt leaves a record that says so', async () => {
    const run = workspace.start([...plan, '--record', 'interrupted.json'], {
      outputs: ['interrupted.json'],
      milliseconds: PATIENCE,
    });
    while (readdirSync(run.tmp).length === 0 && run.child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 2));
    run.child.kill('SIGINT');
    const { code, stderr } = await run.done;
    expect(code).toBe(130);
    expect(stderr).toContain('Record of this run written to interrupted.json.');
    const { lines } = await workspace.run(['record', 'verify', 'interrupted.json', '--json']);
    expect(lines[0]).toMatchObject({ sound: true, mode: 'drill' });
    const { entries } = JSON.parse(readFileSync(workspace.path('interrupted.json'), 'utf8')) as SessionRecord;
    expect(entries.at(-2)).toMatchObject({ kind: 'wiped', reason: 'quit', secretsWiped: false });
  });

  it('files to rehearse on are no drill', async () => {
    const run = await recorded(['drill', '--make-kit', 'kit']);
    expect([run.code, entryOf(run, 'fault').code]).toEqual([2, 'usage.invalid']);
    expect(existsSync(workspace.path('kit'))).toBe(false);
  });
});

describe('a ceremony with --record', { timeout: 3 * PATIENCE }, () => {
  it('generate, split, combine: what was made and tried, with hashes of what is public alone', async () => {
    const names = ['private-key.pke1', 'public-key.b64', 'public-key.der', 'public-key.hex'];
    const made = await recorded(
      [...['ceremony', 'generate', '--output-folder', 'ceremony', '--password-file', 'password.txt']],
      { outputs: names.map((name) => `ceremony/recovery-${name}`), milliseconds: PATIENCE },
    );
    expect(made.code).toBe(0);
    expect(entryOf(made, 'key-made')).toMatchObject({
      bits: 4096,
      fingerprint: made.lines[0]?.['fingerprintHex'],
    });
    expect(entryOf(made, 'randomness')).toMatchObject({ system: true, diceRolls: 0 });
    expect(entryOf(made, 'test-decryption').passed).toBe(true);
    const written = made.entries.flatMap((entry) => (entry.kind === 'written' ? [entry] : []));
    expect(written.map(({ what, sha256 }) => [what, sha256 === null])).toEqual([
      ['public-key', false],
      ['public-key', false],
      ['public-key', false],
      ['private-key', true],
    ]);

    const before = new Set(workspace.snapshot().keys());
    const outputs: string[] = [];
    const split = workspace.start(
      [
        ...['shares', 'split', '--needed', '2', '--of', '3', '--output-folder', 'ceremony'],
        ...['--private-key-file', 'ceremony/recovery-private-key.pke1', '--password-file', 'password.txt'],
        ...['--record', 'split.json', '--json'],
      ],
      { outputs, milliseconds: PATIENCE },
    );
    await new Promise((resolve) => split.child.once('exit', resolve));
    outputs.push(...[...workspace.snapshot().keys()].filter((name) => !before.has(name)));
    expect((await split.done).code).toBe(0);
    const record = JSON.parse(readFileSync(workspace.path('split.json'), 'utf8')) as SessionRecord;
    expect(record.entries.find(({ kind }) => kind === 'shares-made')).toMatchObject({ needed: 2, of: 3 });
    expect(record.entries.filter(({ kind }) => kind === 'written')).toHaveLength(3);

    const pages = outputs.filter((name) => name.startsWith('ceremony/'));
    const combined = await recorded(['shares', 'combine', ...pages.slice(1), '--output-file', 'again.txt'], {
      outputs: ['again.txt'],
      // The password is what the file is for.
      reveals: true,
    });
    expect(entryOf(combined, 'shares-combined')).toMatchObject({ indexes: [2, 3], passed: true });
    expect(entryOf(combined, 'written')).toMatchObject({ name: 'again.txt', sha256: null });
  });
});

describeTokens('recover --record with an HSM', (folder) => {
  let room: HsmRoom;
  beforeAll(() => {
    room = new HsmRoom(folder);
  });
  afterAll(() => {
    room.workspace.remove();
  });

  it('says how the token decrypted, and that it was closed', async () => {
    const name = 'hsm.json';
    const run = await room.recover(room.nss, [...keyArgs(room.nss), ...PIN_FILE, '--record', name], {
      outputs: [name],
    });
    expect(run.code).toBe(0);
    const { entries } = JSON.parse(readFileSync(room.workspace.path(name), 'utf8')) as SessionRecord;
    expect(entries.find(({ kind }) => kind === 'unlocked')).toMatchObject({
      keySource: { kind: 'hsm', mechanism: 'token-oaep', tokenLabel: 'hsm-test' },
    });
    expect(entries.at(-2)).toMatchObject({ kind: 'wiped', reason: 'finished', hsmClosed: true });
  });
});
