import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  derBitString,
  derInteger,
  derNull,
  derOid,
  derSequence,
} from '../../../../electron/engine/bytes/der-writer.ts';
import { RSA_OID } from '../../../../electron/engine/rsa/algorithms.ts';
import { parseRsaPublicKey, rsaPublicKeyOf, sameRsaKey } from '../../../../electron/engine/rsa/public-key.ts';
import { base64Text, faultOf, hexText, makeKeyPair, pem, utf8 } from './fixtures.ts';

const pair = makeKeyPair();
const other = makeKeyPair(1024);
const THREE = Uint8Array.of(3);

/** An odd number of so many bits, big-endian. */
function oddNumber(bits: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(bits / 8)).fill(0xff);
  bytes[0] = 0xff >> (bytes.length * 8 - bits);
  return bytes;
}

function spki(modulus: Uint8Array, exponent: Uint8Array): Uint8Array {
  const key = derSequence(derInteger(modulus), derInteger(exponent));
  return derSequence(derSequence(derOid(RSA_OID), derNull()), derBitString(key));
}

describe('forms of a public key', () => {
  it.each<[string, Uint8Array | string]>([
    ['SubjectPublicKeyInfo DER', pair.spki],
    ['RSAPublicKey DER', pair.pkcs1Public],
    ['hex text', hexText(pair.spki)],
    ['upper-case hex text with a line break', `${hexText(pair.spki).toUpperCase()}\n`],
    ['base64 text', base64Text(pair.spki)],
    ['base64 text in lines', base64Text(pair.spki, 76, '\r\n')],
    ['RSAPublicKey as base64 text', base64Text(pair.pkcs1Public)],
    ['text as bytes', utf8(base64Text(pair.spki))],
    ['PEM', pem('PUBLIC KEY', pair.spki)],
    ['RSA PEM', pem('RSA PUBLIC KEY', pair.pkcs1Public)],
    ['PEM after a private key', pem('PRIVATE KEY', pair.pkcs8) + pem('PUBLIC KEY', pair.spki)],
  ])('%s', (_, content) => {
    const key = parseRsaPublicKey(content);
    expect(key.spkiDer).toEqual(new Uint8Array(pair.spki));
    expect(key).toMatchObject({ modulusBits: 2048, modulusBytes: 256, exponent: 65_537n });
    expect(key.fingerprintHex).toBe(createHash('sha256').update(pair.spki).digest('hex'));
    expect(key.keyObject.export({ type: 'spki', format: 'der' })).toEqual(pair.spki);
  });

  it('takes an algorithm without its NULL, and writes it with', () => {
    const key = derSequence(derSequence(derOid(RSA_OID)), derBitString(pair.pkcs1Public));
    expect(parseRsaPublicKey(key).spkiDer).toEqual(new Uint8Array(pair.spki));
  });

  it.each([512, 778, 1031, 3072])('%i bits', (bits) => {
    expect(parseRsaPublicKey(spki(oddNumber(bits), THREE)).modulusBits).toBe(bits);
  });

  it('compares keys, not files', () => {
    expect(sameRsaKey(parseRsaPublicKey(pair.spki), parseRsaPublicKey(hexText(pair.pkcs1Public)))).toBe(true);
    expect(sameRsaKey(parseRsaPublicKey(pair.spki), parseRsaPublicKey(other.spki))).toBe(false);
    const [a, b] = [
      rsaPublicKeyOf(oddNumber(1024), THREE),
      rsaPublicKeyOf(oddNumber(1024), Uint8Array.of(5)),
    ];
    expect(sameRsaKey(a, b)).toBe(false);
  });
});

describe('refusals', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
  const ed25519 = generateKeyPairSync('ed25519').publicKey;

  it.each([
    ['EC', ec.export({ type: 'spki', format: 'der' })],
    ['Ed25519', ed25519.export({ type: 'spki', format: 'der' })],
    [
      'RSASSA-PSS',
      generateKeyPairSync('rsa-pss', { modulusLength: 1024 }).publicKey.export({
        type: 'spki',
        format: 'der',
      }),
    ],
  ])('%s: rsa-key.other-algorithm', async (algorithm, der) => {
    expect(await faultOf(() => parseRsaPublicKey(der))).toEqual({
      code: 'rsa-key.other-algorithm',
      details: { algorithm },
    });
  });

  it.each<[string, Uint8Array | string, string]>([
    ['nothing', '', 'empty'],
    ['words', 'my public key', 'text'],
    ['JSON', '{"a":1}', 'JSON'],
    ['an OpenSSH key', 'ssh-rsa AAAAB3NzaC1yc2E me@host', 'OpenSSH public key'],
    ['a private key', pair.pkcs8, 'private key'],
    ['a Java key store', Uint8Array.from([0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2]), 'Java key store'],
    ['an OpenSSH private key', pem('OPENSSH PRIVATE KEY', utf8('openssh-key-v1')), 'OpenSSH'],
    ['random bytes', Uint8Array.of(0, 1, 2, 250), 'random bytes, or an old PKE1 file without its header'],
  ])('%s: rsa-key.not-understood', async (_, content, looksLike) => {
    expect(await faultOf(() => parseRsaPublicKey(content))).toEqual({
      code: 'rsa-key.not-understood',
      details: { looksLike },
    });
  });

  it.each<[string, Uint8Array | string]>([
    ['half the DER', pair.spki.subarray(0, 100)],
    ['half the hex', hexText(pair.spki).slice(0, 201)],
    ['half the base64', base64Text(pair.spki).slice(0, 202)],
    ['PEM without END', pem('PUBLIC KEY', pair.spki).slice(0, 300)],
    ['PEM without BEGIN', pem('PUBLIC KEY', pair.spki).slice(100)],
  ])('%s: rsa-key.truncated', async (_, content) => {
    expect((await faultOf(() => parseRsaPublicKey(content))).code).toBe('rsa-key.truncated');
  });

  it.each<[string, Uint8Array | string]>([
    ['bytes after the end', Buffer.concat([pair.spki, Uint8Array.of(10)])],
    ['a letter in the hex', hexText(pair.spki).replace(/.{3}$/, 'xyz')],
    [
      'bytes after the end inside',
      derSequence(
        derSequence(derOid(RSA_OID), derNull()),
        derBitString(Buffer.concat([pair.pkcs1Public, Uint8Array.of(0)])),
      ),
    ],
    ['an even modulus', spki(oddNumber(1024).with(127, 0xfe), THREE)],
    ['an even exponent', spki(oddNumber(1024), Uint8Array.of(4))],
    ['exponent 1', spki(oddNumber(1024), Uint8Array.of(1))],
    ['no modulus', spki(Uint8Array.of(), THREE)],
  ])('%s: rsa-key.malformed', async (_, content) => {
    expect((await faultOf(() => parseRsaPublicKey(content))).code).toBe('rsa-key.malformed');
  });

  it.each([
    ['511 bits', spki(oddNumber(511), THREE)],
    ['16385 bits', spki(oddNumber(16_385), THREE)],
    ['an exponent of 34 bits', spki(oddNumber(1024), oddNumber(34))],
  ])('%s: rsa-key.unsupported', async (_, der) => {
    expect((await faultOf(() => parseRsaPublicKey(der))).code).toBe('rsa-key.unsupported');
  });

  it('a file beyond any key: file.too-large', async () => {
    expect((await faultOf(() => parseRsaPublicKey(new Uint8Array(1 << 19)))).code).toBe('file.too-large');
  });
});
