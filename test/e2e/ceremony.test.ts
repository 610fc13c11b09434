import { readdirSync, readFileSync, statSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Workspace, type CliRun } from '../fixtures/cli.ts';
import { hasTerminal, runAtTerminal } from '../fixtures/terminal.ts';

const PASSWORD = 'a long passphrase';
/** Primes are a matter of luck, and a busy machine makes it worse. */
const PATIENCE = 120_000;
const DICE = '3415263415'.repeat(10);
const FILES = ['private-key.pke1', 'public-key.b64', 'public-key.der', 'public-key.hex'];
const made = (folder: string): readonly string[] => FILES.map((name) => `${folder}/recovery-${name}`);

const workspace = new Workspace();
const generate = (folder: string, ...more: readonly string[]): readonly string[] => [
  ...['ceremony', 'generate', '--output-folder', folder, '--password-file', 'password.txt'],
  ...more,
];
const firstLine = ({ lines }: CliRun): Readonly<Record<string, unknown>> => ({ ...lines[0] });

beforeAll(() => {
  workspace.keepSecret('other', PASSWORD, DICE, DICE.slice(0, 30));
  workspace.write('password.txt', PASSWORD);
  workspace.write('dice.txt', `${DICE}\n`);
  for (const folder of ['a', 'b', 'c', 'd']) workspace.write(`${folder}/readme.txt`, 'a folder');
});
afterAll(() => {
  workspace.remove();
});

