import { beforeAll, describe, expect, it } from 'vitest';

import type { HsmKeyView } from '../../../shared/hsm.ts';
import { SecretBytes } from '../../../electron/engine/bytes/secret-bytes.ts';
import { HsmClient } from '../../../electron/hsm/client.ts';
import type { HsmKey } from '../../../electron/hsm/hsm-key.ts';
import { selectKey } from '../../../electron/hsm/select.ts';
import {
  clientFor,
  decryptOnce,
  encryptTo,
  makeKeyPair,
  openKey,
  unlock,
} from '../../fixtures/hsm/clients.ts';
import { describeTokens } from '../../fixtures/hsm/describe-tokens.ts';
import { makeNss, makeSoftHsm, PIN, type TestToken } from '../../fixtures/hsm/tokens.ts';
import { faultOf, faultOfAsync } from '../../fixtures/faults.ts';

const LABEL = new TextEncoder().encode('the label, with a blank');
const MESSAGE = Uint8Array.from({ length: 32 }, (_, i) => i);
const NO_LABEL = new Uint8Array();

describeTokens('tokens in software', (folder) => {
  const pair = makeKeyPair();
  const other = makeKeyPair();
  const key = pair.privateKey;
  let softhsm: TestToken;
  let nss: TestToken;

  beforeAll(() => {
    softhsm = makeSoftHsm(folder, 'Recovery', [
      { key, label: 'recovery', idHex: 'a1b2' },
      { key, label: 'each time', idHex: 'a1b3', alwaysAuthenticate: true },
      { key, label: 'signs only', idHex: 'a1b4', decrypt: false },
      { key, label: 'twin', idHex: 'c1' },
      { key: other.privateKey, label: 'twin', idHex: 'c2', publicToo: true },
    ]);
    makeSoftHsm(folder, 'Other', []);
    nss = makeNss(folder, [{ key, label: 'recovery', idHex: 'a1b2' }]);
  });

  describe('what a module has', () => {
    it('SoftHSM: the token, and the slot that was not set up', async () => {
      const tokens = await clientFor(softhsm).tokens(softhsm.module);
      expect(tokens).toHaveLength(3);
      expect(tokens.find(({ label }) => label === 'Recovery')).toMatchObject({
        manufacturer: 'SoftHSM project',
        initialized: true,
        loginRequired: true,
        pinPad: false,
        pin: 'good',
      });
      expect(tokens.find(({ label }) => label === '')).toMatchObject({ initialized: false });
    });

    it('NSS: the token that its parameters describe', async () => {
      const tokens = await clientFor(nss).tokens(nss.module);
      expect(tokens.map(({ label }) => label)).toContain('hsm-test');
    });

    it('keys before login: none that is private', async () => {
      const client = clientFor(softhsm);
      const [token] = (await client.tokens(softhsm.module)).filter(({ label }) => label === 'Recovery');
      expect((await client.unlock(softhsm.module, token!, undefined)).keys).toEqual([]);
    });

    it('keys after login, with what the token says of each', async () => {
      const { keys } = await unlock(clientFor(softhsm), softhsm);
      const byId = (idHex: string): HsmKeyView | undefined => keys.find((view) => view.idHex === idHex);
      const { fingerprintHex } = pair.publicKey;
      const recovery = { label: 'recovery', modulusBits: 2048, fingerprintHex };
      expect(keys).toHaveLength(5);
      expect(byId('a1b2')).toEqual({
        ...recovery,
        idHex: 'a1b2',
        canDecrypt: true,
        alwaysAuthenticate: false,
      });
      expect(byId('a1b3')).toMatchObject({ canDecrypt: true, alwaysAuthenticate: true });
      expect(byId('a1b4')).toMatchObject({ canDecrypt: false, alwaysAuthenticate: false });
      expect(byId('c2')).toMatchObject({ fingerprintHex: other.publicKey.fingerprintHex });
    });

    it('two keys of one label are told apart by their id alone', async () => {
      const { keys } = await unlock(clientFor(softhsm), softhsm);
      const fault = faultOf(() => selectKey(keys, { label: 'twin', idHex: undefined }));
      expect(fault.code).toBe('hsm.key-ambiguous');
      expect(fault.details['keys']).toContain('id c1');
      expect(fault.details['keys']).toContain(other.publicKey.fingerprintHex.slice(0, 16));
      expect(selectKey(keys, { label: 'twin', idHex: 'c2' }).fingerprintHex).toBe(
        other.publicKey.fingerprintHex,
      );
    });
  });

  describe('decryption', () => {
    it.each([
      ['SoftHSM', 'recovery', 'token-raw'],
      ['SoftHSM', 'each time', 'token-raw'],
      ['NSS', 'recovery', 'token-oaep'],
    ] as const)('%s, the key "%s": %s, twice, with a label and without', async (of, label, mechanism) => {
      const token = of === 'NSS' ? nss : softhsm;
      const hsmKey = await openKey(clientFor(token), token, label);
      expect(hsmKey.mechanism).toBeUndefined();
      for (const oaepLabel of [LABEL, LABEL, NO_LABEL]) {
        const ciphertext = encryptTo(pair, MESSAGE, oaepLabel);
        expect(await decryptOnce(hsmKey, ciphertext, oaepLabel)).toEqual(MESSAGE);
        expect(hsmKey.mechanism).toBe(mechanism);
      }
    });

    it.each(['SoftHSM', 'NSS'])('%s: another label, and then the right one', async (of) => {
      const token = of === 'NSS' ? nss : softhsm;
      const hsmKey = await openKey(clientFor(token), token, 'recovery');
      const ciphertext = encryptTo(pair, MESSAGE, LABEL);
      const fault = await faultOfAsync(() => decryptOnce(hsmKey, ciphertext, NO_LABEL));
      expect(fault).toEqual({ code: 'decryption.failed', details: {} });
      expect(await hsmKey.labelOrKey(ciphertext)).toBe('label');
      expect(await decryptOnce(hsmKey, ciphertext, LABEL)).toEqual(MESSAGE);
    });

    it.each(['SoftHSM', 'NSS'])('%s: a ciphertext for another key, damaged or cut', async (of) => {
      const token = of === 'NSS' ? nss : softhsm;
      const hsmKey = await openKey(clientFor(token), token, 'recovery');
      const good = encryptTo(pair, MESSAGE, LABEL);
      const foreign = encryptTo(other, MESSAGE, LABEL);
      // Below the modulus, so that it is a number that the key can compute with.
      foreign[0] = 0;
      const damaged = good.with(0, 0).with(100, good[100]! ^ 1);
      for (const ciphertext of [foreign, damaged, good.subarray(1), new Uint8Array()]) {
        const fault = await faultOfAsync(() => decryptOnce(hsmKey, ciphertext, LABEL));
        expect(fault.code).toBe('decryption.failed');
        expect(await hsmKey.labelOrKey(ciphertext)).toBe('key');
      }
      expect(await decryptOnce(hsmKey, good, LABEL)).toEqual(MESSAGE);
    });

    it('a key without the right to decrypt', async () => {
      const hsmKey = await openKey(clientFor(softhsm), softhsm, 'signs only');
      const fault = await faultOfAsync(() => decryptOnce(hsmKey, encryptTo(pair, MESSAGE, LABEL), LABEL));
      expect(fault).toMatchObject({
        code: 'hsm.key-cannot-decrypt',
        details: { call: 'C_DecryptInit', ckr: 'CKR_KEY_FUNCTION_NOT_PERMITTED 0x68' },
      });
    });

    it.each(['recovery', 'each time'])(
      'the key "%s" of a session that was replaced or closed',
      async (label) => {
        const client = clientFor(softhsm);
        const ciphertext = encryptTo(pair, MESSAGE, LABEL);
        const first = await openKey(client, softhsm, label);
        const second = await openKey(client, softhsm, label);
        const decrypted = (key: HsmKey): Promise<Uint8Array> => decryptOnce(key, ciphertext, LABEL);
        expect((await faultOfAsync(() => decrypted(first))).code).toBe('hsm.session-ended');
        expect(await decrypted(second)).toEqual(MESSAGE);
        await client.close();
        expect((await faultOfAsync(() => decrypted(second))).code).toBe('hsm.session-ended');
      },
    );
  });

  describe('PINs', () => {
    it.each([
      ['SoftHSM', '4711'],
      ['NSS', 'wrong'],
    ])('%s: a wrong one, and then the right one', async (of, wrong) => {
      const token = of === 'NSS' ? nss : softhsm;
      const client = clientFor(token);
      const fault = await faultOfAsync(() => unlock(client, token, wrong));
      expect(fault).toMatchObject({ code: 'pin.wrong', details: { token: token.label, call: 'C_Login' } });
      expect(JSON.stringify(fault)).not.toContain(`"${wrong}"`);
      expect((await unlock(client, token)).keys.length).toBeGreaterThan(0);
    });

    it('none is not tried', async () => {
      const fault = await faultOfAsync(() => unlock(clientFor(softhsm), softhsm, ''));
      expect(fault.code).toBe('pin.required');
    });

    it('one that is longer than any is not tried', async () => {
      const fault = await faultOfAsync(() => unlock(clientFor(softhsm), softhsm, '1'.repeat(257)));
      expect(fault).toEqual({
        code: 'pin.wrong',
        details: { token: 'Recovery', reason: 'too long', file: softhsm.module.file },
      });
    });

    it('bytes that are no UTF-8', async () => {
      const client = clientFor(softhsm);
      const [token] = (await client.tokens(softhsm.module)).filter(({ label }) => label === 'Recovery');
      const pin = new SecretBytes(Uint8Array.of(0xff, 0xfe));
      const fault = await faultOfAsync(() => client.unlock(softhsm.module, token!, pin));
      expect(fault).toMatchObject({ code: 'pin.wrong', details: { ckr: 'CKR_PIN_INVALID 0xa1' } });
    });
  });

  it('a client that was closed can be used again, and closing twice does no harm', async () => {
    const client = clientFor(softhsm);
    await unlock(client, softhsm);
    await client.close();
    await client.close();
    expect((await unlock(client, softhsm)).keys).toHaveLength(5);
  });

  it('two logins at once take turns: each PIN goes to its own token', async () => {
    const client = clientFor(softhsm);
    const tokens = await client.tokens(softhsm.module);
    const [one, other] = ['Recovery', 'Other'].map((name) => tokens.find(({ label }) => label === name)!);
    const pin = (text: string): SecretBytes => new SecretBytes(new TextEncoder().encode(text));
    const results = await Promise.allSettled([
      client.unlock(softhsm.module, one!, pin(PIN)),
      client.unlock(softhsm.module, other!, pin('0000-wrong')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(results[1]).toMatchObject({ reason: { code: 'pin.wrong', details: { token: 'Other' } } });
  });

  it('a client that is closed starts nothing that was asked before', async () => {
    let started = 0;
    const client = new HsmClient(() => {
      started++;
      throw new Error('a bridge was started');
    });
    const faults = [1, 2].map(() => faultOfAsync(() => client.tokens(softhsm.module)));
    await client.close();
    for (const fault of await Promise.all(faults)) expect(fault.code).toBe('hsm.session-ended');
    expect(started).toBe(0);
  });

  it('two callers at once are served one after the other', async () => {
    const client = clientFor(softhsm);
    const hsmKey = await openKey(client, softhsm, 'recovery');
    const messages = [1, 2, 3, 4].map((n) => Uint8Array.of(n));
    const ciphertexts = messages.map((message) => encryptTo(pair, message, LABEL));
    const found = await Promise.all(ciphertexts.map((one) => decryptOnce(hsmKey, one, LABEL)));
    expect(found).toEqual(messages);
  });
});
