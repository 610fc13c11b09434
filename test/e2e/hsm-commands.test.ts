import { spawn } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { BUNDLE, cleanEnvironment, ended, jsonLines, type CliOptions, type CliRun } from '../fixtures/cli.ts';
import { makeFolder } from '../fixtures/folders.ts';
import { describeTokens } from '../fixtures/hsm/describe-tokens.ts';
import { HsmRoom, keyArgs, moduleArgs, PIN_FILE } from '../fixtures/hsm/hsm-room.ts';
import type { TestToken } from '../fixtures/hsm/tokens.ts';

describeTokens('commands for an HSM', (folder) => {
  let room: HsmRoom;

  beforeAll(() => {
    room = new HsmRoom(folder);
  });
  afterAll(() => {
    room.workspace.remove();
  });

  describe('hsm list', () => {
    const list = (token: TestToken, ...args: readonly string[]): Promise<CliRun> =>
      room.workspace.run(['hsm', 'list', ...moduleArgs(token), ...args, '--json'], { env: token.env });

    it('all tokens, without a login', async () => {
      const { code, lines } = await list(room.softhsm);
      expect([code, lines.length]).toEqual([0, 2]);
      const [line] = lines.filter(({ label }) => label === 'Recovery');
      expect(line).toMatchObject({
        command: 'hsm list',
        module: room.softhsm.module.file,
        manufacturer: 'SoftHSM project',
        initialized: true,
        loginRequired: true,
        pin: 'good',
        loggedIn: false,
        keys: [],
      });
      expect(line?.['slotId']).toMatch(/^[0-9]+$/);
    });

    it('the keys of one token, after a login', async () => {
      const { code, lines } = await list(room.softhsm, '--token', 'Recovery', ...PIN_FILE);
      expect([code, lines.length, lines[0]?.['loggedIn']]).toEqual([0, 1, true]);
      expect(lines[0]?.['keys']).toEqual(
        expect.arrayContaining([
          {
            label: 'signs only',
            idHex: 'a1b4',
            modulusBits: 2048,
            fingerprintHex: room.key.publicKey.fingerprintHex,
            canDecrypt: false,
            alwaysAuthenticate: false,
          },
        ]),
      );
    });

    it('in words', async () => {
      const args = ['hsm', 'list', ...moduleArgs(room.softhsm)];
      const before = await room.workspace.run(args, { env: room.softhsm.env });
      expect(before.stdout).toContain('Token Recovery\n');
      expect(before.stdout).toContain('add --login');
      const login = [...args, '--token', 'Recovery', ...PIN_FILE];
      const { stdout } = await room.workspace.run(login, { env: room.softhsm.env });
      expect(stdout).toContain('key          recovery (id a1b2), RSA-2048');
      expect(stdout).toContain(room.key.publicKey.fingerprintHex);
      expect(stdout).toContain('with the PIN each time');
    });

    it('a key whose numbers make no key is seen, and not used', async () => {
      const token = room.broken('even modulus');
      const { code, lines } = await list(token, '--token', 'Recovery', ...PIN_FILE);
      expect(code).toBe(0);
      expect(lines[0]?.['keys']).toEqual(
        expect.arrayContaining([expect.objectContaining({ label: 'recovery', modulusBits: 0 })]),
      );
    });

    it('without a module: usage.invalid', async () => {
      const { code, lines } = await room.workspace.run(['hsm', 'list', '--json']);
      expect([code, lines[0]?.code, lines[0]?.command]).toEqual([2, 'usage.invalid', 'hsm list']);
    });

    it.each([['hsm'], ['hsm', 'lst'], ['list']])('%s %s is no command', async (...args) => {
      const { code, lines } = await room.workspace.run([...args, '--json']);
      expect([code, lines[0]?.code]).toEqual([2, 'usage.invalid']);
    });
  });

  describe('hsm public-key', () => {
    const write = (file: string, args: readonly string[] = [], options: CliOptions = {}): Promise<CliRun> =>
      room.workspace.run(
        [
          ...['hsm', 'public-key', ...keyArgs(room.softhsm), ...PIN_FILE],
          ...['--public-key-file', file, ...args, '--json'],
        ],
        { ...options, env: room.softhsm.env },
      );

    it('writes what the platform is given', async () => {
      const { code, lines } = await write('token.der', [], { outputs: ['token.der'] });
      expect(code).toBe(0);
      expect(lines[0]).toMatchObject({
        command: 'hsm public-key',
        publicKeyFile: 'token.der',
        publicKeyFormat: 'der',
        modulusBits: 2048,
        fingerprintHex: room.key.publicKey.fingerprintHex,
      });
      expect(new Uint8Array(readFileSync(room.workspace.path('token.der')))).toEqual(
        room.key.publicKey.spkiDer,
      );
    });

    it('or as hex', async () => {
      const args = ['--public-key-format', 'hex'];
      expect((await write('token.hex', args, { outputs: ['token.hex'] })).code).toBe(0);
      expect(readFileSync(room.workspace.path('token.hex'), 'utf8')).toBe(
        Buffer.from(room.key.publicKey.spkiDer).toString('hex'),
      );
    });

    it('overwrites nothing', async () => {
      const { code, lines } = await write('pin.txt');
      expect([code, lines[0]?.code]).toEqual([7, 'guard.output-exists']);
    });
  });

  it('drill with the key in the token', async () => {
    const { code, lines } = await room.workspace.run(['drill', ...keyArgs(room.nss), ...PIN_FILE, '--json']);
    expect(code).toBe(0);
    expect(lines.map(({ recovered, addressMatches }) => [recovered, addressMatches])).toEqual([
      [true, true],
      [true, true],
    ]);
    for (const line of lines) expect(line['keySource']).toMatchObject({ mechanism: 'token-oaep' });
  });

  it('without the package: hsm.absent, exit code 6, with what to do', async () => {
    const bare = makeFolder();
    cpSync(join(BUNDLE, '..'), bare, { recursive: true });
    const args = [join(bare, 'main.js'), 'hsm', 'list', ...moduleArgs(room.softhsm), '--json'];
    const run = await ended(spawn(process.execPath, args, { env: cleanEnvironment(makeFolder()) }));
    const [line] = jsonLines(run.stdout);
    expect([run.code, line?.code]).toEqual([6, 'hsm.absent']);
    expect(line?.message).toContain('npm ci');
  });
});
