import { readdirSync, readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { CliLine, CliRun } from '../fixtures/cli.ts';
import { describeTokens } from '../fixtures/hsm/describe-tokens.ts';
import { HsmRoom, keyArgs, moduleArgs, PIN_FILE } from '../fixtures/hsm/hsm-room.ts';
import { loggedCalls, PIN } from '../fixtures/hsm/tokens.ts';
import { hasTerminal, runAtTerminal } from '../fixtures/terminal.ts';

describeTokens('recover with an HSM', (folder) => {
  let room: HsmRoom;

  beforeAll(() => {
    room = new HsmRoom(folder);
  });
  afterAll(() => {
    room.workspace.remove();
  });

  const expectRecovered = ({ code, lines }: CliRun): CliLine => {
    expect([code, lines.length, lines[0]?.message]).toEqual([0, 1, 'Every check passed.']);
    expect(lines[0]).toMatchObject({
      recovered: true,
      verdict: 'valid',
      walletPublicKeyHex: room.wallet.walletPublicKeyHex,
      warnings: [],
    });
    return lines[0]!;
  };

  describe('recover', () => {
    it('with NSS: OAEP in the token, told with the key and the token', async () => {
      const line = expectRecovered(await room.recover(room.nss, [...keyArgs(room.nss), ...PIN_FILE]));
      expect(line['keySource']).toEqual({
        kind: 'hsm',
        mechanism: 'token-oaep',
        module: room.nss.module.file,
        tokenLabel: 'hsm-test',
        tokenSerial: '0000000000000000',
        keyLabel: 'recovery',
        keyIdHex: 'a1b2',
      });
    });

    it.each(['recovery', 'each time'])('with SoftHSM, the key "%s": raw in the token', async (label) => {
      const line = expectRecovered(
        await room.recover(room.softhsm, [...keyArgs(room.softhsm, label), ...PIN_FILE]),
      );
      expect(line['keySource']).toMatchObject({ mechanism: 'token-raw', keyLabel: label });
    });

    it('gives what the key file gives', async () => {
      const show = ['--show-key'];
      const ofFile = await room.recover(room.nss, ['--private-key-file', 'recovery.der', ...show], {
        reveals: true,
      });
      const ofToken = await room.recover(room.nss, [...keyArgs(room.nss), ...PIN_FILE, ...show], {
        reveals: true,
      });
      const { keySource: source, ...file } = expectRecovered(ofFile);
      const { keySource: other, ...token } = expectRecovered(ofToken);
      expect(token).toEqual(file);
      expect([source, (other as { kind: string }).kind]).toEqual([
        { kind: 'file', mechanism: 'software' },
        'hsm',
      ]);
    });

    it('in words: says what the token did', async () => {
      const args = room.recoverArgs(...keyArgs(room.softhsm), ...PIN_FILE);
      const { code, stdout } = await room.workspace.run(args, { env: room.softhsm.env });
      expect(code).toBe(0);
      expect(stdout).toContain('key "recovery" of the token "Recovery": raw in token, padding removed here');
    });

    it('with the PIN from standard input', async () => {
      expectRecovered(
        await room.recover(room.softhsm, [...keyArgs(room.softhsm), '--pin-stdin'], { input: `${PIN}\n` }),
      );
    });

    it.each([
      ['all of it', 'module-path', 'pin-source=pin.txt'],
      ['the module by its name', 'module-name', 'pin-source=pin.txt'],
      ['the PIN beside it', 'module-path', ''],
    ])('a PKCS#11 URI: %s', async (_name, module, pinSource) => {
      const value = module === 'module-name' ? 'softhsm2' : room.softhsm.module.file;
      const query = [`${module}=${value}`, pinSource].filter((part) => part !== '').join('&');
      const uri = `pkcs11:token=Recovery;manufacturer=SoftHSM%20project;object=recovery;id=%a1%b2?${query}`;
      const pin = pinSource === '' ? PIN_FILE : [];
      expectRecovered(await room.recover(room.softhsm, ['--pkcs11-uri', uri, ...pin]));
    });

    it('without naming a key that has no like', async () => {
      expectRecovered(
        await room.recover(room.nss, [...moduleArgs(room.nss), '--token', 'hsm-test', ...PIN_FILE]),
      );
    });

    it.runIf(hasTerminal)('at a terminal: asks for the PIN and shows each decryption', async () => {
      const steps = [
        { expect: 'PIN of the token Recovery: ', type: `${PIN}\r` },
        { expect: 'Decrypting, 1 of 4' },
        { expect: 'Decrypting, 4 of 4' },
      ];
      const { code, screen } = await runAtTerminal(
        room.workspace,
        room.recoverArgs(...keyArgs(room.softhsm)),
        steps,
        {
          env: room.softhsm.env,
        },
      );
      expect(code).toBe(0);
      expect(screen).toContain('RECOVERED');
    });
  });

  describe('what does not fit ends in its own code', () => {
    it.each([
      ['a key without the right to decrypt', 'signs only', [], 'hsm.key-cannot-decrypt', 5],
      ['two keys of one label', 'twin', [], 'hsm.key-ambiguous', 5],
      ['a key that is not there', 'recovery', ['--pkcs11-id', 'ffff'], 'hsm.key-not-found', 5],
      ['a key of another kit', 'another', [], 'rsa-key.mismatch', 5],
    ])('%s', async (_name, label, args, code, exitCode) => {
      const token = room.broken('none');
      const run = await room.recover(token, [...keyArgs(token, label), ...args, ...PIN_FILE]);
      expect([run.code, run.lines[0]?.code, run.lines[0]?.recovered]).toEqual([exitCode, code, false]);
      const decryptions = loggedCalls(token.log).filter((call) => call === 'C_Decrypt');
      expect(decryptions).toEqual([]);
    });

    it('the one of two keys of one label, by its id', async () => {
      expectRecovered(
        await room.recover(room.softhsm, [
          ...keyArgs(room.softhsm, 'twin'),
          '--pkcs11-id',
          'C2',
          ...PIN_FILE,
        ]),
      );
    });

    it('a quorum id that is not the wallet’s', async () => {
      const token = room.broken('none');
      const args = ['recover', '--recovery-kit-file', `bucket/${room.wallet.keyId}`, '--quorum-id'];
      const other = [...args, room.wallet.keyId, ...keyArgs(token), ...PIN_FILE, '--json'];
      const { code, lines } = await room.workspace.run(other, { env: token.env });
      expect([code, lines[0]?.code]).toEqual([5, 'label.mismatch']);
      // One decryption tells a wrong label from a wrong key.
      expect(loggedCalls(token.log).filter((call) => call === 'C_Decrypt')).toHaveLength(1);
    });

    it('a wrong PIN is tried once', async () => {
      const token = room.broken('none');
      const run = await room.recover(token, [...keyArgs(token), '--pin-file', 'wrong-pin.txt']);
      expect([run.code, run.lines[0]?.code]).toEqual([5, 'pin.wrong']);
      expect(loggedCalls(token.log)).toEqual(['C_Login']);
    });

    it('no PIN and no terminal: nothing is tried', async () => {
      const token = room.broken('none');
      const run = await room.recover(token, keyArgs(token));
      expect([run.code, run.lines[0]?.code]).toEqual([5, 'pin.required']);
      expect(run.lines[0]?.message).toContain('--pin-file');
      expect(loggedCalls(token.log)).toEqual([]);
    });

    it('a token that is not there, and two that fit', async () => {
      const absent = await room.recover(room.softhsm, [
        ...moduleArgs(room.softhsm),
        '--token',
        'Elsewhere',
        ...PIN_FILE,
      ]);
      expect([absent.code, absent.lines[0]?.code]).toEqual([5, 'hsm.token-not-found']);
      expect(absent.lines[0]?.message).toContain('Recovery');
      const several = await room.recover(room.nss, [...moduleArgs(room.nss), ...PIN_FILE]);
      expect([several.code, several.lines[0]?.code]).toEqual([5, 'hsm.token-ambiguous']);
    });

    it.each([
      ['crash in dlopen', 'hsm.module-failed'],
      ['crash', 'hsm.module-crashed'],
      ['hang', 'hsm.timeout'],
      ['locked pin', 'pin.locked'],
      ['removed', 'hsm.device-removed'],
    ] as const)('%s: %s', async (fault, code) => {
      const token = room.broken(fault);
      const timeout = fault === 'hang' ? ['--pkcs11-timeout', '2'] : [];
      const run = await room.recover(token, [...keyArgs(token), ...PIN_FILE, ...timeout]);
      expect([run.code, run.lines[0]?.code]).toEqual([5, code]);
      expect(run.lines[0]).toMatchObject({ recovered: false, keyId: room.wallet.keyId });
    });

    it('a PIN that is locked is not asked for', async () => {
      const token = room.broken('locks with this try');
      const run = await room.recover(token, keyArgs(token));
      expect([run.code, run.lines[0]?.code]).toEqual([5, 'pin.locked']);
      expect(loggedCalls(token.log)).toEqual([]);
    });
  });

  describe('while a module hangs', () => {
    /** The bridges of a run: children of its process, by what the kernel lists. */
    const bridgesOf = (pid: number): readonly number[] =>
      readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    const isAlive = (pid: number): boolean => readdirSync('/proc').includes(String(pid));

    it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
      'neither process shows the PIN, and %s ends both',
      async (signal) => {
        const token = room.broken('hang');
        const run = room.workspace.start(room.recoverArgs(...keyArgs(token), ...PIN_FILE), {
          env: token.env,
        });
        while (!loggedCalls(token.log).includes('C_Decrypt') && run.child.exitCode === null) {
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        const pid = run.child.pid!;
        const [bridge, ...others] = bridgesOf(pid);
        expect(others).toEqual([]);
        for (const process of [pid, bridge!]) {
          for (const file of ['cmdline', 'environ']) {
            const content = readFileSync(`/proc/${process}/${file}`, 'utf8');
            expect(content.length).toBeGreaterThan(0);
            expect(content).not.toContain(PIN);
          }
        }
        // A core dump would hold it.
        expect(readFileSync(`/proc/${bridge!}/coredump_filter`, 'utf8').trim()).toBe('00000000');
        run.child.kill(signal);
        const { stdout } = await run.done;
        expect(stdout).toBe('');
        while (isAlive(bridge!)) await new Promise((resolve) => setTimeout(resolve, 10));
      },
    );
  });
});
