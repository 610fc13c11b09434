import type * as NodeCrypto from 'node:crypto';
import { createPrivateKey } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import {
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
} from '../../../../electron/engine/bytes/der-writer.ts';
import { integerToBigEndian } from '../../../../electron/engine/bytes/integer.ts';
import { describeKeyFile, needsPassword } from '../../../../electron/engine/rsa/describe-key-file.ts';
import { readRsaPrivateKey } from '../../../../electron/engine/rsa/private-key.ts';
import { base64Text, faultOf, hexText, makeKeyPair, pem, secret, utf8 } from './fixtures.ts';
import { describeOpenssl, openssl } from './openssl.ts';

vi.mock('node:crypto', async (importOriginal) => {
  const original = await importOriginal<typeof NodeCrypto>();
  return { ...original, createPrivateKey: vi.fn(original.createPrivateKey) };
});

const PASSWORD = 'Pässwörd with blanks ';
const pair = makeKeyPair();
const spki = new Uint8Array(pair.spki);

const der = new Uint8Array(
  pair.privateKey.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: PASSWORD }),
);
const legacy = pair.privateKey
  .export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSWORD })
  .toString();

describe('encrypted keys of the runtime', () => {
  it.each<[string, Uint8Array]>([
    ['encrypted-pkcs8-der', der],
    ['encrypted-pkcs8-hex', utf8(hexText(der))],
    ['encrypted-pkcs8-base64', utf8(base64Text(der, 64))],
    ['encrypted-pkcs8-pem', utf8(pem('ENCRYPTED PRIVATE KEY', der, '\r\n'))],
    ['encrypted-pkcs1-pem', utf8(legacy)],
    ['encrypted-pkcs1-pem', utf8(legacy.replaceAll('\n', '\r\n'))],
  ])('%s', async (kind, content) => {
    const key = await readRsaPrivateKey(content, secret(PASSWORD));
    expect(key.kind).toBe(kind);
    expect(key.publicKey.spkiDer).toEqual(spki);
    expect(describeKeyFile(content)).toEqual({ kind, encrypted: true });
    expect(needsPassword(content)).toBe(true);
    expect((await faultOf(() => readRsaPrivateKey(content))).code).toBe('password.required');
    for (const wrong of [PASSWORD.trim(), '', `${PASSWORD}x`]) {
      expect((await faultOf(() => readRsaPrivateKey(content, secret(wrong)))).code).toBe('password.wrong');
    }
  });

  it('never hands an encrypted key to the runtime, whose BoringSSL would refuse some', () => {
    const calls = vi.mocked(createPrivateKey).mock.calls;
    expect(calls.length).toBeGreaterThan(0);
    for (const [options] of calls) expect(options).toMatchObject({ format: 'der', type: 'pkcs1' });
    expect(calls.every(([options]) => !('passphrase' in (options as object)))).toBe(true);
  });

  it('tells a wrong password from a good one every time, also where the padding happens to fit', async () => {
    const small = makeKeyPair(1024).privateKey;
    const file = small.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'right' });
    for (let i = 0; i < 600; i++) {
      const fault = await faultOf(() => readRsaPrivateKey(Buffer.from(file), secret(`wrong ${i}`)));
      expect(fault.code).toBe('password.wrong');
    }
  });
});

