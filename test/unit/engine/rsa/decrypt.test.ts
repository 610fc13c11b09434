import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { labelMismatchProbe, softwareDecryptor } from '../../../../electron/engine/rsa/decrypt.ts';
import { readRsaPrivateKey } from '../../../../electron/engine/rsa/private-key.ts';
import { decryptWith, encryptWithSeed, faultOf, makeKeyPair, reveal, utf8 } from './fixtures.ts';

const key = await readRsaPrivateKey(makeKeyPair().pkcs8);
const otherKey = await readRsaPrivateKey(makeKeyPair().pkcs8);
const seed = new Uint8Array(randomBytes(32));
const message = new Uint8Array(randomBytes(32));
const LABEL = utf8('label');
const ciphertext = encryptWithSeed(key.publicKey, message, seed, LABEL);

describe('software decryption', () => {
  it.each([
    ['no label', new Uint8Array(0)],
    ['a label', LABEL],
    ['a label of 32 raw bytes', randomBytes(32)],
  ])('%s', async (_, label) => {
    const sealed = encryptWithSeed(key.publicKey, message, seed, label);
    expect(reveal(await softwareDecryptor(key, label)(sealed))).toEqual(message);
    expect(reveal(await decryptWith(key, sealed, label))).toEqual(message);
  });

  it('an empty message', async () => {
    const sealed = encryptWithSeed(key.publicKey, new Uint8Array(0), seed, LABEL);
    expect(await decryptWith(key, sealed, LABEL)).toHaveLength(0);
  });

  it.each([
    ['another label', ciphertext, utf8('Label')],
    ['no label', ciphertext, new Uint8Array(0)],
    ['a damaged ciphertext', ciphertext.with(100, ciphertext[100]! ^ 1), LABEL],
    ['a ciphertext cut short', ciphertext.subarray(1), LABEL],
    ['a ciphertext with a byte more', Buffer.concat([new Uint8Array(1), ciphertext]), LABEL],
    ['a ciphertext beyond the modulus', new Uint8Array(256).fill(0xff), LABEL],
    ['nothing', new Uint8Array(0), LABEL],
  ])('%s: decryption.failed', async (_, damaged, label) => {
    expect(await faultOf(() => decryptWith(key, damaged, label))).toEqual({
      code: 'decryption.failed',
      details: {},
    });
  });

  it('another key: decryption.failed', async () => {
    expect((await faultOf(() => decryptWith(otherKey, ciphertext, LABEL))).code).toBe('decryption.failed');
  });
});

describe('which of the two was wrong', () => {
  it('the label', () => {
    expect(labelMismatchProbe(key, ciphertext)).toBe('label');
  });

  it.each([
    ['a ciphertext for another key', encryptWithSeed(otherKey.publicKey, message, seed, LABEL)],
    ['a ciphertext cut short', ciphertext.subarray(1)],
    ['a ciphertext beyond the modulus', new Uint8Array(256).fill(0xff)],
  ])('%s: the key', (_, foreign) => {
    expect(labelMismatchProbe(key, foreign)).toBe('key');
  });
});

it('nothing of a key is shown by printing it', () => {
  expect(JSON.stringify({ ...key, publicKey: undefined })).not.toMatch(/[0-9a-f]{20}/);
});
