import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Workspace, type CliOptions, type CliRun } from '../fixtures/cli.ts';
import { addRecoveryKey, hex, makeRecoveryKey, type RecoveryKey } from '../fixtures/wallets.ts';

/** Blanks at both ends belong to it. */
const PASSWORD = '  Pässwörd with blanks ';

const workspace = new Workspace();
let key: RecoveryKey;

beforeAll(() => {
  key = makeRecoveryKey();
  addRecoveryKey(workspace, key);
  workspace.keepSecret('other', PASSWORD, PASSWORD.trim());
  workspace.write('password.txt', PASSWORD);
});
afterAll(() => {
  workspace.remove();
});

const validate = (file: string, args: readonly string[] = [], options: CliOptions = {}): Promise<CliRun> =>
  workspace.run(['validate-private-key', '--private-key-file', file, ...args, '--json'], options);

const pem = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;

/** PKCS#8, encrypted with few iterations. */
function encryptedPem(password: string): string {
  const privateKey = createPrivateKey({ key: Buffer.from(key.pkcs8Der), format: 'der', type: 'pkcs8' });
  return privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: Buffer.from(password) })
    .toString();
}

describe('validate-private-key', () => {
  it.each([
    ['PKCS#1 DER', () => key.pkcs1Der],
    ['PKCS#8 DER', () => key.pkcs8Der],
    ['PKCS#1 hex', () => hex(key.pkcs1Der)],
    ['PKCS#8 base64', () => Buffer.from(key.pkcs8Der).toString('base64')],
    ['PKCS#1 PEM', () => pem('RSA PRIVATE KEY', key.pkcs1Der)],
    ['PKCS#8 PEM', () => pem('PRIVATE KEY', key.pkcs8Der)],
  ])('%s opens without a password', async (name, content) => {
    const file = workspace.write(`${name.replace('#', '')}.bin`, content());
    const { code, lines } = await validate(file);
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({
      command: 'validate-private-key',
      modulusBits: 2048,
      fingerprintHex: key.publicKey.fingerprintHex,
      publicKeyMatches: null,
      code: null,
      warnings: [],
    });
  });

  it('says whether it belongs to a public key', async () => {
    const own = workspace.write('own.public.der', key.publicKey.spkiDer);
    const good = await validate('recovery.der', ['--public-key-file', own]);
    expect([good.code, good.lines[0]?.['publicKeyMatches']]).toEqual([0, true]);
    const other = workspace.write('other.public.hex', hex(makeRecoveryKey().publicKey.spkiDer));
    const bad = await validate('recovery.der', ['--public-key-file', other]);
    expect([bad.code, bad.lines[0]?.code, bad.lines[0]?.['publicKeyMatches']]).toEqual([
      5,
      'rsa-key.mismatch',
      false,
    ]);
  });

  it('a key below 2048 bits is read with a warning', async () => {
    const file = addRecoveryKey(workspace, makeRecoveryKey(1024), 'small.der');
    const { code, lines } = await validate(file);
    expect([code, lines[0]?.['modulusBits']]).toEqual([0, 1024]);
    expect(lines[0]?.warnings).toEqual([{ code: 'rsa-key.small', details: { bits: 1024 } }]);
  });

  const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  it.each([
    ['a public key', () => key.publicKey.spkiDer, 5, 'rsa-key.public-given'],
    ['a public key in PEM', () => pem('PUBLIC KEY', key.publicKey.spkiDer), 5, 'rsa-key.public-given'],
    ['an EC key', () => ec.privateKey.export({ type: 'pkcs8', format: 'der' }), 5, 'rsa-key.other-algorithm'],
    [
      'an EC key in PEM',
      () => ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
      5,
      'rsa-key.other-algorithm',
    ],
    ['half a key', () => key.pkcs1Der.subarray(0, 700), 3, 'rsa-key.truncated'],
    ['half a PEM', () => pem('PRIVATE KEY', key.pkcs8Der).slice(0, 900), 3, 'rsa-key.truncated'],
    ['half the hex', () => hex(key.pkcs1Der).slice(0, 901), 3, 'rsa-key.truncated'],
    [
      'a damaged key',
      () => key.pkcs1Der.map((byte, i) => (i === 600 ? byte ^ 1 : byte)),
      3,
      'rsa-key.malformed',
    ],
    ['an empty file', () => '', 3, 'file.empty'],
    ['something else', () => 'hello', 3, 'rsa-key.not-understood'],
    ['a PKCS#12 store', () => Buffer.from('30800201033080', 'hex'), 6, 'rsa-key.unsupported'],
  ])('%s', async (name, content, exit, why) => {
    const file = workspace.write(`${name}.bin`, content());
    const { code, lines } = await validate(file);
    expect([code, lines[0]?.code]).toEqual([exit, why]);
    expect(lines[0]?.message).toContain(`${name}.bin`);
  });
});