describeOpenssl('encrypted keys of openssl', () => {
  const plain = pem('PRIVATE KEY', pair.pkcs8);
  const pass = ['-passout', `pass:${PASSWORD}`];

  const schemes: [string, string[]][] = [
    ...['hmacWithSHA1', 'hmacWithSHA224', 'hmacWithSHA256', 'hmacWithSHA384', 'hmacWithSHA512'].map(
      (prf): [string, string[]] => [prf, ['-v2', 'aes-256-cbc', '-v2prf', prf]],
    ),
    ...['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des-ede3-cbc'].map((cipher): [string, string[]] => [
      cipher,
      ['-v2', cipher],
    ]),
    ['scrypt', ['-scrypt']],
    ['scrypt with other costs', ['-v2', 'aes-128-cbc', '-scrypt', '-scrypt_N', '1024', '-scrypt_p', '2']],
    ['300,000 iterations', ['-v2', 'aes-256-cbc', '-iter', '300000']],
  ];
  it.each(schemes)('PKCS#8: %s', async (_, options) => {
    for (const form of ['DER', 'PEM']) {
      const file = openssl(['pkcs8', '-topk8', '-outform', form, ...options, ...pass], plain);
      const key = await readRsaPrivateKey(file, secret(PASSWORD));
      expect(key.kind).toBe(`encrypted-pkcs8-${form.toLowerCase()}`);
      expect(key.publicKey.spkiDer).toEqual(spki);
      expect((await faultOf(() => readRsaPrivateKey(file, secret('wrong')))).code).toBe('password.wrong');
    }
  });

  it.each(['-aes128', '-aes192', '-aes256', '-des3'])('legacy PEM: %s', async (cipher) => {
    const file = openssl(['rsa', cipher, '-traditional', ...pass], plain);
    const key = await readRsaPrivateKey(file, secret(PASSWORD));
    expect(key.kind).toBe('encrypted-pkcs1-pem');
    expect(key.publicKey.spkiDer).toEqual(spki);
    expect((await faultOf(() => readRsaPrivateKey(file, secret('wrong')))).code).toBe('password.wrong');
  });

  it.each([['-camellia256'], ['-aria128']])('legacy PEM with %s: rsa-key.unsupported', async (cipher) => {
    const file = openssl(['rsa', cipher, '-traditional', ...pass], plain);
    expect((await faultOf(() => readRsaPrivateKey(file, secret(PASSWORD)))).code).toBe('rsa-key.unsupported');
  });

  it('PKCS#8 of an older scheme: rsa-key.unsupported, with its identifier', async () => {
    const file = openssl(['pkcs8', '-topk8', '-v1', 'PBE-SHA1-3DES', ...pass], plain);
    expect(await faultOf(() => readRsaPrivateKey(file, secret(PASSWORD)))).toEqual({
      code: 'rsa-key.unsupported',
      details: { what: 'encryption scheme', oid: '1.2.840.113549.1.12.1.3' },
    });
  });

  it('the way of the public guide: genrsa, then rsa -outform DER', async () => {
    const genrsa = openssl(['genrsa', '2048']);
    const file = openssl(['rsa', '-outform', 'DER'], genrsa);
    const key = await readRsaPrivateKey(file);
    expect(key.publicKey.spkiDer).toEqual(openssl(['rsa', '-pubout', '-outform', 'DER'], genrsa));
    expect((await readRsaPrivateKey(genrsa)).publicKey.spkiDer).toEqual(key.publicKey.spkiDer);
  });

  it('an encrypted EC key: rsa-key.other-algorithm', async () => {
    const ec = openssl(['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']);
    const file = openssl(['pkcs8', '-topk8', ...pass], ec);
    expect(await faultOf(() => readRsaPrivateKey(file, secret(PASSWORD)))).toEqual({
      code: 'rsa-key.other-algorithm',
      details: { algorithm: 'EC' },
    });
  });
});

