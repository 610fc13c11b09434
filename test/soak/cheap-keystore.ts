import { createCipheriv, scryptSync } from 'node:crypto';

import { keccak_256 } from '@noble/hashes/sha3.js';

/**
 * A keystore of the least cost, for a run that opens thousands. Source: Web3 Secret Storage, version 3.
 * @param content what is sealed: a private key, or what is none
 */
export function cheapKeystore(
  password: Uint8Array,
  content: Uint8Array = Buffer.alloc(32, 0x46),
  { n, r, dklen } = { n: 2, r: 8, dklen: 32 },
): Uint8Array {
  const salt = Buffer.alloc(32, 7);
  const iv = Buffer.alloc(16, 9);
  const derived = scryptSync(password, salt, dklen, { N: n, r, p: 1 });
  const ciphertext = createCipheriv('aes-128-ctr', derived.subarray(0, 16), iv).update(content);
  const mac = keccak_256(Uint8Array.from([...derived.subarray(16, 32), ...ciphertext]));
  const kdfparams = { dklen, n, r, p: 1, salt: salt.toString('hex') };
  const crypto = {
    ...{
      cipher: 'aes-128-ctr',
      cipherparams: { iv: iv.toString('hex') },
      ciphertext: ciphertext.toString('hex'),
    },
    ...{ kdf: 'scrypt', kdfparams, mac: Buffer.from(mac).toString('hex') },
  };
  return new TextEncoder().encode(JSON.stringify({ version: 3, crypto }));
}
