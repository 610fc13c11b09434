import { generateKeyPairSync } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { checkPublicKeyFile } from '../../../../electron/engine/rsa/public-key-check.ts';
import {
  productsTaking,
  PUBLIC_KEY_FORMS,
  writePublicKey,
} from '../../../../electron/engine/rsa/public-key-forms.ts';
import { parseRsaPublicKey } from '../../../../electron/engine/rsa/public-key.ts';
import { sealPke1 } from '../../../../electron/engine/rsa/pke1.ts';
import { systemRandom } from '../../../random.ts';
import { faultOf, makeKeyPair, secret, utf8 } from './fixtures.ts';

const big = makeKeyPair(4096);
const small = makeKeyPair(2048);
const hexOf = (der: Uint8Array): string => Buffer.from(der).toString('hex');
const pem = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;
const ofAnotherExponent = generateKeyPairSync('rsa', { modulusLength: 4096, publicExponent: 3 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const reasonOf = async (content: Uint8Array | string): Promise<unknown> => {
  const bytes = typeof content === 'string' ? utf8(content) : Uint8Array.from(content);
  const { code, details } = await faultOf(() => checkPublicKeyFile(bytes, 'palisade'));
  expect(code).toBe('public-key-file.refused');
  return details;
};

describe('writePublicKey', () => {
  it('has the sizes that platforms measure, and reads back as the same key', () => {
    const sizes = PUBLIC_KEY_FORMS.map((form) => writePublicKey(big.spki, form).length);
    expect(sizes).toEqual([550, 1100, 736]);
    for (const form of PUBLIC_KEY_FORMS) {
      const file = writePublicKey(big.spki, form);
      expect(parseRsaPublicKey(file).spkiDer).toEqual(new Uint8Array(big.spki));
      expect(file.includes(0x0a) && form !== 'der').toBe(false);
    }
  });

  it('each form is wanted by a product', () => {
    expect(PUBLIC_KEY_FORMS.map((form) => productsTaking(form, 4096))).toEqual([
      ['Palisade'],
      ['Palisade'],
      ['Institutional Vault (ers_public_key)'],
    ]);
    expect(PUBLIC_KEY_FORMS.map((form) => productsTaking(form, 3072).length)).toEqual([0, 0, 1]);
  });
});

describe('checkPublicKeyFile', () => {
  it('takes what the products take', () => {
    expect(checkPublicKeyFile(big.spki, 'palisade')).toMatchObject({ form: 'der', size: 550, notes: [] });
    const hex = checkPublicKeyFile(utf8(hexOf(big.spki)), 'palisade');
    expect(hex).toMatchObject({ form: 'hex', size: 1100, notes: [] });
    const upper = checkPublicKeyFile(utf8(hexOf(big.spki).toUpperCase()), 'palisade');
    expect(upper.publicKey.fingerprintHex).toBe(hex.publicKey.fingerprintHex);
    const base64 = checkPublicKeyFile(writePublicKey(big.spki, 'base64'), 'institutional-vault');
    expect(base64).toMatchObject({ form: 'base64', size: 736, notes: [] });
  });

  it('notes what the platform may stumble over', () => {
    expect(checkPublicKeyFile(utf8(`${hexOf(big.spki)}\n`), 'palisade').notes).toEqual(['blanks']);
    const vault = checkPublicKeyFile(writePublicKey(small.spki, 'base64'), 'institutional-vault');
    expect(vault.notes).toEqual(['below-recommended']);
  });

  it.each([
    ['PEM with headers', pem('PUBLIC KEY', big.spki), { reason: 'pem' }],
    ['half a PEM', pem('PUBLIC KEY', big.spki).slice(0, 200), { reason: 'pem' }],
    ['fewer than 4096 bits', small.spki, { reason: 'small', bits: 2048, minimum: 4096 }],
    ['one hex digit too few', hexOf(big.spki).slice(0, -1), { reason: 'odd hex' }],
    ['a slip in the hex', hexOf(big.spki).replace(/^(.{9})./, '$1g'), { reason: 'not hex', offset: 9 }],
    ['half the DER', big.spki.subarray(0, 300), { reason: 'truncated' }],
    ['half the hex', hexOf(big.spki).slice(0, 500), { reason: 'truncated' }],
    ['two bytes of DER', big.spki.subarray(0, 2), { reason: 'truncated' }],
    [
      'a line break behind the DER',
      Buffer.concat([big.spki, utf8('\n')]),
      { reason: 'trailing bytes', extra: 1 },
    ],
    ['hex that goes on', `${hexOf(big.spki)}abcd`, { reason: 'trailing bytes', extra: 2 }],
    [
      'base64',
      writePublicKey(big.spki, 'base64'),
      { reason: 'form', form: 'base64 text on one line', wanted: 'binary DER or hex text' },
    ],
    ['a bare RSAPublicKey', big.pkcs1Public, { reason: 'structure' }],
    [
      'another exponent',
      ofAnotherExponent.publicKey.export({ type: 'spki', format: 'der' }),
      { reason: 'exponent' },
    ],
    [
      'another algorithm',
      ec.publicKey.export({ type: 'spki', format: 'der' }),
      { reason: 'other algorithm', algorithm: 'EC' },
    ],
    ['nothing but text', 'hello there!', { reason: 'not understood', looksLike: 'text of another kind' }],
  ])('%s', async (_name, content, details) => {
    expect(await reasonOf(content)).toMatchObject({ reason: details.reason });
    if (details.reason !== 'not understood') expect(await reasonOf(content)).toEqual(details);
  });

  it.each([
    ['PKCS#8 DER', big.pkcs8],
    ['PKCS#1 DER', big.pkcs1],
    ['hex of PKCS#8', hexOf(big.pkcs8)],
    ['base64 of PKCS#1', Buffer.from(big.pkcs1).toString('base64')],
    ['PEM', pem('PRIVATE KEY', big.pkcs8)],
    ['PEM of PKCS#1', pem('RSA PRIVATE KEY', big.pkcs1)],
    ['an EC key', ec.privateKey.export({ type: 'pkcs8', format: 'der' })],
    ['half a PKCS#8', big.pkcs8.subarray(0, 700)],
    ['hex of half a PKCS#1', hexOf(big.pkcs1.subarray(0, 700))],
  ])('a private key is called that, as %s', async (_name, content) => {
    expect(await reasonOf(content)).toEqual({ reason: 'private key' });
  });

  it('a private key is called that, as PKE1', async () => {
    const sealed = await sealPke1(secret(hexOf(small.pkcs1)), secret('a long passphrase'), systemRandom);
    expect(await reasonOf(sealed)).toEqual({ reason: 'private key' });
  });

  it('no bytes are taken but the key itself, and none are a bug', () => {
    const spki = new Uint8Array(big.spki);
    fc.assert(
      fc.property(fc.nat(549), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Uint8Array.from(spki);
        changed[at] = (changed[at] ?? 0) ^ flip;
        try {
          expect(checkPublicKeyFile(changed, 'palisade').publicKey.spkiDer).toEqual(changed);
        } catch (error) {
          expect(error).toMatchObject({ code: 'public-key-file.refused' });
        }
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 700 }), (bytes) => {
        expect(() => checkPublicKeyFile(bytes, 'palisade')).toThrow('public-key-file.refused');
      }),
    );
  });
});
