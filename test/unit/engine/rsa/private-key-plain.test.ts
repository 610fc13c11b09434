import type * as NodeCrypto from 'node:crypto';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import {
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
} from '../../../../electron/engine/bytes/der-writer.ts';
import { DerReader } from '../../../../electron/engine/bytes/der.ts';
import { RSA_OID } from '../../../../electron/engine/rsa/algorithms.ts';
import { describeKeyFile, needsPassword } from '../../../../electron/engine/rsa/describe-key-file.ts';
import { readRsaPrivateKey } from '../../../../electron/engine/rsa/private-key.ts';
import { base64Text, faultOf, hexText, makeKeyPair, pem, secret, utf8 } from './fixtures.ts';

vi.mock('node:crypto', async (importOriginal) => {
  const original = await importOriginal<typeof NodeCrypto>();
  return { ...original, createPrivateKey: vi.fn(original.createPrivateKey) };
});

const pair = makeKeyPair();
const bytes = (content: Uint8Array | string): Uint8Array =>
  typeof content === 'string' ? utf8(content) : content;

/** The integers of an RSAPrivateKey, to write it again with one of them changed. */
function integersOf(pkcs1: Uint8Array): Uint8Array[] {
  const key = new DerReader(pkcs1).readSequence('key');
  const integers: Uint8Array[] = [];
  while (!key.done) integers.push(key.readInteger('integer'));
  return integers;
}

function rewritten(change: (integers: Uint8Array[]) => Uint8Array[]): Uint8Array {
  return derSequence(...change(integersOf(pair.pkcs1)).map(derInteger));
}

describe('forms of a private key', () => {
  const utf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, 'utf16le');
  const { pkcs8, pkcs1 } = pair;

  it.each<[string, Uint8Array | string]>([
    ['pkcs8-der', pkcs8],
    ['pkcs1-der', pkcs1],
    ['pkcs8-hex', hexText(pkcs8)],
    ['pkcs8-hex', `${hexText(pkcs8).toUpperCase()}\r\n`],
    ['pkcs8-hex', `\ufeff  ${hexText(pkcs8).replace(/.{64}/g, '$& \n')}`],
    ['pkcs1-hex', hexText(pkcs1)],
    ['pkcs8-base64', base64Text(pkcs8)],
    ['pkcs8-base64', `\ufeff\n${base64Text(pkcs8, 76, '\r\n')}\r\n\r\n`],
    ['pkcs8-base64', base64Text(pkcs8, 64, ' ')],
    ['pkcs8-base64', base64Text(pkcs8).replace(/=+$/, '')],
    ['pkcs1-base64', base64Text(pkcs1)],
    ['pkcs8-pem', pem('PRIVATE KEY', pkcs8)],
    ['pkcs8-pem', pem('PRIVATE KEY', pkcs8, '\r\n')],
    ['pkcs8-pem', `\ufeff${pem('PRIVATE KEY', pkcs8)}`],
    ['pkcs8-pem', utf16(pem('PRIVATE KEY', pkcs8, '\r\n'))],
    ['pkcs8-hex', Buffer.from(utf16(hexText(pkcs8))).swap16()],
    ['pkcs1-pem', pem('RSA PRIVATE KEY', pkcs1)],
    ['pkcs1-pem', pem('PRIVATE KEY', pkcs1)],
    ['pkcs8-pem', pem('CERTIFICATE', pair.spki) + pem('PRIVATE KEY', pkcs8) + pem('PUBLIC KEY', pair.spki)],
    ['pkcs8-pem', `Bag Attributes\n    friendlyName: R\xe9covery\n${pem('PRIVATE KEY', pkcs8)}`],
    ['pkcs8-pem', `${pem('PRIVATE KEY', pkcs8)}-----BEGIN CERTIFICATE-----\nMIIB`],
  ])('%s', async (kind, content) => {
    const key = await readRsaPrivateKey(bytes(content));
    expect(key.kind).toBe(kind);
    expect(key.publicKey.spkiDer).toEqual(new Uint8Array(pair.spki));
    expect(key.keyObject.export({ type: 'pkcs8', format: 'der' })).toEqual(pkcs8);
    expect(key.warnings).toEqual([]);
    expect(describeKeyFile(bytes(content))).toEqual({ kind, encrypted: false });
    expect(needsPassword(bytes(content))).toBe(false);
  });

  it('takes the RSA key of a file with an EC key before it', async () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const sec1 = ec.export({ type: 'sec1', format: 'pem' }).toString();
    const key = await readRsaPrivateKey(utf8(sec1 + pem('RSA PRIVATE KEY', pkcs1)));
    expect(key.kind).toBe('pkcs1-pem');
  });

  it('lets a password pass that nothing needs', async () => {
    expect((await readRsaPrivateKey(pkcs8, secret('unused'))).kind).toBe('pkcs8-der');
  });

  it('leaves the file as it was', async () => {
    const content = utf8(hexText(pkcs8));
    await readRsaPrivateKey(content);
    expect(Buffer.from(content).toString()).toBe(hexText(pkcs8));
  });

  it('takes attributes behind a PKCS#8 key', async () => {
    const algorithm = derSequence(derOid(RSA_OID), derNull());
    const attributes = Uint8Array.of(0xa0, 0);
    const der = derSequence(derInteger(Uint8Array.of()), algorithm, derOctetString(pkcs1), attributes);
    expect((await readRsaPrivateKey(der)).kind).toBe('pkcs8-der');
  });

  it('warns of a small key', async () => {
    const key = await readRsaPrivateKey(makeKeyPair(1024).pkcs8);
    expect(key.warnings).toEqual([{ code: 'rsa-key.small', bits: 1024 }]);
  });

  it('gives the runtime nothing but RSAPrivateKey DER', () => {
    const calls = vi.mocked(createPrivateKey).mock.calls;
    expect(calls.length).toBeGreaterThan(0);
    for (const [options] of calls) expect(options).toMatchObject({ format: 'der', type: 'pkcs1' });
    expect(calls.every(([options]) => !('passphrase' in (options as object)))).toBe(true);
  });
});