describe('passwords', () => {
  beforeAll(() => {
    workspace.write('encrypted.pem', encryptedPem(PASSWORD));
    workspace.write('line-feed.txt', `${PASSWORD}\n`);
    workspace.write('carriage-return.txt', `${PASSWORD}\r\nand a second line\r\n`);
    workspace.write('trimmed.txt', PASSWORD.trim());
  });

  it.each(['password.txt', 'line-feed.txt', 'carriage-return.txt'])(
    '--password-file %s: up to its line break, blanks kept',
    async (file) => {
      const { code, lines } = await validate('encrypted.pem', ['--password-file', file]);
      expect([code, lines[0]?.['container']]).toEqual([0, 'encrypted-pkcs8-pem']);
    },
  );

  it.each([
    ['as it is', PASSWORD],
    ['with a line feed', `${PASSWORD}\n`],
    ['with CRLF', `${PASSWORD}\r\n`],
  ])('--password-stdin, %s', async (_name, input) => {
    expect((await validate('encrypted.pem', ['--password-stdin'], { input })).code).toBe(0);
  });

  it.each([
    ['trimmed', ['--password-file', 'trimmed.txt'], undefined],
    ['in another case', ['--password-stdin'], PASSWORD.toUpperCase()],
    ['in another Unicode form', ['--password-stdin'], PASSWORD.normalize('NFD')],
    ['with a further blank', ['--password-stdin'], `${PASSWORD} \n`],
    ['empty', ['--password-stdin'], '\n'],
  ])('the password %s is wrong: exit code 5', async (_name, args, input) => {
    const { code, lines } = await validate('encrypted.pem', args, input === undefined ? {} : { input });
    expect([code, lines[0]?.code]).toEqual([5, 'password.wrong']);
  });

  it('none given and no terminal to ask on: password.required, exit code 5', async () => {
    const { code, lines } = await validate('encrypted.pem');
    expect([code, lines[0]?.code]).toEqual([5, 'password.required']);
    expect(lines[0]?.message).toContain('--password-file');
    const closed = await validate('encrypted.pem', [], { input: '' });
    expect([closed.code, closed.lines[0]?.code]).toEqual([5, 'password.required']);
  });

  it('a password for a key that needs none does no harm', async () => {
    expect((await validate('recovery.der', ['--password-file', 'password.txt'])).code).toBe(0);
  });

  it('a password file that is absent or no password', async () => {
    const absent = await validate('encrypted.pem', ['--password-file', 'absent.txt']);
    expect([absent.code, absent.lines[0]?.code]).toEqual([3, 'file.not-found']);
    workspace.write('novel.txt', 'x'.repeat(70_000));
    const long = await validate('encrypted.pem', ['--password-file', 'novel.txt']);
    expect([long.code, long.lines[0]?.code]).toEqual([3, 'file.too-large']);
    const flood = await validate('encrypted.pem', ['--password-stdin'], { input: 'x'.repeat(70_000) });
    expect([flood.code, flood.lines[0]?.code]).toEqual([5, 'password.unavailable']);
  });
});

describe('generate-recovery-keypair', () => {
  const generate = (
    privateFile: string,
    publicFile: string,
    args: readonly string[],
    options: CliOptions = {},
  ): Promise<CliRun> =>
    workspace.run(
      [
        'generate-recovery-keypair',
        '--private-key-file',
        privateFile,
        '--public-key-file',
        publicFile,
      ].concat(args, '--json'),
      options,
    );
  const mode = (file: string): number => statSync(workspace.path(file)).mode & 0o777;
  const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

  it('PKE1 and DER: 550 bytes, mode 0600, and the private key opens with its password', async () => {
    const run = await generate('new.pke1', 'new.der', ['--password-file', 'line-feed.txt'], {
      outputs: ['new.der', 'new.pke1'],
    });
    expect(run.code).toBe(0);
    expect(run.lines[0]).toMatchObject({ encrypted: true, publicKeyFormat: 'der', modulusBits: 4096 });
    const publicKey = readFileSync(workspace.path('new.der'));
    expect([publicKey.length, publicKey.toString('hex', 0, 4)]).toEqual([550, '30820222']);
    expect(readFileSync(workspace.path('new.pke1')).toString('latin1', 0, 4)).toBe('PKE1');
    expect([mode('new.pke1'), mode('new.der')]).toEqual([0o600, 0o600]);
    const opened = await validate('new.pke1', [
      ...['--public-key-file', 'new.der', '--password-file', 'carriage-return.txt'],
    ]);
    expect(opened.code).toBe(0);
    expect(opened.lines[0]).toMatchObject({
      container: 'pke1',
      modulusBits: 4096,
      publicKeyMatches: true,
      fingerprintHex: run.lines[0]?.['fingerprintHex'],
    });
    if (!hasOpenssl) return;
    const args = ['pkey', '-pubin', '-inform', 'DER', '-in', workspace.path('new.der'), '-noout', '-text'];
    expect(execFileSync('openssl', args).toString()).toContain('4096 bit');
  });

  it('in the clear, with the public key as hex', async () => {
    const args = ['--encrypt-output=false', '--public-key-format', 'hex'];
    const run = await generate('clear.der', 'clear.hex', args, { outputs: ['clear.der', 'clear.hex'] });
    expect(run.code).toBe(0);
    expect(run.lines[0]).toMatchObject({ encrypted: false, publicKeyFormat: 'hex' });
    const publicHex = readFileSync(workspace.path('clear.hex'), 'utf8');
    expect(publicHex).toMatch(/^30820222[0-9a-f]{1092}$/);
    expect([mode('clear.der'), mode('clear.hex')]).toEqual([0o600, 0o600]);
    const opened = await validate('clear.der', ['--public-key-file', 'clear.hex']);
    expect([opened.code, opened.lines[0]?.['publicKeyMatches']]).toEqual([0, true]);
    if (!hasOpenssl) return;
    const spki = execFileSync('openssl', [
      ...['pkey', '-inform', 'DER', '-in', workspace.path('clear.der'), '-pubout', '-outform', 'DER'],
    ]);
    expect(spki.toString('hex')).toBe(publicHex);
  });

  it.each([
    ['the private key', 'mine.txt', 'never.der'],
    ['the public key', 'never.pke1', 'mine.txt'],
  ])(
    'a file that exists in place of %s is not touched: exit code 7',
    async (_name, privateFile, publicFile) => {
      workspace.write('mine.txt', 'mine');
      const { code, lines } = await generate(privateFile, publicFile, ['--encrypt-output=false']);
      expect([code, lines[0]?.code]).toEqual([7, 'guard.output-exists']);
    },
  );

  it.each([
    ['one file for both', 'same.der', 'same.der'],
    ['no folder for the public key', 'alone.der', 'absent/public.der'],
  ])('%s: refused, and nothing is left', async (_name, privateFile, publicFile) => {
    const { code } = await generate(privateFile, publicFile, ['--encrypt-output=false']);
    expect([2, 3, 7]).toContain(code);
  });

  it('a wrong call is told before a key is made', async () => {
    for (const args of [['--public-key-format', 'pem'], ['--encrypt-output=perhaps']]) {
      const { code, lines } = await generate('never.pke1', 'never.der', args);
      expect([code, lines[0]?.code]).toEqual([2, 'usage.invalid']);
    }
  });
});

