import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import type { HsmClient } from '../../../electron/hsm/client.ts';
import {
  clientFor,
  decryptOnce,
  encryptTo,
  makeKeyPair,
  openKey,
  unlock,
} from '../../fixtures/hsm/clients.ts';
import { describeTokens } from '../../fixtures/hsm/describe-tokens.ts';
import {
  compileForwardingModule,
  loggedCalls,
  makeNss,
  makeSoftHsm,
  withFault,
  type Fault,
  type TestToken,
} from '../../fixtures/hsm/tokens.ts';
import { faultOfAsync } from '../../fixtures/faults.ts';

const LABEL = new TextEncoder().encode('label');
const MESSAGE = Uint8Array.of(1, 2, 3);
/** For a module that hangs: long enough for its process to start on a busy machine, and short enough to wait for. */
const DEADLINE_MS = 5000;

describeTokens('a module that goes wrong', (folder) => {
  const pair = makeKeyPair();
  const key = pair.privateKey;
  let softhsm: TestToken;
  let nss: TestToken;
  let forwarding: string;
  let logs = 0;

  beforeAll(() => {
    forwarding = compileForwardingModule(folder);
    softhsm = makeSoftHsm(folder, 'Recovery', [{ key, label: 'recovery', idHex: 'a1', publicToo: true }]);
    nss = makeNss(folder, [{ key, label: 'recovery', idHex: 'a1', publicToo: true }]);
  });

  const broken = (fault: Fault, token = softhsm): TestToken & { readonly log: string } => {
    const log = join(folder, `calls-${logs++}.log`);
    return { ...withFault(token, forwarding, fault, log), log };
  };
  const decryptWith = async (client: HsmClient, token: TestToken): Promise<Uint8Array> => {
    const hsmKey = await openKey(client, token, 'recovery');
    return decryptOnce(hsmKey, encryptTo(pair, MESSAGE, LABEL), LABEL);
  };
  /** The same client with a module that works: nothing of the fault is left. */
  const expectAlive = async (client: HsmClient): Promise<void> => {
    expect(await decryptWith(client, softhsm)).toEqual(MESSAGE);
  };

  it('passes on what works', async () => {
    const token = broken('none');
    expect(await decryptWith(clientFor(token), token)).toEqual(MESSAGE);
    expect(loggedCalls(token.log)).toEqual([
      ...['C_Login', 'C_DecryptInit OAEP', 'C_DecryptInit raw', 'C_Decrypt'],
    ]);
  });

  it.each([
    ['crash in dlopen', 'hsm.module-failed', { reason: 'crashed', how: 'SIGSEGV' }],
    ['crash in initialize', 'hsm.module-failed', { reason: 'crashed', how: 'SIGSEGV' }],
    ['initialize refused', 'hsm.module-failed', { ckr: 'CKR_ARGUMENTS_BAD 0x7', call: 'C_Initialize' }],
    ['hang in initialize', 'hsm.timeout', { step: 'load', seconds: DEADLINE_MS / 1000 }],
    ['crash', 'hsm.module-crashed', { step: 'decrypt', how: 'SIGSEGV' }],
    ['exit', 'hsm.module-crashed', { step: 'decrypt', how: 'exit code 0' }],
    ['hang', 'hsm.timeout', { step: 'decrypt', seconds: DEADLINE_MS / 1000 }],
    ['removed', 'hsm.device-removed', { ckr: 'CKR_DEVICE_REMOVED 0x32', call: 'C_Decrypt' }],
    ['network token gone', 'hsm.device-removed', { ckr: 'CKR_DEVICE_ERROR 0x30', call: 'C_Decrypt' }],
    ['locked pin', 'pin.locked', { token: 'Recovery', ckr: 'CKR_PIN_LOCKED 0xa4' }],
    ['locks with this try', 'pin.locked', { token: 'Recovery', ckr: 'CKR_PIN_INCORRECT 0xa0' }],
    ['final try', 'pin.wrong', { token: 'Recovery', tries: 'final' }],
    ['few tries', 'pin.wrong', { token: 'Recovery', tries: 'low' }],
    ["vendor's own error", 'hsm.device-error', { ckr: '0x80000042', call: 'C_Login' }],
    ['even modulus', 'hsm.bad-modulus', { key: 'recovery' }],
    ['zero modulus', 'hsm.bad-modulus', { key: 'recovery' }],
    [
      'no mechanism',
      'hsm.mechanism-missing',
      { oaep: 'CKR_MECHANISM_INVALID 0x70', raw: 'CKR_MECHANISM_INVALID 0x70' },
    ],
  ] as const)('%s: %s, and the client lives on', async (name, code, details) => {
    const token = broken(name);
    const client = clientFor(token, ...(code === 'hsm.timeout' ? [DEADLINE_MS] : []));
    const fault = await faultOfAsync(() => decryptWith(client, token));
    expect(fault.code).toBe(code);
    expect(fault.details).toMatchObject({ file: forwarding, ...details });
    await expectAlive(client);
  });

  it.each(['locked pin', 'final try', 'locks with this try', "vendor's own error"] as const)(
    '%s: the PIN was tried once',
    async (name) => {
      const token = broken(name);
      await faultOfAsync(() => unlock(clientFor(token), token));
      expect(loggedCalls(token.log)).toEqual(['C_Login']);
    },
  );

  it('a key whose module has crashed keeps saying so, and never starts another process', async () => {
    const token = broken('crash');
    const client = clientFor(token);
    const hsmKey = await openKey(client, token, 'recovery');
    const ciphertext = encryptTo(pair, MESSAGE, LABEL);
    for (let i = 0; i < 3; i++) {
      const fault = await faultOfAsync(() => decryptOnce(hsmKey, ciphertext, LABEL));
      expect(fault).toMatchObject({ code: 'hsm.module-crashed', details: { how: 'SIGSEGV' } });
    }
    expect(loggedCalls(token.log).filter((call) => call === 'C_Decrypt')).toHaveLength(1);
    expect((await faultOfAsync(() => hsmKey.labelOrKey(ciphertext))).code).toBe('hsm.module-crashed');
  });

  it('an operation that was left open: the session is opened again, and the login stays', async () => {
    const token = broken('operation left open', nss);
    const hsmKey = await openKey(clientFor(token), token, 'recovery');
    const ciphertext = encryptTo(pair, MESSAGE, LABEL);
    expect(await decryptOnce(hsmKey, ciphertext, LABEL)).toEqual(MESSAGE);
    expect(hsmKey.mechanism).toBe('token-raw');
    expect(loggedCalls(token.log).filter((call) => call === 'C_Login')).toHaveLength(1);
  });

  it('a wrong label that is answered like a refused mechanism ends, and is no other fault', async () => {
    const token = broken('function failed for a wrong label', nss);
    const hsmKey = await openKey(clientFor(token), token, 'recovery');
    const ciphertext = encryptTo(pair, MESSAGE, LABEL);
    const wrong = Uint8Array.of(9);
    // Before it is known what the token can do, and after.
    expect((await faultOfAsync(() => decryptOnce(hsmKey, ciphertext, wrong))).code).toBe('decryption.failed');
    expect(await decryptOnce(hsmKey, ciphertext, LABEL)).toEqual(MESSAGE);
    expect((await faultOfAsync(() => decryptOnce(hsmKey, ciphertext, wrong))).code).toBe('decryption.failed');
    expect(hsmKey.mechanism).toBe('token-oaep');
    expect(await hsmKey.labelOrKey(ciphertext)).toBe('label');
  });

  it('a token that can do OAEP alone can’t tell a wrong label from a wrong key', async () => {
    const token = broken('oaep only', nss);
    const hsmKey = await openKey(clientFor(token), token, 'recovery');
    const ciphertext = encryptTo(pair, MESSAGE, LABEL);
    expect(await decryptOnce(hsmKey, ciphertext, LABEL)).toEqual(MESSAGE);
    expect(await hsmKey.labelOrKey(ciphertext.with(100, ciphertext[100]! ^ 1))).toBe('label');
  });

  it('leading zeros of a raw block that the token leaves out are put back', async () => {
    const token = broken('leading zeros left out');
    expect(await decryptWith(clientFor(token), token)).toEqual(MESSAGE);
  });

  it('another modulus makes another key, which fits no kit', async () => {
    const token = broken('another modulus');
    const hsmKey = await openKey(clientFor(token), token, 'recovery');
    expect(hsmKey.publicKey.fingerprintHex).not.toBe(pair.publicKey.fingerprintHex);
  });

  describe('numbers that the private object does not tell', () => {
    it.each(['private key tells no exponent', 'private key tells no numbers'] as const)(
      '%s: they come from the public object',
      async (name) => {
        for (const of of [softhsm, nss]) {
          const token = broken(name, of);
          const hsmKey = await openKey(clientFor(token), token, 'recovery');
          expect(hsmKey.publicKey.fingerprintHex).toBe(pair.publicKey.fingerprintHex);
        }
      },
    );
  });

  it.each([
    ['a file that is no library', '/etc/hostname', /./],
    ['a library that is no PKCS#11 module', '/usr/lib/x86_64-linux-gnu/libm.so.6', /C_GetFunctionList/],
    ['no file', '/nowhere/module.so', /^not found$/],
    ['a folder', '/usr/lib', /^not found$/],
  ])('%s: hsm.module-failed', async (_name, file, reason) => {
    const client = clientFor(softhsm);
    const fault = await faultOfAsync(() => client.tokens({ file, initArgs: undefined }));
    expect(fault).toMatchObject({ code: 'hsm.module-failed', details: { file } });
    expect(fault.details['reason']).toMatch(reason);
    await expectAlive(client);
  });
});