describe('rsa-key.truncated', () => {
  const { pkcs8, pkcs1 } = pair;
  it.each<[string, Uint8Array | string]>([
    ['half of PKCS#8 DER', pkcs8.subarray(0, 600)],
    ['PKCS#8 DER without its last byte', pkcs8.subarray(0, -1)],
    ['half of PKCS#1 DER', pkcs1.subarray(0, 600)],
    ['two bytes of DER', pkcs8.subarray(0, 2)],
    ['half of the hex', hexText(pkcs8).slice(0, 1000)],
    ['an odd number of hex digits', hexText(pkcs8).slice(0, -1)],
    ['half of the base64', base64Text(pkcs8).slice(0, 600)],
    ['base64 without its last character', base64Text(pkcs1).replace(/=*$/, '').slice(0, -1)],
    ['one character more than a group', base64Text(pkcs8).slice(0, 601)],
    ['PEM without END', pem('PRIVATE KEY', pkcs8).slice(0, 900)],
    ['PEM cut in its END line', pem('PRIVATE KEY', pkcs8).slice(0, -10)],
    ['PEM cut in its BEGIN line', '-----BEGIN RSA PRIV'],
    ['PEM without BEGIN', pem('PRIVATE KEY', pkcs8).slice(200)],
    ['PEM with lines missing', pem('PRIVATE KEY', pkcs8.subarray(0, 480))],
    ['PEM without a body', pem('PRIVATE KEY', new Uint8Array(0))],
  ])('%s', async (_, content) => {
    expect((await faultOf(() => readRsaPrivateKey(bytes(content)))).code).toBe('rsa-key.truncated');
    expect((await faultOf(() => describeKeyFile(bytes(content)))).code).toBe('rsa-key.truncated');
  });
});