describe('damaged or hostile encryption', () => {
  const number = (value: number): Uint8Array => derInteger(integerToBigEndian(BigInt(value), 7));
  const SHA256 = derSequence(derOid('1.2.840.113549.2.9'), derNull());
  const salt = derOctetString(new Uint8Array(8));
  const aes256 = (ivBytes = 16): Uint8Array =>
    derSequence(derOid('2.16.840.1.101.3.4.1.42'), derOctetString(new Uint8Array(ivBytes)));
  const pbkdf2 = (...parameters: Uint8Array[]): Uint8Array =>
    derSequence(derOid('1.2.840.113549.1.5.12'), derSequence(...parameters));
  const scrypt = (...parameters: number[]): Uint8Array =>
    derSequence(derOid('1.3.6.1.4.1.11591.4.11'), derSequence(salt, ...parameters.map(number)));
  const file = (kdf: Uint8Array, cipher = aes256(), ciphertext = new Uint8Array(32)): Uint8Array =>
    derSequence(
      derSequence(derOid('1.2.840.113549.1.5.13'), derSequence(kdf, cipher)),
      derOctetString(ciphertext),
    );

  it.each([
    ['PBKDF2 of ten million and one', file(pbkdf2(salt, number(10_000_001), SHA256)), 'iterations'],
    ['scrypt of 2 GiB', file(scrypt(2 ** 21, 8, 1)), 'scrypt memory'],
    ['scrypt of many blocks', file(scrypt(2, 1, 2 ** 24)), 'scrypt memory'],
    ['scrypt of many passes', file(scrypt(2 ** 19, 8, 100)), 'scrypt work'],
    ['another derivation', file(derSequence(derOid('1.2.3'), derNull())), 'key derivation'],
    ['another digest', file(pbkdf2(salt, number(1), derSequence(derOid('1.2.3')))), 'pseudo-random function'],
    ['another cipher', file(pbkdf2(salt, number(1)), derSequence(derOid('1.2.3'))), 'cipher'],
  ])('%s: rsa-key.unsupported, at once', async (_, der, what) => {
    const before = performance.now();
    expect(await faultOf(() => readRsaPrivateKey(der, secret('x')))).toMatchObject({
      code: 'rsa-key.unsupported',
      details: { what },
    });
    expect(performance.now() - before).toBeLessThan(500);
  });

  it.each([
    ['no iterations', file(pbkdf2(salt, number(0), SHA256))],
    ['iterations beyond any number', file(pbkdf2(salt, derInteger(new Uint8Array(20).fill(9))))],
    ['another key length than the cipher has', file(pbkdf2(salt, number(1), number(16), SHA256))],
    ['scrypt cost that is no power of two', file(scrypt(1000, 8, 1))],
    ['scrypt without passes', file(scrypt(1024, 8, 0))],
    ['scrypt cost too large for its block', file(scrypt(2 ** 16, 1, 1))],
    ['a short initialization vector', file(pbkdf2(salt, number(1)), aes256(8))],
    ['no ciphertext', file(pbkdf2(salt, number(1)), aes256(), new Uint8Array(0))],
    ['half a cipher block', file(pbkdf2(salt, number(1)), aes256(), new Uint8Array(24))],
    ['something after the parameters', file(pbkdf2(salt, number(1), number(32), SHA256, salt))],
  ])('%s: rsa-key.malformed', async (_, der) => {
    expect((await faultOf(() => readRsaPrivateKey(der, secret('x')))).code).toBe('rsa-key.malformed');
  });

  it('the key length that the cipher has is taken, and SHA-1 where no digest is named', async () => {
    const der = file(pbkdf2(salt, number(1), number(32)));
    expect((await faultOf(() => readRsaPrivateKey(der, secret('x')))).code).toBe('password.wrong');
  });

  it('a wrong password is told every time, also where the padding happens to fit', async () => {
    const der = file(pbkdf2(salt, number(1)));
    for (let i = 0; i < 1200; i++) {
      expect((await faultOf(() => readRsaPrivateKey(der, secret(`wrong ${i}`)))).code).toBe('password.wrong');
    }
  });

  it('half a file: rsa-key.truncated', async () => {
    const fault = await faultOf(() => readRsaPrivateKey(der.subarray(0, 500), secret(PASSWORD)));
    expect(fault.code).toBe('rsa-key.truncated');
  });

  it.each([
    ['a short initialization vector', legacy.replace(/(DEK-Info: .*)../, '$1'), 'rsa-key.malformed'],
    [
      'an initialization vector of other letters',
      legacy.replace(/(DEK-Info: .*)../, '$1zz'),
      'rsa-key.malformed',
    ],
    ['no DEK-Info', legacy.replace(/DEK-Info: .*/, ''), 'rsa-key.unsupported'],
    ['a body cut short', legacy.replace(/.{8}\n-----END/, '\n-----END'), 'rsa-key.truncated'],
    ['no END', legacy.replace(/-----END.*/, ''), 'rsa-key.truncated'],
  ])('legacy PEM with %s: $2', async (_, text, code) => {
    expect((await faultOf(() => readRsaPrivateKey(utf8(text), secret(PASSWORD)))).code).toBe(code);
  });

  it('damage behind a right password: rsa-key.malformed', async () => {
    const damaged = der.with(800, der[800]! ^ 1);
    const fault = await faultOf(() => readRsaPrivateKey(damaged, secret(PASSWORD)));
    expect(fault.code).toBe('rsa-key.malformed');
  });
});
