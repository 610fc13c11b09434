import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  AES_128_CBC,
  AES_192_CBC,
  AES_256_CBC,
  type CbcCipher,
  decryptCbc,
  DES_EDE3_CBC,
} from '../../../../electron/engine/rsa/cbc.ts';

const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i);

function encrypt(cipher: CbcCipher, padded: Uint8Array): Uint8Array {
  const native = createCipheriv(cipher.name, counting(cipher.keyBytes), counting(cipher.blockBytes));
  native.setAutoPadding(false);
  return Buffer.concat([native.update(padded), native.final()]);
}

function decrypt(cipher: CbcCipher, ciphertext: Uint8Array): Uint8Array | undefined {
  return decryptCbc(cipher, counting(cipher.keyBytes), counting(cipher.blockBytes), ciphertext);
}

describe.each([AES_128_CBC, AES_192_CBC, AES_256_CBC, DES_EDE3_CBC])('$name', (cipher) => {
  const size = cipher.blockBytes;

  it('takes the padding off, from one byte to a whole block', () => {
    for (let padding = 1; padding <= size; padding++) {
      const padded = new Uint8Array(2 * size).fill(0xee).fill(padding, 2 * size - padding);
      const plaintext = new Uint8Array(2 * size - padding).fill(0xee);
      expect(decrypt(cipher, encrypt(cipher, padded))).toEqual(Buffer.from(plaintext));
    }
  });

  it.each([
    ['no padding byte', new Uint8Array(2 * size)],
    ['more than a block', new Uint8Array(2 * size).fill(size + 1)],
    ['bytes that differ', new Uint8Array(2 * size).fill(0xee).fill(2, 2 * size - 1)],
    ['more than there is', new Uint8Array(0)],
  ])('refuses a padding of %s', (_, padded) => {
    expect(decrypt(cipher, encrypt(cipher, padded))).toBeUndefined();
  });
});