describe('rsa-key.malformed', () => {
  const flipped = (index: number): Uint8Array =>
    rewritten((integers) => integers.map((n, i) => (i === index ? n.with(9, n[9]! ^ 4) : n)));

  it.each<[string, Uint8Array | string]>([
    ['bytes after the DER', Buffer.concat([pair.pkcs8, Uint8Array.of(0)])],
    ['a stray character in the hex', hexText(pair.pkcs8).replace(/^(.{200})./, '$1g')],
    ['a stray character in the base64', base64Text(pair.pkcs8).replace(/^(.{200})./, '$1!')],
    ['a stray character in the PEM', pem('PRIVATE KEY', pair.pkcs8).replace(/^(.{27}\n.{20})./, '$1*')],
    ['padding inside the base64', base64Text(pair.pkcs8).replace(/^(.{200})./, '$1=')],
    ['a damaged modulus', flipped(1)],
    ['a damaged private exponent', flipped(3)],
    ['a damaged prime p', flipped(4)],
    ['a damaged prime q', flipped(5)],
    ['a damaged dP', flipped(6)],
    ['a damaged dQ', flipped(7)],
    ['a damaged qInv', flipped(8)],
    ['primes 1 and n', rewritten((n) => n.with(4, Uint8Array.of(1)).with(5, n[1]!))],
    ['one integer too many', rewritten((n) => [...n, Uint8Array.of(1)])],
    ['one integer too few', rewritten((n) => n.slice(0, -1))],
    ['an even modulus', rewritten((n) => n.with(1, n[1]!.with(-1, 2)))],
  ])('%s', async (_, content) => {
    expect((await faultOf(() => readRsaPrivateKey(bytes(content)))).code).toBe('rsa-key.malformed');
  });

  it('names the damaged part', async () => {
    const details = async (index: number) => (await faultOf(() => readRsaPrivateKey(flipped(index)))).details;
    expect(await details(4)).toEqual({ field: 'primes' });
    expect(await details(3)).toEqual({ field: 'private exponent' });
    expect(await details(7)).toEqual({ field: 'CRT exponents' });
    expect(await details(8)).toEqual({ field: 'CRT coefficient' });
  });
});

describe('rsa-key.unsupported', () => {
  const pkcs12 = derSequence(derInteger(Uint8Array.of(3)), derSequence(derOid('1.2.840.113549.1.7.1')));
  it.each<[string, Uint8Array | string, object]>([
    ['several primes', rewritten((n) => n.with(0, Uint8Array.of(1))), { what: 'more than two primes' }],
    ['no CRT values', rewritten((n) => n.slice(0, 4)), { what: 'no primes in the key' }],
    ['CRT values of zero', rewritten((n) => n.with(4, Uint8Array.of())), { what: 'no primes in the key' }],
    ['OpenSSH', pem('OPENSSH PRIVATE KEY', utf8('openssh-key-v1')), { container: 'OpenSSH' }],
    ['OpenPGP', pem('PGP PRIVATE KEY BLOCK', utf8('x')), { container: 'OpenPGP' }],
    ['PKCS#12', pkcs12, { container: 'PKCS#12' }],
    ['PKCS#12 in BER', Uint8Array.of(0x30, 0x80, 2, 1, 3, 0x30, 0x80), { container: 'PKCS#12' }],
    ['a Java key store', Uint8Array.of(0xfe, 0xed, 0xfe, 0xed, 0, 0), { container: 'Java key store' }],
  ])('%s', async (_, content, details) => {
    expect(await faultOf(() => readRsaPrivateKey(bytes(content)))).toEqual({
      code: 'rsa-key.unsupported',
      details,
    });
  });
});