describe('ceremony generate', { timeout: 2 * PATIENCE }, () => {
  it('with dice: four files of a key that other commands read', async () => {
    const args = generate('a', '--dice-file', 'dice.txt', '--json');
    const run = await workspace.run(args, { outputs: made('a'), milliseconds: PATIENCE });
    expect([run.code, run.stderr]).toEqual([0, '']);
    const facts = firstLine(run);
    expect(facts).toMatchObject({
      command: 'ceremony generate',
      modulusBits: 4096,
      diceRolls: 100,
      diceAreUneven: false,
      testDecryption: 'passed',
    });
    for (const name of made('a')) expect(statSync(workspace.path(name)).mode & 0o777).toBe(0o600);
    const sizes = made('a').map((name) => readFileSync(workspace.path(name)).length);
    expect(sizes.slice(1)).toEqual([736, 550, 1100]);

    const fingerprintHex = facts['fingerprintHex'];
    for (const [form, product] of [
      ['der', 'palisade'],
      ['hex', 'palisade'],
      ['b64', 'institutional-vault'],
    ]) {
      const file = `a/recovery-public-key.${form ?? ''}`;
      const checked = await workspace.run([
        ...['validate-public-key', '--public-key-file', file, '--for', product ?? '', '--json'],
      ]);
      expect(checked.code).toBe(0);
      expect(firstLine(checked)).toMatchObject({ fingerprintHex, modulusBits: 4096, notes: [] });
    }
    const validated = await workspace.run([
      ...['validate-private-key', '--private-key-file', 'a/recovery-private-key.pke1'],
      ...['--public-key-file', 'a/recovery-public-key.hex', '--password-file', 'password.txt', '--json'],
    ]);
    expect(validated.code).toBe(0);
    expect(firstLine(validated)).toMatchObject({ publicKeyMatches: true, fingerprintHex });
  });

  it('in words: the fingerprint in groups, what is for whom, what to do next', async () => {
    const { code, stdout } = await workspace.run(generate('b', '--bits', '3072'), {
      outputs: made('b'),
      milliseconds: PATIENCE,
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^RSA-3072 key pair made, written, and tried/);
    expect(stdout).toMatch(/ {2}([0-9a-f]{4} ){7}[0-9a-f]{4}\n {2}([0-9a-f]{4} ){7}[0-9a-f]{4}\n/);
    expect(stdout).toMatch(/in words:\n( {4}([A-Za-z]+ ){3}[A-Za-z]+\n){8}/);
    expect(stdout).toContain('for Institutional Vault');
    expect(stdout).toContain('Next:');
  });

  it('overwrites nothing, and needs a folder', async () => {
    const again = await workspace.run(generate('a', '--json'));
    expect([again.code, firstLine(again)['code']]).toEqual([7, 'guard.output-exists']);
    const nowhere = await workspace.run(generate('nowhere', '--json'));
    expect([nowhere.code, firstLine(nowhere)['code']]).toEqual([3, 'file.not-found']);
  });

  it.each([
    ['a roll of 7', `${DICE}7`, 'dice.malformed'],
    ['too few rolls', '123456', 'dice.count'],
  ])('%s: nothing is made', async (_name, dice, code) => {
    workspace.write('bad-dice.txt', dice);
    const run = await workspace.run(generate('c', '--dice-file', 'bad-dice.txt', '--json'));
    expect([run.code, firstLine(run)['code']]).toEqual([3, code]);
  });

  it.each([
    ['--bits', '1000'],
    ['--bits', 'many'],
    ['--dice', '--dice-file', 'dice.txt'],
  ])('%s %s: usage.invalid', async (...more) => {
    const run = await workspace.run(generate('c', ...more, '--json'));
    expect([run.code, firstLine(run)['code']]).toEqual([2, 'usage.invalid']);
  });

  it('SIGINT while the files are there and not yet tried: none is left', async () => {
    const run = workspace.start(generate('c', '--bits', '2048'));
    while (readdirSync(workspace.path('c')).length < 5 && run.child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(readdirSync(workspace.path('c')).length).toBeGreaterThan(1);
    run.child.kill('SIGINT');
    expect((await run.done).code).toBe(130);
    expect(readdirSync(workspace.path('c'))).toEqual(['readme.txt']);
  });

  it.skipIf(!hasTerminal)('dice at the terminal are not shown, and uneven ones are told', async () => {
    const rolls = '6'.repeat(60);
    workspace.keepSecret('other', rolls.slice(0, 20));
    const { code, screen } = await runAtTerminal(
      workspace,
      generate('d', '--dice', '--bits', '2048'),
      [{ expect: 'Rolls of the die', type: `${rolls}\r` }],
      { outputs: made('d') },
    );
    expect(code).toBe(0);
    expect(screen).toContain('came up very unevenly');
    expect(screen).toContain('with 60 rolls of dice (155 bits) mixed in');
  });
});

describe('validate-public-key', () => {
  const validate = async (file: string, ...more: readonly string[]): Promise<[number | null, string]> => {
    const run = await workspace.run(['validate-public-key', '--public-key-file', file, ...more]);
    return [run.code, run.stdout + run.stderr];
  };

  it('a private key is the first thing said', async () => {
    const [code, said] = await validate('a/recovery-private-key.pke1');
    expect(code).toBe(3);
    expect(said).toContain('holds a PRIVATE key');
  });

  it.each([
    ['cut.der', (der: Buffer) => der.subarray(0, 400), 'ends too early'],
    ['long.der', (der: Buffer) => Buffer.concat([der, Buffer.from('\n')]), '1 bytes too many'],
    ['odd.hex', (der: Buffer) => der.toString('hex').slice(1), 'odd number of hex digits'],
    [
      'key.pem',
      (der: Buffer) => `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`,
      'PEM text with header lines',
    ],
  ])('%s', async (name, change, words) => {
    workspace.write(name, change(readFileSync(workspace.path('a/recovery-public-key.der'))));
    const [code, said] = await validate(name);
    expect(code).toBe(3);
    expect(said).toContain(words);
  });

  it('a key of 3072 bits is for one product and not for the other', async () => {
    expect((await validate('b/recovery-public-key.der'))[1]).toContain('fewer than 4096 are refused');
    const vault = await validate('b/recovery-public-key.b64', '--for', 'institutional-vault');
    expect(vault[0]).toBe(0);
    expect((await validate('b/recovery-public-key.hex', '--for', 'institutional-vault'))[1]).toContain(
      'base64 text on one line is wanted',
    );
  });
});
