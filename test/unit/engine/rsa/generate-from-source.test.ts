import { checkPrimeSync, createPublicKey } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { generateRsaKeyPairFrom } from '../../../../electron/engine/rsa/generate-from-source.ts';
import { randomPrime } from '../../../../electron/engine/rsa/primes.ts';
import { readRsaPrivateKey } from '../../../../electron/engine/rsa/private-key.ts';
import { makeRecoveryKeyPair } from '../../../../electron/engine/rsa/recovery-key-pair.ts';
import { seededBytes } from '../../../fixtures/wallets.ts';
import { systemRandom } from '../../../random.ts';
import { faultOf, reveal, secret } from './fixtures.ts';
import { describeOpenssl, openssl } from './openssl.ts';

const DICE = '3415263415'.repeat(10);

describe('generateRsaKeyPairFrom', () => {
  it.each([2048, 3072, 4096])(
    '%d bits: a key that is read, tested and counted as any other',
    async (bits) => {
      const { spkiDer, pkcs1Der } = await generateRsaKeyPairFrom(bits, seededBytes(`rsa ${bits}`));
      const key = await readRsaPrivateKey(reveal(pkcs1Der));
      expect(key.publicKey).toMatchObject({ modulusBits: bits, exponent: 65_537n, spkiDer });
      const { p = '', q = '', d = '' } = key.keyObject.export({ format: 'jwk' });
      const [first, second] = [Buffer.from(p, 'base64url'), Buffer.from(q, 'base64url')];
      for (const prime of [first, second]) {
        expect(prime).toHaveLength(bits / 16);
        expect(checkPrimeSync(prime, { checks: 20 })).toBe(true);
      }
      const number = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);
      expect(number(first)).toBeGreaterThan(number(second) + (1n << BigInt(bits / 2 - 100)));
      expect(number(Buffer.from(d, 'base64url'))).toBeGreaterThan(1n << BigInt(bits / 2));
      if (bits === 4096) expect(spkiDer).toHaveLength(550);
      expect(createPublicKey(key.keyObject).export({ type: 'spki', format: 'der' })).toEqual(
        Buffer.from(spkiDer),
      );
    },
  );

  it('the same source makes the same pair, another one another', async () => {
    const make = async (seed: string): Promise<Uint8Array> =>
      (await generateRsaKeyPairFrom(2048, seededBytes(seed))).spkiDer;
    expect(await make('a')).toEqual(await make('a'));
    expect(await make('a')).not.toEqual(await make('b'));
  });

  it('lets other work go on', async () => {
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    await generateRsaKeyPairFrom(4096, seededBytes('busy'));
    clearInterval(timer);
    expect(longest).toBeGreaterThan(0);
    expect(longest).toBeLessThan(500);
  });

  it('a source that gives no primes is a bug, not a loop', async () => {
    const composite = (length: number): Uint8Array => new Uint8Array(length).fill(0xff);
    await expect(randomPrime(512, 65_537n, composite)).rejects.toThrow('no primes');
  });

  it.each([1024, 2049, 16_512])('%d bits: usage.invalid', async (bits) => {
    expect((await faultOf(() => generateRsaKeyPairFrom(bits, systemRandom))).code).toBe('usage.invalid');
  });

  describeOpenssl('OpenSSL', () => {
    it('says that the key is ok', async () => {
      const { pkcs1Der } = await generateRsaKeyPairFrom(3072, seededBytes('openssl'));
      const said = openssl(['rsa', '-check', '-noout', '-inform', 'DER'], reveal(pkcs1Der));
      expect(Buffer.from(said).toString()).toContain('RSA key ok');
    });
  });
});

describe('makeRecoveryKeyPair', () => {
  it('with dice: every bit of the primes depends on them and on the system', async () => {
    const make = async (seed: string, dice: string): Promise<string> => {
      const request = { bits: 2048, randomBytes: seededBytes(seed), dice: secret(dice) };
      return (await makeRecoveryKeyPair(request)).publicKey.fingerprintHex;
    };
    const fingerprint = await make('a', DICE);
    expect(await make('a', DICE)).toBe(fingerprint);
    expect(await make('b', DICE)).not.toBe(fingerprint);
    expect(await make('a', `${DICE}1`)).not.toBe(fingerprint);
  });

  it('without dice: by the runtime', async () => {
    const { publicKey, spkiDer } = await makeRecoveryKeyPair({ bits: 2048, randomBytes: systemRandom });
    expect(publicKey.spkiDer).toEqual(spkiDer);
    expect(publicKey.modulusBits).toBe(2048);
  });
});