describe('another key than an RSA private key', () => {
  const pkcs8Of = (key: { export(options: { type: 'pkcs8'; format: 'der' }): Buffer }): Uint8Array =>
    key.export({ type: 'pkcs8', format: 'der' });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).privateKey;
  const dsaTraditional = derSequence(...[0, 5, 7, 9, 11, 13].map((n) => derInteger(Uint8Array.of(n))));
  const legacyEc = ec.export({ type: 'sec1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' });

  it.each<[string, Uint8Array | string]>([
    ['EC', pkcs8Of(ec)],
    ['EC', ec.export({ type: 'sec1', format: 'der' })],
    ['EC', ec.export({ type: 'sec1', format: 'pem' }).toString()],
    ['EC', legacyEc.toString()],
    ['Ed25519', pkcs8Of(generateKeyPairSync('ed25519').privateKey)],
    ['X25519', pem('PRIVATE KEY', pkcs8Of(generateKeyPairSync('x25519').privateKey))],
    ['DSA', pkcs8Of(dsa)],
    ['DSA', dsaTraditional],
    ['RSASSA-PSS', pkcs8Of(generateKeyPairSync('rsa-pss', { modulusLength: 1024 }).privateKey)],
  ])('%s: rsa-key.other-algorithm', async (algorithm, content) => {
    const fault = await faultOf(() => readRsaPrivateKey(bytes(content), secret('x')));
    expect(fault).toEqual({ code: 'rsa-key.other-algorithm', details: { algorithm } });
    expect(describeKeyFile(bytes(content))).toEqual({
      kind: 'other-private-key',
      encrypted: false,
      looksLike: algorithm,
    });
  });

  const certificate = derSequence(derSequence(Uint8Array.of(0xa0, 3, 2, 1, 2)), derNull());
  it.each<[string, Uint8Array | string, string]>([
    ['SubjectPublicKeyInfo', pair.spki, 'public key'],
    ['hex of one', hexText(pair.spki), 'public key'],
    ['RSAPublicKey', pair.pkcs1Public, 'public key'],
    ['PEM', pem('PUBLIC KEY', pair.spki), 'public key'],
    ['a certificate', certificate, 'certificate'],
    ['a PEM certificate', pem('CERTIFICATE', certificate), 'certificate'],
    ['an OpenSSH public key', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ me', 'OpenSSH public key'],
  ])('%s: rsa-key.public-given', async (_, content, looksLike) => {
    const fault = await faultOf(() => readRsaPrivateKey(bytes(content)));
    expect(fault).toEqual({ code: 'rsa-key.public-given', details: { looksLike } });
  });
});

describe('rsa-key.not-understood says what it looks like', () => {
  const ANY = 'random bytes, or an old PKE1 file without its header';
  it.each<[string, Uint8Array | string]>([
    ['empty', ''],
    ['empty', ' \r\n\t'],
    ['text', 'the key is in the safe'],
    ['PuTTY key', 'PuTTY-User-Key-File-3: ssh-rsa\n'],
    ['JSON', '{"a": 1}'],
    ['JSON', '{"key":"-----BEGIN PRIVATE KEY-----\\nMIIEvQ"}'],
    ['a JSON Web Key', '{"kty":"RSA","n":"x"}'],
    ['a recovery kit', '{"version":"3","recovery_data":[]}'],
    ['a recovery kit', base64Text(utf8('{"index":0,"recoveryPublicKeyHex":"3082"}'))],
    ['XML or a web page', '<html>'],
    ['a recovered wallet key', '00'.repeat(32)],
    ['a recovered wallet key', new Uint8Array(32).fill(1)],
    ['hex text of something else', 'abcd'.repeat(20)],
    ['base64 text of something else', 'QUJD'.repeat(20)],
    ['base64 text of something else', 'MARYHADALITTLELAMBITSFLEECEWASWHITE'],
    ['text', '0x0123456789'],
    ['a ZIP archive', 'PK\x03\x04rest'],
    ['a PDF', '%PDF-1.7\n\x00'],
    [ANY, Uint8Array.of(1, 2, 3, 0xff)],
    [ANY, new Uint8Array(500)],
    ['DER of something else', derSequence(derInteger(Uint8Array.of()), derNull())],
    ['DER of something else', pem('EC PARAMETERS', derOid('1.2.840.10045.3.1.7'))],
  ])('%s (case %#)', async (looksLike, content) => {
    expect(await faultOf(() => readRsaPrivateKey(bytes(content)))).toEqual({
      code: 'rsa-key.not-understood',
      details: { looksLike },
    });
  });

  it('a file beyond any key: file.too-large', async () => {
    expect((await faultOf(() => readRsaPrivateKey(new Uint8Array(1 << 19)))).code).toBe('file.too-large');
  });
});