describe('decrypt', () => {
  it('writes what is inside, byte for byte, to a new file of mode 0600', async () => {
    const run = await workspace.run(
      [
        ...['decrypt', '--input-file', 'new.pke1', '--output-file', 'opened.hex'],
        ...['--password-file', 'password.txt', '--json'],
      ],
      { outputs: ['opened.hex'] },
    );
    expect(run.code).toBe(0);
    expect(run.lines[0]).not.toHaveProperty('key');
    expect(readFileSync(workspace.path('opened.hex'), 'latin1')).toMatch(/^3082[0-9a-f]{4000,}$/);
    expect(statSync(workspace.path('opened.hex')).mode & 0o777).toBe(0o600);
    expect((await validate('opened.hex', ['--public-key-file', 'new.der'])).code).toBe(0);
  });

  it('a PKE1 file that is cut off', async () => {
    workspace.write('cut.pke1', readFileSync(workspace.path('new.pke1')).subarray(0, 40));
    const args = ['decrypt', '--input-file', 'cut.pke1', '--show-key', '--password-file', 'password.txt'];
    const { code, lines } = await workspace.run([...args, '--json']);
    expect([code, lines[0]?.code]).toEqual([3, 'rsa-key.truncated']);
  });
});

describe('print-address', () => {
  const PRIVATE_KEY = '4646464646464646464646464646464646464646464646464646464646464646';
  const print = (file: string, ...args: readonly string[]): Promise<CliRun> =>
    workspace.run(['print-address', '--private-key-file', file, ...args, '--json']);

  beforeAll(() => {
    workspace.keepSecret('wallet', Buffer.from(PRIVATE_KEY, 'hex'));
  });

  it.each([
    ['hex', `${PRIVATE_KEY}\n`],
    ['base64', Buffer.from(PRIVATE_KEY, 'hex').toString('base64')],
    ['32 bytes', Buffer.from(PRIVATE_KEY, 'hex')],
  ])('the key of EIP-155, from %s', async (name, content) => {
    const { code, lines } = await print(workspace.write(`wallet-key ${name}`, content));
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({ command: 'print-address', keyAlgorithm: 'SECP256K1' });
    expect(lines[0]?.addresses?.['ethereum']).toBe('0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F');
  });

  it('an Ed25519 key is a scalar, big-endian, and no seed', async () => {
    // The generator itself, RFC 8032 5.1.
    workspace.write('one.hex', `${'0'.repeat(63)}1`);
    const { code, lines } = await print('one.hex', '--key-type', 'ed25519');
    expect(code).toBe(0);
    expect(lines[0]?.walletPublicKeyHex).toBe(`58${'66'.repeat(31)}`);
    expect(lines[0]?.addresses?.['near']).toBe(`58${'66'.repeat(31)}`);
  });

  it.each([
    ['zero', '0'.repeat(64)],
    ['the order of the curve', 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'],
    ['31 bytes', '46'.repeat(31)],
    ['text', 'hello'],
  ])('%s is no key: exit code 3', async (name, content) => {
    const { code, lines } = await print(workspace.write(`no key: ${name}`, content));
    expect([code, lines[0]?.code]).toEqual([3, 'wallet-key.not-understood']);
  });
});
