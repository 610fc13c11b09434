import { constants, createHash, hash, privateDecrypt, publicEncrypt, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../../electron/engine/bytes/hex.ts';
import { oaepBlockLooksRight, oaepDecode } from '../../../../electron/engine/rsa/oaep-decode.ts';
import {
  hashOaepLabel,
  maxMessageBytes,
  oaepEncode,
  prepareOaep,
  xorWithMask,
} from '../../../../electron/engine/rsa/oaep.ts';
import { parseRsaPublicKey } from '../../../../electron/engine/rsa/public-key.ts';
import { encryptWithSeed, faultOf, makeKeyPair, reveal, utf8 } from './fixtures.ts';

const pair = makeKeyPair();
const publicKey = parseRsaPublicKey(pair.spki);
const seed = new Uint8Array(randomBytes(32));
const NO_LABEL = new Uint8Array(0);
const LABEL = utf8('label');

const nativeDecrypt = (ciphertext: Uint8Array, label: Uint8Array): Uint8Array =>
  privateDecrypt(
    { key: pair.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256', oaepLabel: label },
    ciphertext,
  );
const nativeEncrypt = (message: Uint8Array, label: Uint8Array): Uint8Array =>
  publicEncrypt(
    {
      key: publicKey.keyObject,
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha256',
      oaepLabel: label,
    },
    message,
  );
const rawDecrypt = (ciphertext: Uint8Array): Uint8Array =>
  privateDecrypt({ key: pair.privateKey, padding: constants.RSA_NO_PADDING }, ciphertext);

/** Masks a data block by hand, to make blocks that no encoder makes. */
function mask(dataBlock: Uint8Array, firstByte = 0): Uint8Array {
  const block = Buffer.concat([Uint8Array.of(firstByte), seed, dataBlock]);
  xorWithMask(block.subarray(33), seed);
  xorWithMask(block.subarray(1, 33), block.subarray(33));
  return block;
}

describe('EME-OAEP', () => {
  it.each([
    ['no message, no label', new Uint8Array(0), NO_LABEL],
    ['a scalar, no label', randomBytes(32), NO_LABEL],
    ['a scalar, a label', randomBytes(32), LABEL],
    ['a message of zeros', new Uint8Array(32), LABEL],
    ['a message that begins with ones', new Uint8Array(40).fill(1), LABEL],
    ['the longest message', randomBytes(maxMessageBytes(publicKey)), randomBytes(100)],
  ])('%s: OpenSSL reads what we write, we read what OpenSSL writes', (_, message, label) => {
    const expected = toHex(message);
    expect(toHex(nativeDecrypt(encryptWithSeed(publicKey, message, seed, label), label))).toBe(expected);
    expect(toHex(reveal(oaepDecode(rawDecrypt(nativeEncrypt(message, label)), label)))).toBe(expected);
    const block = oaepEncode(message, seed, hashOaepLabel(label), 256);
    expect(toHex(reveal(oaepDecode(block, label)))).toBe(expected);
    expect(oaepBlockLooksRight(block)).toBe(true);
  });

  it('MGF1 is SHA-256 of seed and counter (RFC 8017 B.2.1)', () => {
    const masked = new Uint8Array(70);
    xorWithMask(masked, LABEL);
    const digests = [0, 1, 2].map((n) =>
      createHash('sha256')
        .update(LABEL)
        .update(Uint8Array.of(0, 0, 0, n))
        .digest(),
    );
    expect(Buffer.from(masked)).toEqual(Buffer.concat(digests).subarray(0, 70));
  });

  it('is the same for the same seed, another for another', () => {
    const prepared = prepareOaep(publicKey, LABEL);
    const message = randomBytes(32);
    expect(prepared.encrypt(message, seed)).toEqual(prepared.encrypt(message, seed));
    expect(prepared.encrypt(message, seed)).toEqual(encryptWithSeed(publicKey, message, seed, LABEL));
    expect(prepared.encrypt(message, seed)).not.toEqual(prepared.encrypt(message, randomBytes(32)));
  });

  it('a message too long: rsa-key.unsupported', async () => {
    const message = new Uint8Array(maxMessageBytes(publicKey) + 1);
    expect((await faultOf(() => encryptWithSeed(publicKey, message, seed, LABEL))).code).toBe(
      'rsa-key.unsupported',
    );
  });

  it('a key too small for any message: rsa-key.unsupported', async () => {
    const tiny = parseRsaPublicKey(makeKeyPair(512).spki);
    expect(maxMessageBytes(tiny)).toBe(-2);
    const work = () => encryptWithSeed(tiny, new Uint8Array(0), seed, LABEL);
    expect((await faultOf(work)).code).toBe('rsa-key.unsupported');
  });

  it('a seed of another length is a bug of the caller', () => {
    expect(() => encryptWithSeed(publicKey, LABEL, seed.subarray(1), LABEL)).toThrow(
      'an OAEP seed has 32 bytes',
    );
  });
});

describe('refused blocks', () => {
  const labelHash = hash('sha256', LABEL, 'buffer');
  const dataBlock = (...tail: number[]): Uint8Array => {
    const block = new Uint8Array(223);
    block.set(labelHash);
    block.set(tail, 223 - tail.length);
    return block;
  };

  it('takes the block that the others differ from', () => {
    expect(reveal(oaepDecode(mask(dataBlock(1, 7, 8)), LABEL))).toEqual(Uint8Array.of(7, 8));
    expect(reveal(oaepDecode(mask(dataBlock(1)), LABEL))).toHaveLength(0);
  });

  it.each([
    ['a first byte that is not zero', mask(dataBlock(1, 7, 8), 1), false],
    ['no one after the zeros', mask(dataBlock()), false],
    ['something else before the one', mask(dataBlock(2, 1, 7)), false],
    ['a high bit before the one', mask(dataBlock(0x80, 1, 7)), false],
    ['another label', mask(dataBlock(1, 7, 8).with(31, (labelHash[31] ?? 0) ^ 1)), true],
    ['too few bytes', new Uint8Array(65), false],
    ['no bytes', new Uint8Array(0), false],
  ])('%s: decryption.failed, without a word more', async (_, block, looksRight) => {
    const before = toHex(block);
    expect(await faultOf(() => oaepDecode(block, LABEL))).toEqual({ code: 'decryption.failed', details: {} });
    expect(oaepBlockLooksRight(block)).toBe(looksRight);
    expect(toHex(block)).toBe(before);
    if (block.length !== 256) return;
    // OpenSSL agrees, given the ciphertext that decrypts to this block.
    const ciphertext = publicEncrypt({ key: publicKey.keyObject, padding: constants.RSA_NO_PADDING }, block);
    expect(() => nativeDecrypt(ciphertext, LABEL)).toThrow();
  });

  it('random blocks are refused, and almost none has the shape', async () => {
    let shaped = 0;
    for (let i = 0; i < 2000; i++) {
      const block = new Uint8Array(randomBytes(256));
      block[0] = 0;
      expect((await faultOf(() => oaepDecode(block, LABEL))).code).toBe('decryption.failed');
      if (oaepBlockLooksRight(block)) shaped += 1;
    }
    // One in 255 begins with a one after no zeros or more.
    expect(shaped).toBeLessThan(50);
  });
});
